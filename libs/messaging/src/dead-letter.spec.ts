import { describe, expect, it } from '@jest/globals';

import { cutDeadLetter, deadLetterRecord, replayRecord } from './dead-letter.js';
import type { LogRecord } from './event-log.js';
import { recordSize } from './publish/record-size.js';

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

  it('are cut at a character, to the size that is asked for, and tell how long the value was', () => {
    const letter = deadLetterRecord({ ...record, value: Buffer.from('é'.repeat(500)) }, cause);
    const cut = cutDeadLetter(letter, 301);
    const less = recordSize(letter) - recordSize(cut!);
    expect(less === 301 || less === 302).toBe(true);
    expect(cut?.value?.toString()).toMatch(/^é+$/u);
    expect(cut?.headers).toEqual({
      ...letter.headers,
      'dlq.value': 'cut: too large, whole in dead_letter',
      'dlq.original.value-bytes': '1000',
    });
    expect(cutDeadLetter(cut!, 100)?.headers['dlq.original.value-bytes']).toBe('1000');
  });

  it('leave the value out where nothing of it fits, and are not cut any further', () => {
    const letter = deadLetterRecord(record, cause);
    const cut = cutDeadLetter(letter, 301);
    expect(cut).toEqual({
      ...letter,
      value: null,
      headers: {
        ...letter.headers,
        'dlq.value': 'omitted: too large, kept in dead_letter',
        'dlq.original.value-bytes': '3',
      },
    });
    expect(cutDeadLetter(cut!, 1)).toBeNull();
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
