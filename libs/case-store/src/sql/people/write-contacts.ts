import type { ContactState } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

type Columns = string[];

const GIVEN = `
  unnest(
    $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[],
    $11::boolean[], $12::uuid[], $13::text[], $14::int[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[]
  ) as given (
    id, kind, name, company, locale, time_zone, url, custom_fields, blocked, is_heard, merged_into, told, version,
    created_at, updated_at, deleted_at
  )`;

/** Contacts that directories or people have brought. Their identities tell two transactions apart that do so at once. */
export async function insertToldContacts(
  client: Queryable,
  accountId: string,
  states: readonly ContactState[],
): Promise<void> {
  await client.query({
    name: 'insert_told_contacts',
    text: `
      insert into contact (
        account_id, id, kind, name, company, locale, time_zone, url, custom_fields, blocked, is_heard, merged_into, told,
        version, created_at, updated_at, deleted_at
      )
      select $1, id, kind, name, company, locale, time_zone, url, custom_fields::jsonb, blocked, is_heard, merged_into,
        told::jsonb, version, created_at, updated_at, deleted_at
      from ${GIVEN}
      order by id`,
    values: [accountId, ...columnsOf(states)],
  });
}

/** Contacts after their changes. Their rows are locked. */
export async function updateContacts(
  client: Queryable,
  accountId: string,
  states: readonly ContactState[],
): Promise<void> {
  await client.query({
    name: 'update_contacts',
    text: `
      update contact c
      set kind = given.kind, name = given.name, company = given.company, locale = given.locale,
        time_zone = given.time_zone, url = given.url, custom_fields = given.custom_fields::jsonb, blocked = given.blocked,
        is_heard = given.is_heard, merged_into = given.merged_into, told = given.told::jsonb, version = given.version,
        updated_at = given.updated_at, deleted_at = given.deleted_at
      from ${GIVEN}
      where c.account_id = $1 and c.id = given.id`,
    values: [accountId, ...columnsOf(states)],
  });
}

/** Of somebody who was met in the same transaction nothing says when that was: then it is now. */
const instants = (states: readonly ContactState[], instantOf: (state: ContactState) => string | null): string =>
  plainArray(states.map((state) => instantOf(state) || null));

function columnsOf(states: readonly ContactState[]): Columns {
  const texts = (textOf: (state: ContactState) => string | null): string => textArray(states.map(textOf));
  return [
    plainArray(states.map(({ id }) => id)),
    plainArray(states.map(({ kind }) => kind)),
    texts(({ name }) => name),
    texts(({ company }) => company),
    texts(({ locale }) => locale),
    texts(({ timeZone }) => timeZone),
    texts(({ url }) => url),
    texts(({ customFields }) => JSON.stringify(customFields)),
    plainArray(states.map(({ blocked }) => blocked)),
    plainArray(states.map(({ heard }) => heard)),
    plainArray(states.map(({ mergedInto }) => mergedInto)),
    texts(({ told }) => JSON.stringify(told)),
    plainArray(states.map(({ version }) => version)),
    instants(states, ({ createdAt }) => createdAt),
    instants(states, ({ updatedAt }) => updatedAt),
    instants(states, ({ deletedAt }) => deletedAt),
  ];
}
