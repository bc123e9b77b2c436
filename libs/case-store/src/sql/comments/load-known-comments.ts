import type { KnownComment } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** The named comments. The caller holds the locks of their cases, so they stay as they are. */
export async function loadKnownComments(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<KnownComment[]> {
  return rowsOf<KnownComment>(client, {
    name: 'load_known_comments',
    text: `
      select id, case_id as "caseId", author, on_behalf_of as "onBehalfOf", public, title, body_text as "bodyText",
        body_html as "bodyHtml", version, redacted_at is not null as "isRedacted"
      from comment
      where account_id = $1 and id = any ($2::uuid[])`,
    values: [accountId, plainArray(ids)],
  });
}
