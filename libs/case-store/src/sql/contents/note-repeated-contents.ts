import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Content that came with a later delivery of an interaction. */
export interface RepeatedContent {
  readonly interactionId: string;
  readonly sha256: string;
}

/**
 * Notes content of later deliveries that the first one did not have: the original of a mail that came through two
 * mailboxes is stored twice, and its row refers to one of them. What came of an interaction that was redacted is looked at.
 */
export async function noteRepeatedContents(
  client: Queryable,
  accountId: string,
  rows: readonly RepeatedContent[],
): Promise<void> {
  const values = [
    accountId,
    plainArray(rows.map(({ interactionId }) => interactionId)),
    plainArray(rows.map(({ sha256 }) => sha256)),
  ];
  await client.query({
    name: 'note_repeated_contents',
    text: `
      insert into repeated_content (account_id, interaction_id, sha256)
      select distinct i.account_id, i.id, given.sha256
      from unnest($2::uuid[], $3::text[]) as given (id, sha256)
      join interaction i on i.account_id = $1 and i.id = given.id
      where position(given.sha256 in i.payload::text) = 0
      on conflict do nothing`,
    values,
  });
}
