import { joinedJson, plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An interaction of somebody else that mentions a person. */
export interface MentioningInteraction {
  readonly id: string;
  readonly caseId: string | null;
  readonly revision: number;
  readonly payload: unknown;
  readonly decision: unknown;
  /** Where the original and what was too long for its row are; they stay as they were sent. */
  readonly contents: readonly string[];
}

/** In the order of their ids behind `after`; all of the account are read once. */
export async function listMentioningInteractions(
  client: Queryable,
  accountId: string,
  pattern: string,
  after: string | null,
  limit: number,
): Promise<MentioningInteraction[]> {
  return rowsOf<MentioningInteraction>(client, {
    name: 'list_mentioning_interactions',
    text: `
      select i.id, i.case_id as "caseId", i.revision, i.payload, i.decision, array(
        select distinct found[1] from regexp_matches(i.payload::text, '"sha256":"([0-9a-f]{64})"', 'g') as found
      ) as contents
      from interaction i
      where i.account_id = $1 and ($2::uuid is null or i.id > $2) and i.outcome <> 'erased'
        and concat_ws(E'\\n', i.payload, i.decision, i.subject, i.external_id) ~* $3
        and not exists (select 1 from legal_hold h where h.account_id = $1 and h.case_id = i.case_id)
      order by i.id
      limit $4`,
    values: [accountId, after, pattern, limit],
  });
}

/** Writes what is left of them; one that has changed since is left for the next time. */
export async function rewriteMentioningInteractions(
  client: Queryable,
  accountId: string,
  rows: readonly (Omit<MentioningInteraction, 'caseId' | 'contents'> & { readonly subject: string })[],
): Promise<void> {
  await client.query({
    name: 'rewrite_mentioning_interactions',
    text: `
      update interaction i
      set payload = given.payload::json, decision = given.decision::json, subject = given.subject #>> '{}',
        revision = i.revision + 1
      from unnest(
        $2::uuid[], $3::int[], string_to_array($4, E'\\x1e'), string_to_array($5, E'\\x1e'),
        string_to_array($6, E'\\x1e')::json[]
      ) as given (id, revision, payload, decision, subject)
      where i.account_id = $1 and i.id = given.id and i.revision = given.revision`,
    values: [
      accountId,
      plainArray(rows.map(({ id }) => id)),
      plainArray(rows.map(({ revision }) => revision)),
      joinedJson(rows.map(({ payload }) => JSON.stringify(payload))),
      joinedJson(rows.map(({ decision }) => JSON.stringify(decision))),
      joinedJson(rows.map(({ subject }) => JSON.stringify(subject))),
    ],
  });
}
