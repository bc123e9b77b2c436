import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeRecords, encodeRecords } from './outbox-codec.js';

const record = fc.record({
  topic: fc.string(),
  key: fc.option(fc.string({ unit: 'grapheme' })),
  value: fc.option(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
  headers: fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' }), { noNullPrototype: true }),
});

describe('the framing of outbox records', () => {
  it('gives back every byte', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect(decodeRecords(encodeRecords(records))).toEqual(records);
      }),
    );
  });
});
