import type { Redaction } from '#libs/case-domain';
import { joinedJson, plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes away what comments said; a mark stays. The caller holds the locks of their cases, which may be closed. */
export async function redactComments(
  client: Queryable,
  accountId: string,
  redactions: readonly Redaction[],
): Promise<void> {
  const marks = redactions.map(({ by, onBehalfOf, reason }) => {
    return JSON.stringify({ by, on_behalf_of: onBehalfOf, reason });
  });
  await client.query({
    name: 'redact_comments',
    text: `
      update comment m
      set title = null, body_text = '', body_html = null, redacted_at = given.redacted_at,
        redaction = given.redaction::json, version = m.version + 1
      from unnest($2::uuid[], $3::timestamptz[], string_to_array($4, E'\\x1e')) as given (id, redacted_at, redaction)
      where m.account_id = $1 and m.id = given.id`,
    values: [
      accountId,
      plainArray(redactions.map(({ id }) => id)),
      plainArray(redactions.map(({ at }) => at)),
      joinedJson(marks),
    ],
  });
}
