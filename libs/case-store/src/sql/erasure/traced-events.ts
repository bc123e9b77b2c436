import { joinedJson, plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** What an event of a case says. */
export interface EventWords {
  readonly caseId: string;
  readonly seq: number;
  readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
  readonly details: unknown;
}

/** The history of a case behind `after`, oldest first, at most `limit` events of it. */
export async function loadEventWords(
  client: Queryable,
  accountId: string,
  caseId: string,
  after: number,
  limit: number,
): Promise<EventWords[]> {
  return rowsOf<EventWords>(client, {
    name: 'load_event_words',
    text: `
      select case_id as "caseId", seq, changes, details
      from case_event
      where account_id = $1 and case_id = $2 and seq > $3
      order by seq
      limit $4`,
    values: [accountId, caseId, after, limit],
  });
}

/** Writes other words into the history of cases. */
export async function rewriteEventWords(
  client: Queryable,
  accountId: string,
  events: readonly EventWords[],
): Promise<void> {
  await client.query({
    name: 'rewrite_event_words',
    text: `
      update case_event e
      set changes = given.changes::json, details = given.details::json
      from unnest($2::uuid[], $3::int[], string_to_array($4, E'\\x1e'), string_to_array($5, E'\\x1e'))
        as given (case_id, seq, changes, details)
      where e.account_id = $1 and e.case_id = given.case_id and e.seq = given.seq`,
    values: [
      accountId,
      plainArray(events.map(({ caseId }) => caseId)),
      plainArray(events.map(({ seq }) => seq)),
      joinedJson(events.map(({ changes }) => JSON.stringify(changes))),
      joinedJson(events.map(({ details }) => JSON.stringify(details))),
    ],
  });
}
