import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ProblemException } from '../http/problem.js';
import { readIdempotencyKey } from './idempotency-key.js';

const printable = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });

it('reads each key as it was written, bare or quoted', () => {
  expect(readIdempotencyKey(undefined)).toBeNull();
  fc.assert(
    fc.property(printable, (text) => {
      const key = text.trim();
      fc.pre(key.length > 0 && key.length <= 255);
      expect(readIdempotencyKey(`"${key.replace(/["\\]/g, '\\$&')}"`)).toBe(key);
      fc.pre(!key.startsWith('"'));
      expect(readIdempotencyKey(key)).toBe(key);
    }),
  );
});

it('refuses any other text', () => {
  for (const header of ['', ' ', '""', '"a', '"a\\b"', 'a\tb', 'caf\u00e9', 'x'.repeat(256), '"a";b']) {
    expect(() => readIdempotencyKey(header)).toThrow(ProblemException);
  }
});
