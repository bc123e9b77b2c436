import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/**
 * Takes away what was said in purged cases. The rows stay, so that a repetition of a topic is known and brings nothing
 * back. Ids of the interactions.
 */
export async function blankInteractions(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<string[]> {
  const blanked = await rowsOf<{ id: string }>(client, {
    name: 'blank_interactions',
    text: `
      update interaction
      set case_id = null, outcome = 'erased', payload = '{}', decision = '{}', sender = '', subject = '', endpoints = '{}',
        spoken_with = null, line = null, call_outcome = null, due_at = null, voicemail_names = null, revision = revision + 1
      where account_id = $1 and case_id = any ($2::uuid[])
      returning id`,
    values: [accountId, plainArray(caseIds)],
  });
  return blanked.map(({ id }) => id);
}
