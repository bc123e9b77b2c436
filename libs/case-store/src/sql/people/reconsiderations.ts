import type { ContactReconsideration } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Leaves word that cases of the contacts may mean somebody else by now. */
export async function insertReconsiderations(
  client: Queryable,
  accountId: string,
  reconsiderations: readonly ContactReconsideration[],
): Promise<void> {
  await client.query({
    name: 'insert_reconsiderations',
    text: `
      insert into contact_reconsideration (account_id, contact_id, because, by, at)
      select $1, contact_id, because, by::json, at
      from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as given (contact_id, because, by, at)
      where exists (
        select 1 from cases c
        where c.account_id = $1 and c.requester_id = given.contact_id and c.closed_at is null
      ) or because = 'unmerged'`,
    values: [
      accountId,
      plainArray(reconsiderations.map(({ contactId }) => contactId)),
      plainArray(reconsiderations.map(({ because }) => because)),
      textArray(reconsiderations.map(({ by }) => JSON.stringify(by))),
      plainArray(reconsiderations.map(({ at }) => at)),
    ],
  });
}
