import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { oldestOf } from './settled-until.js';

const DAY = 24 * 60 * 60 * 1000;
const low = (instant: number): number => instant % 2 ** 32;

describe('oldestOf', () => {
  it('finds the oldest write by the low half of its millisecond, also when that has run over', () => {
    const property = fc.property(
      fc.integer({ min: 0, max: Date.parse('2200-01-01') }),
      fc.array(fc.integer({ min: 0, max: 20 * DAY }), { maxLength: 5 }),
      (start, ages) => {
        const now = start + 20 * DAY;
        const begun = ages.map((age) => low(now - age));
        expect(oldestOf(now, begun)).toBe(now - Math.max(0, ...ages));
      },
    );
    fc.assert(property);
  });

  it('takes one that shows itself a moment later for no older than now', () => {
    expect(oldestOf(1_000_000, [low(1_000_003)])).toBe(1_000_000);
  });
});
