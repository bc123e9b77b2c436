import type { CopiedWords } from '#libs/case-domain';
import type { Queryable } from '../../queryable.js';

/** Takes the subject of a merged case out of the note that sums it up in the case that it ended in. */
export async function redactMergeNotes(
  client: Queryable,
  accountId: string,
  { number, mainId, subject }: CopiedWords,
  instead: string,
): Promise<void> {
  await client.query({
    name: 'redact_merge_notes',
    text: `
      update comment m
      set body_text = replace(m.body_text, $3::text, $4::text)
      where m.account_id = $1 and m.case_id = $2 and m.author ->> 'kind' = 'system'
        and position($3::text in m.body_text) > 0`,
    values: [accountId, mainId, `CASE-${number} ${subject} (`, `CASE-${number} ${instead} (`],
  });
}
