import type { InteractionRedaction } from '#libs/case-domain';
import { joinedJson, plainArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

/**
 * Takes away what interactions said; a mark stays. Ends in `ConcurrentChange` when one of them has another revision, or is
 * in another case, than that which it was decided on.
 */
export async function redactInteractions(
  client: Queryable,
  accountId: string,
  redactions: readonly InteractionRedaction[],
): Promise<void> {
  const marks = redactions.map(({ by, onBehalfOf, reason }) => {
    return JSON.stringify({ by, on_behalf_of: onBehalfOf, reason });
  });
  const result = await client.query({
    name: 'redact_interactions',
    text: `
      update interaction i
      set payload = given.payload::json, subject = '', redacted_at = given.redacted_at,
        redaction = given.redaction::json, revision = i.revision + 1, due_at = null,
        voicemail_names = null
      from unnest(
        $2::uuid[], $3::int[], $4::uuid[], $5::timestamptz[], string_to_array($6, E'\\x1e'),
        string_to_array($7, E'\\x1e')
      ) as given (id, revision, case_before, redacted_at, payload, redaction)
      where i.account_id = $1 and i.id = given.id and i.revision = given.revision
        and i.case_id is not distinct from given.case_before`,
    values: [
      accountId,
      plainArray(redactions.map(({ id }) => id)),
      plainArray(redactions.map(({ revision }) => revision)),
      plainArray(redactions.map(({ caseId }) => caseId)),
      plainArray(redactions.map(({ at }) => at)),
      joinedJson(redactions.map(({ left }) => JSON.stringify(left))),
      joinedJson(marks),
    ],
  });
  if (result.rowCount !== redactions.length) {
    throw new ConcurrentChange('interaction');
  }
}
