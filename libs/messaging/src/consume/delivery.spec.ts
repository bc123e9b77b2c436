import { describe, expect, it } from '@jest/globals';

import { BreakerOpen } from './breaker.js';
import { deliver, type DeliveryOptions } from './delivery.js';
import type { RecordBatch } from '../event-log.js';

const batch: RecordBatch = { topic: 'orders', partition: 0, records: [] };
const never = new AbortController().signal;
const options = (overrides: Partial<DeliveryOptions>): DeliveryOptions => ({
  group: 'group',
  handle: async () => {},
  signal: never,
  noMoreAttempts: never,
  firstBackoffMs: 1,
  maxBackoffMs: 4,
  ...overrides,
});

describe('deliver', () => {
  it.each([TypeError, RangeError, SyntaxError, ReferenceError, Error])(
    'tries again in place after a %p',
    async (Kind) => {
      let calls = 0;
      const failures: number[] = [];
      const handle = async () => {
        calls += 1;
        if (calls < 4) {
          throw new Kind('broken');
        }
      };
      const outcome = await deliver(batch, options({ handle, onAttempts: (failed) => failures.push(failed) }));
      expect([outcome, calls, failures]).toEqual(['done', 4, [1, 2, 3, 0]]);
    },
  );

  it('tries again after something that is no error', async () => {
    let calls = 0;
    const handle = async () => {
      calls += 1;
      if (calls === 1) {
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw 'text';
      }
    };
    await expect(deliver(batch, options({ handle }))).resolves.toBe('done');
  });

  it('gives up at once, also in the middle of a wait, when the partition is lost', async () => {
    const lost = new AbortController();
    const handle = async () => Promise.reject(new Error('broken'));
    const onAttempts = () => void setTimeout(() => lost.abort(), 5);
    const running = deliver(batch, options({ handle, onAttempts, signal: lost.signal, firstBackoffMs: 60_000 }));
    await expect(running).resolves.toBe('abandoned');
  });

  it('finishes the attempt under way after it was asked to stop', async () => {
    const stop = new AbortController();
    const handle = async () => {
      stop.abort();
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await expect(deliver(batch, options({ handle, noMoreAttempts: stop.signal }))).resolves.toBe('done');
  });

  it('lets an open breaker through', async () => {
    const handle = async () => Promise.reject(new BreakerOpen('too many'));
    await expect(deliver(batch, options({ handle }))).rejects.toBeInstanceOf(BreakerOpen);
  });
});
