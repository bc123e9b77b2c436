import { textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/**
 * Takes away the records of dead letters that name certain interactions. They were settled since, or there would be nothing
 * to redact, so replaying such a letter could bring nothing but a repetition. All of them are read.
 */
export async function redactDeadLetters(client: Queryable, interactionIds: readonly string[]): Promise<void> {
  await client.query({
    name: 'redact_dead_letters',
    text: `
      update dead_letter d
      set record_value = null, state = case when state = 'waiting' then 'discarded' else state end,
        settled_at = coalesce(settled_at, now())
      from unnest($1::text[]) as given (id)
      where d.record_value is not null and position(convert_to(given.id, 'utf8') in d.record_value) > 0`,
    values: [textArray(interactionIds)],
  });
}
