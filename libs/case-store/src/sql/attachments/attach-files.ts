import type { NewAttaching } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Gives files to cases and comments. The caller holds the locks of all of them. */
export async function attachFiles(client: Queryable, accountId: string, rows: readonly NewAttaching[]): Promise<void> {
  await client.query({
    name: 'attach_files',
    text: `
      update attachment a
      set case_id = given.case_id, comment_id = given.comment_id, attached_at = given.attached_at
      from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[])
        as given (id, case_id, comment_id, attached_at)
      where a.account_id = $1 and a.id = given.id`,
    values: [
      accountId,
      plainArray(rows.map(({ id }) => id)),
      plainArray(rows.map(({ caseId }) => caseId)),
      plainArray(rows.map(({ commentId }) => commentId)),
      plainArray(rows.map(({ at }) => at)),
    ],
  });
}
