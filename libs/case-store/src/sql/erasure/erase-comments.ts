import { rowsOf, type Queryable } from '../../queryable.js';

/** Of which case comments are erased, and which of them. */
interface ErasedComments {
  readonly caseId: string;
  /** She asked for the case: what was said to her and by her goes, whether or not it names her. */
  readonly isHers: boolean;
  /** By what she is found; null: by nothing. */
  readonly pattern: string | null;
}

/**
 * Takes away what was said with a person in her case, and comments of any case that mention her; that they were made stays.
 * Returns the ids of the comments. The triggers of closed cases have to let it pass.
 */
export async function eraseComments(
  client: Queryable,
  accountId: string,
  { caseId, isHers, pattern }: ErasedComments,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'erase_comments',
    text: `
      update comment
      set title = null, body_text = '', body_html = null, version = version + 1, redacted_at = now(),
        redaction = '{"by":{"kind":"system","id":null},"on_behalf_of":null,"reason":"erasure"}'
      where account_id = $1 and case_id = $2 and redacted_at is null
        and ($3 and (public or author ->> 'kind' = 'contact') or concat_ws(' ', title, body_text, body_html) ~* $4)
      returning id`,
    values: [accountId, caseId, isHers, pattern],
  });
  return rows.map(({ id }) => id);
}
