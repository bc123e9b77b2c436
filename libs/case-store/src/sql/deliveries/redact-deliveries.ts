import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Names of events are of the person too: some providers make them of the number. */
const BLANK = `body = null, beginning = null, facts = '[]', event_ids = '{}', signed_address = null, redacted_at = now()`;
const REDACT = `update delivery set ${BLANK} where account_id = $1 and redacted_at is null`;

/**
 * Takes away what requests said that told of certain interactions; that they came stays. A request may have told of other
 * interactions too: those can be replayed from it no more, and go on as they are.
 */
export async function redactDeliveries(
  client: Queryable,
  accountId: string,
  interactionIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'redact_deliveries',
    text: `${REDACT} and interaction_ids && $2::uuid[]`,
    values: [accountId, plainArray(interactionIds)],
  });
}

/** The same for every interaction of certain cases. */
export async function redactDeliveriesOfCases(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'redact_deliveries_of_cases',
    text: `${REDACT} and interaction_ids && array(
      select id from interaction where account_id = $1 and case_id = any ($2::uuid[]) and channel in ('call', 'voicemail')
    )`,
    values: [accountId, plainArray(caseIds)],
  });
}

/**
 * The same for requests of directories that told of certain people, by the names that those are known by: `external:crm:100`,
 * `email:maria@shop.example`, `phone:+351210000001`. Looks at every such request that is kept.
 */
export async function redactDeliveriesOfContacts(
  client: Queryable,
  accountId: string,
  names: readonly string[],
): Promise<void> {
  await client.query({
    name: 'redact_deliveries_of_contacts',
    text: `${REDACT} and connection like 'contacts/%' and exists (
      select 1 from jsonb_array_elements(facts::jsonb) told
      where (told #>> '{sender,kind}') || ':' || (told #>> '{sender,value}') = any ($2::text[])
        or 'external:' || (told #>> '{contact,integration}') || ':' || (told #>> '{contact,externalId}') = any ($2::text[])
        or exists (
          select 1 from jsonb_path_query(told, '$.mergedExternalIds[*]') gone
          where 'external:' || (told #>> '{contact,integration}') || ':' || (gone #>> '{}') = any ($2::text[])
        )
        or exists (
          select 1 from jsonb_path_query(told, '$.emails[*].value') address
          where 'email:' || (address #>> '{}') = any ($2::text[])
        )
        or exists (
          select 1 from jsonb_path_query(told, '$.phones[*].value') number
          where 'phone:' || (number #>> '{}') = any ($2::text[])
        )
    )`,
    values: [accountId, names],
  });
}

/**
 * For what was written while its interaction was being redacted or erased, so that neither saw the other: looks at what
 * came in the last minutes, and says how many it redacted.
 */
export async function redactLateDeliveries(client: Queryable): Promise<number> {
  const { rowCount } = await client.query({
    name: 'redact_late_deliveries',
    text: `
      update delivery d
      set ${BLANK}
      where d.received_at > now() - interval '3 minutes' and d.redacted_at is null and exists (
        select 1 from interaction i
        where i.account_id = d.account_id and i.id = any (d.interaction_ids)
          and (i.outcome = 'erased' or i.redacted_at is not null)
      )`,
    values: [],
  });
  return rowCount ?? 0;
}
