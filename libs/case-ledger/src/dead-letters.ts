import {
  appendOutbox,
  type DeadLetterRow,
  insertDeadLetters,
  type OutboxRecord,
  type Queryable,
} from '#libs/case-store';

/** A record that is skipped: its row for people, and its record for the dead-letter topic. */
export interface DeadLetterToWrite {
  readonly row: DeadLetterRow;
  readonly record: OutboxRecord;
}

/**
 * Writes records off in the transaction that skips them. Only those that had no row yet are published, so a repetition
 * publishes nothing.
 */
export async function writeOff(client: Queryable, letters: readonly DeadLetterToWrite[], now: string): Promise<void> {
  if (letters.length === 0) {
    return;
  }
  const written = await insertDeadLetters(
    client,
    now,
    letters.map(({ row }) => row),
  );
  const first = new Map(letters.map((letter) => [letter.row.id, letter.record]));
  const records = [...first].filter(([id]) => written.has(id)).map(([, record]) => record);
  if (records.length > 0) {
    await appendOutbox(client, null, { interactionIds: [], events: [], records, bytes: 0 });
  }
}
