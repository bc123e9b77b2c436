import { rowsOf, type Queryable } from '../../queryable.js';

/** A key of a client; the same text is another key to another client. */
export interface IdempotencyKeyName {
  readonly accountId: string;
  readonly clientId: string;
  readonly key: string;
}

/** Takes the key for this transaction; false while another one has it. Nobody waits. */
export async function lockIdempotencyKey(client: Queryable, name: IdempotencyKeyName): Promise<boolean> {
  const [row] = await rowsOf<{ locked: boolean }>(client, {
    name: 'lock_idempotency_key',
    text: `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked`,
    values: [JSON.stringify(['idempotency', name.accountId, name.clientId, name.key])],
  });
  return row?.locked === true;
}
