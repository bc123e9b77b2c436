import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateLimits } from './rate-limits.js';

it('lets each client ask so often in a window, and counts anew in the next', () => {
  const limits = new RateLimits({ quota: 2, window: 10 });
  expect(limits.take('a', 0)).toEqual({ isWithin: true, remaining: 1, resetsIn: 10 });
  expect(limits.take('a', 9_001)).toEqual({ isWithin: true, remaining: 0, resetsIn: 1 });
  expect(limits.take('b', 9_001)).toEqual({ isWithin: true, remaining: 1, resetsIn: 10 });
  expect(limits.take('a', 9_999)).toEqual({ isWithin: false, remaining: 0, resetsIn: 1 });
  expect(limits.take('a', 10_000)).toEqual({ isWithin: true, remaining: 1, resetsIn: 10 });
});

it('never lets more through than the quota, and never for longer than it says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(400), { maxLength: 60 }), (quota, gaps) => {
      const limits = new RateLimits({ quota, window: 1 });
      let now = 0;
      const admitted: number[] = [];
      for (const gap of gaps) {
        now += gap;
        const standing = limits.take('a', now);
        if (standing?.isWithin === true) {
          admitted.push(now);
        } else {
          expect(limits.take('a', now + (standing?.resetsIn ?? 0) * 1000)?.isWithin).toBe(true);
          return;
        }
        // Two windows at most meet in any second.
        expect(admitted.filter((at) => at > now - 1000).length).toBeLessThanOrEqual(2 * quota);
      }
    }),
  );
});

it('is off with a quota of 0', () => {
  expect(new RateLimits({ quota: 0, window: 60 }).take('a')).toBeNull();
});
