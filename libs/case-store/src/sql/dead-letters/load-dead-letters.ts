import type { Queryable } from '../../queryable.js';
import { SELECT_DEAD_LETTERS, type DeadLetter } from './dead-letter.js';

const TEXT = `${SELECT_DEAD_LETTERS} where id = any($1::uuid[]) order by created_at, id`;

/** The dead letters of the ids, whole; unknown ids are left out. */
export async function loadDeadLetters(client: Queryable, ids: readonly string[]): Promise<DeadLetter[]> {
  const result = await client.query<DeadLetter>(TEXT, [ids]);
  return result.rows;
}
