import type { PressResult } from '#libs/case-domain';
import { joinedJson, plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

/** NOTIFY channel of results; the payload is the event's id. A wake-up only. */
export const CALL_BAR_CHANNEL = 'casewright_callbar';

const TEXT = `
  with given as (
    select * from unnest(
      $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::uuid[], $9::timestamptz[], $10::timestamptz[],
      string_to_array($11, E'\\x1e'), $12::text[], $13::text[], $14::uuid[], $15::uuid[], $16::boolean[], $17::text[]
    ) as given (
      id, content_sha256, agent, agent_id, action, interaction_id, occurred_at, received_at, event, state, reason,
      contact_id, case_id, created, said_in
    )
  ), written as (
    insert into callbar_event as e (
      account_id, id, content_sha256, agent, agent_id, action, interaction_id, occurred_at, received_at, event, state,
      reason, contact_id, case_id, created, said_in, decided_at
    )
    select $1, id, content_sha256, agent, agent_id, action, interaction_id, occurred_at, received_at, event::json, state,
      reason, contact_id, case_id, created, said_in::uuid[], $2
    from given
    order by id
    on conflict (account_id, id) do update
    set agent_id = excluded.agent_id, state = excluded.state, reason = excluded.reason, contact_id = excluded.contact_id,
      case_id = excluded.case_id, created = e.created or excluded.created, said_in = excluded.said_in,
      decided_at = excluded.decided_at
    where e.content_sha256 = excluded.content_sha256
      and (e.state in ('accepted', 'parked') or (e.state = 'applied' and excluded.state = 'applied'))
    returning id
  )
  select count(pg_notify('${CALL_BAR_CHANNEL}', id::text))::int as written from written`;

/**
 * Writes what events came to, and wakes whoever waits for it. Ends in `ConcurrentChange` when another transaction has
 * decided one of them meanwhile.
 */
export async function writePresses(
  client: Queryable,
  accountId: string,
  decidedAt: string,
  results: readonly PressResult[],
): Promise<void> {
  const { rows } = await client.query<{ written: number }>({
    name: 'write_presses',
    text: TEXT,
    values: [accountId, decidedAt, ...columnsOf(results)],
  });
  if (rows[0]?.written !== results.length) {
    throw new ConcurrentChange('callbar_event');
  }
}

function columnsOf(results: readonly PressResult[]): (string | Buffer)[] {
  const events = results.map(({ event }) => event);
  return [
    plainArray(events.map(({ id }) => id)),
    plainArray(events.map(({ contentSha256 }) => contentSha256)),
    textArray(events.map(({ agent }) => agent)),
    plainArray(results.map(({ agentId }) => agentId)),
    plainArray(events.map(({ action }) => action)),
    plainArray(results.map(({ interactionId }) => interactionId)),
    plainArray(events.map(({ occurredAt }) => occurredAt)),
    plainArray(events.map(({ receivedAt }) => receivedAt)),
    joinedJson(events.map((event) => JSON.stringify(event))),
    plainArray(results.map(({ state }) => state)),
    plainArray(results.map(({ reason }) => reason)),
    plainArray(results.map(({ contactId }) => contactId)),
    plainArray(results.map(({ caseId }) => caseId)),
    plainArray(results.map(({ created }) => created)),
    textArray(results.map(({ saidIn }) => plainArray(saidIn))),
  ];
}
