import type { ContactFactResult } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Which of the facts were decided before. */
export async function findKnownContactFacts(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_known_contact_facts',
    text: 'select id from contact_fact where account_id = $1 and id = any ($2::uuid[])',
    values: [accountId, plainArray(ids)],
  });
  return rows.map((row) => row.id);
}

/** Notes what became of facts. Ends in `ConcurrentChange` when another transaction has decided one since they were looked up. */
export async function insertContactFacts(
  client: Queryable,
  accountId: string,
  decidedAt: string,
  results: readonly ContactFactResult[],
): Promise<void> {
  const inserted = await client.query({
    name: 'insert_contact_facts',
    text: `
      insert into contact_fact (account_id, id, outcome, contact_id, field, reason, flags, decided_at)
      select $1, id, outcome, contact_id, field, reason, flags::jsonb, $2
      from unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[])
        as given (id, outcome, contact_id, field, reason, flags)
      order by id
      on conflict (account_id, id) do nothing`,
    values: [
      accountId,
      decidedAt,
      plainArray(results.map(({ factId }) => factId)),
      plainArray(results.map(({ outcome }) => outcome)),
      plainArray(results.map(({ contactId }) => contactId)),
      textArray(results.map(({ field }) => field)),
      textArray(results.map(({ reason }) => reason)),
      textArray(results.map(({ flags }) => JSON.stringify(flags))),
    ],
  });
  if (inserted.rowCount !== results.length) {
    throw new ConcurrentChange('fact');
  }
}
