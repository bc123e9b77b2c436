import type { OutboxRecord, UnsentRecord } from '#libs/case-store';
import { DEAD_LETTER_TOPIC } from '#libs/interaction';
import { cutDeadLetter, RecordTooLarge } from '#libs/messaging';

/** Resolves when the records are durable in the log. */
export type Publish = (records: readonly OutboxRecord[]) => Promise<void>;

/**
 * Publishes the records in order, past those that their topic cannot hold, and returns these: they will never be accepted,
 * and what is behind them must not wait for ever. The log does not say which one of several it was, and in Kafka all that
 * went together may be what was too much; so both halves are tried, and halves of these. What was published before the
 * refusal is published again then, as after any failure. A dead letter is cut instead: its row has the whole of it.
 */
export async function publishPast(records: readonly OutboxRecord[], publish: Publish): Promise<UnsentRecord[]> {
  try {
    await publish(records);
    return [];
  } catch (error) {
    const [record] = records;
    if (!(error instanceof RecordTooLarge) || record === undefined) {
      throw error;
    }
    if (records.length === 1) {
      return publishShortened(record, error, publish);
    }
    const half = Math.ceil(records.length / 2);
    const first = await publishPast(records.slice(0, half), publish);
    return [...first, ...(await publishPast(records.slice(half), publish))];
  }
}

async function publishShortened(
  record: OutboxRecord,
  refusal: RecordTooLarge,
  publish: Publish,
): Promise<UnsentRecord[]> {
  const unsent = { record, reason: refusal.message };
  let shorter = shortened(record, refusal);
  while (shorter !== null) {
    try {
      await publish([shorter]);
      return [];
    } catch (error) {
      if (!(error instanceof RecordTooLarge)) {
        throw error;
      }
      shorter = shortened(shorter, error);
    }
  }
  return [unsent];
}

/** Where the log does not say how much is too much, half of the value may be little enough. Null: nothing is left to cut. */
function shortened(record: OutboxRecord, { excess }: RecordTooLarge): OutboxRecord | null {
  if (record.topic !== DEAD_LETTER_TOPIC) {
    return null;
  }
  return cutDeadLetter(record, excess ?? Math.ceil(Buffer.byteLength(record.value ?? '') / 2));
}
