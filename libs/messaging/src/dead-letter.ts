import type { LogRecord, OutgoingRecord } from './event-log.js';
import { recordSize } from './publish/record-size.js';

/** Why a record is set aside. */
export interface DeadLetterCause {
  /** Topic that takes the dead letter, without prefix. */
  readonly topic: string;
  /** Consumer group that could not handle the record. */
  readonly group: string;
  /** Stable slug, for example `schema-violation`; also a metric label. */
  readonly reason: string;
  /** Where it failed: `decode`, `validate`, `decide`, `apply`. */
  readonly stage: string;
  readonly errorClass: string;
  /** Cut to 1 KB. It must hold nothing personal and no stack trace. */
  readonly message: string;
  readonly attempts: number;
  readonly firstFailedAt: Date;
}

/** Header names of dead letters; each can be mapped to the ones that Kafka's KIP-1317 proposes. */
export const deadLetterHeaders = {
  topic: 'dlq.original.topic',
  partition: 'dlq.original.partition',
  offset: 'dlq.original.offset',
  timestamp: 'dlq.original.timestamp',
  group: 'dlq.original.group',
  errorClass: 'dlq.error.class',
  message: 'dlq.error.message',
  stage: 'dlq.error.stage',
  disposition: 'dlq.error.disposition',
  attempts: 'dlq.attempts',
  firstFailedAt: 'dlq.first-failed-at',
  replayCount: 'dlq.replay-count',
  /** Only where the value is not the record's own, whole: what became of it, and how many bytes it had. */
  value: 'dlq.value',
  valueBytes: 'dlq.original.value-bytes',
} as const;

const MAX_MESSAGE_BYTES = 1024;
const CUT = 'cut: too large, whole in dead_letter';
const OMITTED = 'omitted: too large, kept in dead_letter';
const PREFIX = 'dlq.';

/** The dead letter of a record: key, value and own headers untouched, the cause beside them. */
export function deadLetterRecord(record: LogRecord, cause: DeadLetterCause): OutgoingRecord {
  const names = deadLetterHeaders;
  return {
    topic: cause.topic,
    key: record.key,
    value: record.value,
    headers: {
      ...record.headers,
      [names.topic]: record.topic,
      [names.partition]: String(record.partition),
      [names.offset]: String(record.offset),
      [names.timestamp]: record.timestamp.toISOString(),
      [names.group]: cause.group,
      [names.errorClass]: cause.errorClass,
      [names.message]: cutToBytes(cause.message, MAX_MESSAGE_BYTES),
      [names.stage]: cause.stage,
      [names.disposition]: cause.reason,
      [names.attempts]: String(cause.attempts),
      [names.firstFailedAt]: cause.firstFailedAt.toISOString(),
      [names.replayCount]: String(replayCount(record)),
    },
  };
}

/**
 * A dead letter that is smaller by at least `excess` bytes, as far as its value gives that away: cut at a character, or left
 * out. Its headers say so, and how long the value was. Null when it has no value that could be cut.
 */
export function cutDeadLetter(letter: OutgoingRecord, excess: number): OutgoingRecord | null {
  if (letter.value === null) {
    return null;
  }
  const value = Buffer.from(letter.value);
  const known = letter.headers[deadLetterHeaders.valueBytes];
  const said = { [deadLetterHeaders.valueBytes]: known ?? String(value.length) };
  const omitted = {
    ...letter,
    value: null,
    headers: { ...letter.headers, ...said, [deadLetterHeaders.value]: OMITTED },
  };
  const cut = { ...omitted, headers: { ...omitted.headers, [deadLetterHeaders.value]: CUT } };
  const end = characterEnd(value, recordSize(letter) - excess - recordSize(cut));
  return end > 0 ? { ...cut, value: value.subarray(0, end) } : omitted;
}

/** How often the record was already sent back to its topic. */
export function replayCount(record: Pick<LogRecord, 'headers'>): number {
  const count = Number(record.headers[deadLetterHeaders.replayCount] ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/**
 * The record as it was, for its own topic: same key, same value, same id, one more in `dlq.replay-count`.
 * `null` when this is no dead letter.
 */
export function replayRecord(deadLetter: Pick<LogRecord, 'key' | 'value' | 'headers'>): OutgoingRecord | null {
  const topic = deadLetter.headers[deadLetterHeaders.topic];
  if (topic === undefined) {
    return null;
  }
  const own = Object.entries(deadLetter.headers).filter(([name]) => !name.startsWith(PREFIX));
  const headers = { ...Object.fromEntries(own), [deadLetterHeaders.replayCount]: String(replayCount(deadLetter) + 1) };
  return { topic, key: deadLetter.key, value: deadLetter.value, headers };
}

/** Cuts at a character, so that the rest is valid UTF-8. */
function cutToBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text);
  if (encoded.length <= bytes) {
    return text;
  }
  return encoded.toString('utf8', 0, characterEnd(encoded, bytes));
}

/** The last place up to this one at which no character of UTF-8 is torn. */
function characterEnd(encoded: Buffer, bytes: number): number {
  let end = Math.max(bytes, 0);
  while (end > 0 && ((encoded[end] ?? 0) & 0b1100_0000) === 0b1000_0000) {
    end -= 1;
  }
  return end;
}
