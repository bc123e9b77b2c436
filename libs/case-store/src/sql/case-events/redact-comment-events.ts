import type { Redaction } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes the texts of redacted comments out of the histories of their cases, in which each edit has left them. */
export async function redactCommentEvents(
  client: Queryable,
  accountId: string,
  redactions: readonly Pick<Redaction, 'id' | 'caseId'>[],
): Promise<void> {
  await client.query({
    name: 'redact_comment_events',
    text: `
      update case_event e
      set details = (e.details::jsonb - 'texts')::json
      where e.account_id = $1 and e.case_id = any ($2::uuid[]) and e.kind = 'comment_edited'
        and e.details ->> 'comment_id' = any ($3::text[])`,
    values: [
      accountId,
      plainArray(redactions.flatMap(({ caseId }) => caseId ?? [])),
      plainArray(redactions.map(({ id }) => id)),
    ],
  });
}
