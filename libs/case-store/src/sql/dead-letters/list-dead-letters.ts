import type { Queryable } from '../../queryable.js';
import { SELECT_DEAD_LETTERS, type DeadLetter, type DeadLetterState } from './dead-letter.js';

/** A dead letter without its value, which may be long. */
export type DeadLetterSummary = Omit<DeadLetter, 'value'>;

const TEXT = `
  select "id", "consumerGroup", topic, partition, "offset", key, headers, timestamp, reason, stage, "errorClass",
    message, attempts, "replayCount", state, "createdAt", "settledAt"
  from (${SELECT_DEAD_LETTERS}
    where state = any($1) and ($2::uuid is null or (created_at, id) > (select created_at, id from dead_letter where id = $2))
    order by created_at, id
    limit $3
  ) page
  order by "createdAt", "id"`;

/** Dead letters in the given states, oldest first. */
export async function listDeadLetters(
  client: Queryable,
  states: readonly DeadLetterState[],
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<DeadLetterSummary[]> {
  const values = [states, page.afterId, page.limit];
  const result = await client.query<DeadLetterSummary>(TEXT, values);
  return result.rows;
}
