import type { Queryable } from '../../queryable.js';

const TEXT = `
  update dead_letter set state = $2, settled_at = now()
  where id = any($1::uuid[]) and state = 'waiting'
  returning id`;

/** Moves waiting dead letters to their final state; returns the ids that were still waiting. */
export async function settleDeadLetters(
  client: Queryable,
  ids: readonly string[],
  state: 'replayed' | 'discarded',
): Promise<string[]> {
  const result = await client.query<{ id: string }>(TEXT, [ids, state]);
  return result.rows.map((row) => row.id);
}
