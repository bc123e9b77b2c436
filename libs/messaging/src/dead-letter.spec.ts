import { describe, expect, it } from '@jest/globals';

import { deadLetterRecord, replayRecord } from './dead-letter.js';
import type { LogRecord } from './event-log.js';

const record: LogRecord = {
  topic: 'interactions.email.v1',
  partition: 3,
  offset: 12345678901n,
  timestamp: new Date('2026-03-01T10:00:00Z'),
  key: 'conversation',
  value: Buffer.from([0, 255, 1]),
  headers: { ce_id: 'one', 'content-type': 'application/json' },
};
const cause = {
  topic: 'dead-letters.case-builder.v1',
  group: 'case-builder',
  reason: 'schema-violation',
  stage: 'validate',
  errorClass: 'ValidationError',
  message: 'subject must be a string',
  attempts: 1,
  firstFailedAt: new Date('2026-03-01T10:00:05Z'),
};
const asRead = (outgoing: ReturnType<typeof deadLetterRecord>): LogRecord => ({
  ...record,
  ...outgoing,
  value: outgoing.value as Buffer,
});

describe('dead letters', () => {
  it('keep key, value and headers, and say why', () => {
    expect(deadLetterRecord(record, cause)).toEqual({
      topic: 'dead-letters.case-builder.v1',
      key: 'conversation',
      value: Buffer.from([0, 255, 1]),
      headers: {
        ce_id: 'one',
        'content-type': 'application/json',
        'dlq.original.topic': 'interactions.email.v1',
        'dlq.original.partition': '3',
        'dlq.original.offset': '12345678901',
        'dlq.original.timestamp': '2026-03-01T10:00:00.000Z',
        'dlq.original.group': 'case-builder',
        'dlq.error.class': 'ValidationError',
        'dlq.error.message': 'subject must be a string',
        'dlq.error.stage': 'validate',
        'dlq.error.disposition': 'schema-violation',
        'dlq.attempts': '1',
        'dlq.first-failed-at': '2026-03-01T10:00:05.000Z',
        'dlq.replay-count': '0',
      },
    });
  });

  it('cut a long message at a character', () => {
    const message = deadLetterRecord(record, { ...cause, message: `a${'é'.repeat(2000)}` }).headers[
      'dlq.error.message'
    ];
    expect(Buffer.byteLength(message ?? '')).toBe(1023);
    expect(message).not.toContain('\uFFFD');
  });

  it('go back to their own topic as they came, and count how often', () => {
    const replayed = replayRecord(asRead(deadLetterRecord(record, cause)));
    expect(replayed).toEqual({
      topic: record.topic,
      key: record.key,
      value: record.value,
      headers: { ...record.headers, 'dlq.replay-count': '1' },
    });
    const again = deadLetterRecord({ ...record, headers: replayed?.headers ?? {} }, cause);
    expect(replayRecord(asRead(again))?.headers['dlq.replay-count']).toBe('2');
  });

  it('are told from other records', () => {
    expect(replayRecord(record)).toBeNull();
  });
});
