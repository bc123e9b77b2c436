import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/**
 * Changes members of the kept answers that show certain resources, so that a repetition does not say what was taken
 * away. `members`: an object as JSON text, whose members replace those of the answers.
 */
export async function redactAnswers(
  client: Queryable,
  accountId: string,
  resourceIds: readonly string[],
  members: string,
): Promise<void> {
  await client.query({
    name: 'redact_answers',
    text: `
      update idempotency_key
      set body = (body::jsonb || $3::jsonb)::text
      where account_id = $1 and resource_id = any ($2::uuid[]) and body is not null`,
    values: [accountId, plainArray(resourceIds), members],
  });
}
