import type { Queryable } from '../../queryable.js';
import type { KeptAnswer } from './find-kept-answer.js';
import type { IdempotencyKeyName } from './lock-idempotency-key.js';

/** Keeps the answer under a key that this transaction has locked; what is there already is older than it counts. */
export async function keepAnswer(client: Queryable, name: IdempotencyKeyName, answer: KeptAnswer): Promise<void> {
  await client.query({
    name: 'keep_answer',
    text: `
      insert into idempotency_key (account_id, client_id, key, fingerprint, status, headers, body)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (account_id, client_id, key) do update
        set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
            body = excluded.body, created_at = excluded.created_at`,
    values: [
      name.accountId,
      name.clientId,
      name.key,
      answer.fingerprint,
      answer.status,
      JSON.stringify(answer.headers),
      answer.body,
    ],
  });
}
