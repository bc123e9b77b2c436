import { describe, expect, it } from '@jest/globals';
import { LaterTries } from './later-tries.js';

describe('later tries', () => {
  it('leave alone what failed for longer each time, up to the longest pause, and forget it when it succeeds', () => {
    let now = 0;
    const tries = new LaterTries({ firstMs: 5, longestMs: 30 }, () => now);
    const pauses = [1, 2, 3, 4, 5].map(() => {
      const pause = tries.fail('one');
      expect(tries.resting()).toEqual(['one']);
      now += pause - 1;
      expect(tries.resting()).toEqual(['one']);
      now += 1;
      expect(tries.resting()).toEqual([]);
      return pause;
    });
    expect(pauses).toEqual([5, 10, 20, 30, 30]);
    tries.succeed('one');
    expect([tries.fail('one'), tries.fail('other')]).toEqual([5, 5]);
    expect(tries.resting()).toEqual(['one', 'other']);
  });
});
