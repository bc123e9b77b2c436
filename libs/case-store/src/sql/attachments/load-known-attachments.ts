import type { KnownAttachment } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Locks and returns the named files, in the order of ids; those that the account does not have are left out. */
export async function loadKnownAttachments(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<KnownAttachment[]> {
  return rowsOf<KnownAttachment>(client, {
    name: 'load_known_attachments',
    text: `
      select id, case_id as "caseId"
      from attachment
      where account_id = $1 and id = any ($2::uuid[])
      order by id
      for update`,
    values: [accountId, plainArray(ids)],
  });
}
