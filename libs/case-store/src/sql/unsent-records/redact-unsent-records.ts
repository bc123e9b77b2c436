import { textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Takes away what records that could not be sent said, where they name certain interactions. All of them are read. */
export async function redactUnsentRecords(client: Queryable, interactionIds: readonly string[]): Promise<void> {
  await client.query({
    name: 'redact_unsent_records',
    text: `
      update unsent_record u
      set record_value = null
      from unnest($1::text[]) as given (id)
      where u.record_value is not null and position(convert_to(given.id, 'utf8') in u.record_value) > 0`,
    values: [textArray(interactionIds)],
  });
}
