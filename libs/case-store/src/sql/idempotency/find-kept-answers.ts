import { textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import type { KeptAnswer } from './find-kept-answer.js';
import type { IdempotencyKeyName } from './lock-idempotency-key.js';

/** The answers kept under several keys of a client in the last 24 hours, in no order. */
export async function findKeptAnswers(
  client: Queryable,
  { accountId, clientId }: Omit<IdempotencyKeyName, 'key'>,
  keys: readonly string[],
): Promise<(KeptAnswer & { readonly key: string })[]> {
  return rowsOf<KeptAnswer & { readonly key: string }>(client, {
    name: 'find_kept_answers',
    text: `
      select key, fingerprint, status, headers, body
      from idempotency_key
      where account_id = $1 and client_id = $2 and key = any ($3::text[]) and created_at > now() - interval '24 hours'`,
    values: [accountId, clientId, textArray(keys)],
  });
}
