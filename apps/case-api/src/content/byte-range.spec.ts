import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wantedRange } from './byte-range.js';

const tag = '"abc"';
const wanted = (range: string | undefined, size = 10, ifRange?: string) =>
  wantedRange({ range, ifRange }, { size, tag });

describe('a range of bytes', () => {
  it.each([
    ['bytes=0-3', { first: 0, last: 3 }],
    ['bytes=3-3', { first: 3, last: 3 }],
    ['bytes=4-', { first: 4, last: 9 }],
    ['bytes=4-99', { first: 4, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-99', { first: 0, last: 9 }],
    ['Bytes= 0 - 3', { first: 0, last: 3 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=99-100', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=3-2', 'whole'],
    ['bytes=0-1,4-5', 'whole'],
    ['bytes=-', 'whole'],
    ['lines=0-3', 'whole'],
    ['bytes=a-b', 'whole'],
    [undefined, 'whole'],
  ])('%s is %j', (range, expected) => {
    expect(wanted(range)).toEqual(expected);
  });

  it('is of the version that was named, or the whole', () => {
    expect(wanted('bytes=0-3', 10, tag)).toEqual({ first: 0, last: 3 });
    for (const other of ['"abd"', 'W/"abc"', 'Sat, 28 Nov 2026 00:00:00 GMT', '*']) {
      expect(wanted('bytes=0-3', 10, other)).toBe('whole');
    }
  });

  it('never leaves what is there', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.option(fc.nat(60)), fc.option(fc.nat(60)), (size, first, last) => {
        const found = wanted(`bytes=${first ?? ''}-${last ?? ''}`, size);
        if (typeof found === 'object') {
          expect(found.first).toBeGreaterThanOrEqual(0);
          expect(found.last).toBeGreaterThanOrEqual(found.first);
          expect(found.last).toBeLessThan(size);
        }
      }),
    );
  });
});
