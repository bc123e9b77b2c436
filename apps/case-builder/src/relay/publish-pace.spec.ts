import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inPortions, nextPace, PublishPace } from './publish-pace.js';

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;
/** What the log gives a publish, in milliseconds. */
const DEADLINE = 15_000;

describe('the pace of publishing', () => {
  it.each([
    ['grows after a quick one', MEGABYTE, { outcome: 'published', bytes: MEGABYTE, milliseconds: 100 }, 2 * MEGABYTE],
    ['stays after a slow one', MEGABYTE, { outcome: 'published', bytes: MEGABYTE, milliseconds: 3_000 }, MEGABYTE],
    ['stays after one that shows nothing', MEGABYTE, { outcome: 'published', bytes: 9, milliseconds: 1 }, MEGABYTE],
    ['has an upper end', 8 * MEGABYTE, { outcome: 'published', bytes: 8e6, milliseconds: 1 }, 8 * MEGABYTE],
    ['is a quarter after one in vain', MEGABYTE, { outcome: 'timed_out', bytes: MEGABYTE }, MEGABYTE / 4],
    ['is a quarter of what was tried', 8 * MEGABYTE, { outcome: 'timed_out', bytes: MEGABYTE }, MEGABYTE / 4],
    ['has a lower end', 20 * KILOBYTE, { outcome: 'timed_out', bytes: 20 * KILOBYTE }, 16 * KILOBYTE],
  ] as const)('%s', (_name, pace, tried, next) => {
    expect(nextPace(pace, tried)).toBe(next);
  });

  it('finds what any link carries, and no publish is in vain after that', () => {
    // Bytes a millisecond: from what carries the least portion in time, to 1 GB/s.
    const rates = fc.double({ min: (16 * KILOBYTE) / DEADLINE, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(rates, (rate) => {
        const pace = new PublishPace();
        const outcomes = Array.from({ length: 30 }, () => {
          const milliseconds = pace.bytes / rate;
          const outcome = milliseconds <= DEADLINE ? 'published' : 'timed_out';
          pace.learn({ outcome, bytes: pace.bytes, milliseconds });
          return outcome;
        });
        expect(outcomes.lastIndexOf('timed_out')).toBeLessThan(3);
        expect(outcomes.filter((outcome) => outcome === 'timed_out')).toHaveLength(outcomes.indexOf('published'));
        // Neither does it stay far below what the link carries.
        expect(pace.bytes / rate > 1_500 || pace.bytes === 8 * MEGABYTE || pace.bytes === 16 * KILOBYTE).toBe(true);
      }),
    );
  });
});

describe('portions', () => {
  it('hold everything in order, none larger than allowed but for one item', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), fc.integer({ min: 1, max: 200 }), (sizes, most) => {
        const portions = inPortions(sizes, (size) => size, most);
        expect(portions.flatMap(({ items }) => items)).toEqual(sizes);
        for (const { items, bytes } of portions) {
          expect(bytes).toBe(items.reduce((sum, size) => sum + size, 0));
          expect(bytes <= most || items.length === 1).toBe(true);
        }
      }),
    );
  });
});
