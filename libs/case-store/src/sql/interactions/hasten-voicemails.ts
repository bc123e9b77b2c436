import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/**
 * Has those be due at once that wait for a message which bears one of the names, and are none of these themselves: they
 * find it now.
 */
export async function hastenVoicemails(
  client: Queryable,
  accountId: string,
  now: string,
  names: readonly string[],
  ids: readonly string[],
): Promise<void> {
  await client.query({
    name: 'hasten_voicemails',
    text: `
      update interaction
      set due_at = $2
      where account_id = $1 and voicemail_names && $3::text[] and id <> all ($4::uuid[]) and outcome = 'waiting'
        and due_at > $2`,
    values: [accountId, now, textArray(names), plainArray(ids)],
  });
}
