import { createHash } from 'node:crypto';
import type { DeadLetterToWrite } from '#libs/case-ledger';
import type { DeadLetterRow, OutboxRecord } from '#libs/case-store';
import { DEAD_LETTER_TOPIC, derivedEventId, isUuid } from '#libs/interaction';
import { cutDeadLetter, deadLetterRecord, type LogRecord } from '#libs/messaging';
import type { RefusedRecord } from './decode-records.js';

/**
 * Id of a dead letter: where the record stood and what it was. A second delivery has the same id; another record that
 * a newly made topic put in the same place has not.
 */
export function deadLetterId(group: string, record: LogRecord): string {
  const digest = createHash('sha256')
    .update(record.value ?? '')
    .digest('hex');
  const place = [group, record.topic, record.partition.toString(), record.offset.toString()];
  return derivedEventId('dead-letter', ...place, record.key ?? '', digest);
}

/** What is written of refused records. */
export function deadLettersOf(group: string, refused: readonly RefusedRecord[], now: string): DeadLetterToWrite[] {
  return refused.map((one) => ({ row: letterOf(group, one), record: recordOf(group, one, now) }));
}

function letterOf(group: string, { record, ...why }: RefusedRecord): DeadLetterRow {
  const account = record.headers['x-account'] ?? '';
  return {
    ...why,
    id: deadLetterId(group, record),
    accountId: isUuid(account) ? account : null,
    group,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    key: record.key,
    value: record.value,
    headers: record.headers,
    timestamp: record.timestamp,
  };
}

/** A record that was as large as its topic allows leaves no room for the reason; its whole value stays in the row. */
const MOST_VALUE_BYTES = 1_000_000;

function recordOf(group: string, { record, ...why }: RefusedRecord, now: string): OutboxRecord {
  const letter = deadLetterRecord(record, { ...why, topic: DEAD_LETTER_TOPIC, group, firstFailedAt: new Date(now) });
  const excess = (record.value?.length ?? 0) - MOST_VALUE_BYTES;
  return excess > 0 ? (cutDeadLetter(letter, excess) ?? letter) : letter;
}
