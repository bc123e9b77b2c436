import type { Queryable } from '../../queryable.js';

/** Calls files of a case otherwise whose names mention a person; what is in them stays, as far as others refer to it. */
export async function eraseFileNames(
  client: Queryable,
  accountId: string,
  caseId: string,
  pattern: string | null,
): Promise<void> {
  await client.query({
    name: 'erase_file_names',
    text: `
      update attachment set file_name = 'redacted' where account_id = $1 and case_id = $2 and file_name ~* $3`,
    values: [accountId, caseId, pattern],
  });
}
