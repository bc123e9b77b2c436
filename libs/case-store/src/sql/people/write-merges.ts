import type { ContactMerge } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Merges that are said, and those that are undone. */
export async function writeContactMerges(
  client: Queryable,
  accountId: string,
  merges: readonly ContactMerge[],
): Promise<void> {
  await client.query({
    name: 'write_contact_merges',
    text: `
      insert into contact_merge (account_id, id, loser_id, winner_id, at, by, heard_id, undone_at)
      select $1, id, loser_id, winner_id, at, by::json, heard_id, undone_at
      from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[], $7::uuid[], $8::timestamptz[])
        as given (id, loser_id, winner_id, at, by, heard_id, undone_at)
      order by id
      on conflict (account_id, id) do update set heard_id = excluded.heard_id, undone_at = excluded.undone_at`,
    values: [
      accountId,
      plainArray(merges.map(({ id }) => id)),
      plainArray(merges.map(({ loserId }) => loserId)),
      plainArray(merges.map(({ winnerId }) => winnerId)),
      plainArray(merges.map(({ at }) => at)),
      textArray(merges.map(({ by }) => JSON.stringify(by))),
      plainArray(merges.map(({ heardId }) => heardId)),
      plainArray(merges.map(({ undoneAt }) => undoneAt)),
    ],
  });
}
