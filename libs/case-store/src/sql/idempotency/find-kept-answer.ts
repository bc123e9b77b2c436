import { rowsOf, type Queryable } from '../../queryable.js';
import type { IdempotencyKeyName } from './lock-idempotency-key.js';

/** The answer to a request, and what the request was. */
export interface KeptAnswer {
  readonly fingerprint: Buffer;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The answer kept under the key in the last 24 hours; null when there is none. */
export async function findKeptAnswer(client: Queryable, name: IdempotencyKeyName): Promise<KeptAnswer | null> {
  const [row] = await rowsOf<KeptAnswer>(client, {
    name: 'find_kept_answer',
    text: `
      select fingerprint, status, headers, body
      from idempotency_key
      where account_id = $1 and client_id = $2 and key = $3 and created_at > now() - interval '24 hours'`,
    values: [name.accountId, name.clientId, name.key],
  });
  return row ?? null;
}
