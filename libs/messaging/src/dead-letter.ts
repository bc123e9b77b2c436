import type { LogRecord, OutgoingRecord } from './event-log.js';

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
} as const;

const MAX_MESSAGE_BYTES = 1024;
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
  let end = bytes;
  while (((encoded[end] ?? 0) & 0b1100_0000) === 0b1000_0000) {
    end -= 1;
  }
  return encoded.toString('utf8', 0, end);
}
