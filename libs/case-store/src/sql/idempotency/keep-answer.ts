import type { Queryable } from '../../queryable.js';
import type { KeptAnswer } from './find-kept-answer.js';
import type { IdempotencyKeyName } from './lock-idempotency-key.js';

/** An answer, with the resource that it shows when what that says may be taken away. */
export interface AnswerToKeep extends KeptAnswer {
  readonly resourceId: string | null;
}

/** Keeps the answer under a key that this transaction has locked; what is there already is older than it counts. */
export async function keepAnswer(client: Queryable, name: IdempotencyKeyName, answer: AnswerToKeep): Promise<void> {
  await client.query({
    name: 'keep_answer',
    text: `
      insert into idempotency_key (account_id, client_id, key, fingerprint, status, headers, body, resource_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (account_id, client_id, key) do update
        set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
            body = excluded.body, resource_id = excluded.resource_id, created_at = excluded.created_at`,
    values: [
      name.accountId,
      name.clientId,
      name.key,
      answer.fingerprint,
      answer.status,
      JSON.stringify(answer.headers),
      answer.body,
      answer.resourceId,
    ],
  });
}
