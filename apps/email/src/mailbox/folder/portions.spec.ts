import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LARGE_MAIL_BYTES, PORTION_BYTES, PORTION_MAILS, portionsOf, uidSet } from './portions.js';

const mailOf = (uid: number, size: number) => ({ uid, size, arrivedAt: null, threadId: null });

describe('portions', () => {
  it('hold every mail once, in order, within their bounds', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 9_000_000 })), {
      maxLength: 600,
    });
    fc.assert(
      fc.property(sizes, (given) => {
        const mails = given.map((size, index) => mailOf(index + 1, size));
        const portions = portionsOf(mails);
        expect(portions.flatMap((portion) => portion.mails)).toEqual(mails);
        for (const { mails: together, isLarge } of portions) {
          const bytes = together.reduce((sum, { size }) => sum + size, 0);
          expect(together.length).toBeGreaterThan(0);
          expect(together.length).toBeLessThanOrEqual(isLarge ? 1 : PORTION_MAILS);
          expect(isLarge ? 0 : bytes).toBeLessThanOrEqual(PORTION_BYTES);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('leave a mail that is large, or of unknown size, by itself', () => {
    const portions = portionsOf([mailOf(1, 10), mailOf(2, LARGE_MAIL_BYTES + 1), mailOf(3, 10), mailOf(4, 0)]);
    expect(portions.map(({ mails, isLarge }) => [mails.map(({ uid }) => uid), isLarge])).toEqual([
      [[1], false],
      [[2], true],
      [[3], false],
      [[4], true],
    ]);
  });
});

it.each([
  [[], ''],
  [[7], '7'],
  [[1, 2, 3], '1:3'],
  [[1, 3, 4, 9], '1,3:4,9'],
])('writes the UIDs %j as %j', (uids, set) => {
  expect(uidSet(uids)).toBe(set);
});
