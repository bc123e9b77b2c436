import { describe, expect, it } from '@jest/globals';
import { runOrders } from './run-orders.js';

/** `node test/orders/run.mjs` has the long form. */
const OPTIONS = { seed: 12, log: 'embedded', mostDelayMs: 1000, atOnce: 1000, mostLacking: 1 } as const;

describe('every lifecycle that a telephone system can tell, mixed and repeated, while case-builder is killed', () => {
  it('is the same in the end, is what its events say, and is another one where a request is missing', async () => {
    const { different, unnoticed, unfolded, ...counted } = await runOrders(
      { ...OPTIONS, orders: 1, kills: 1, only: [], keep: false },
      () => undefined,
    );
    expect({ different, unnoticed, unfolded }).toEqual({ different: [], unnoticed: [], unfolded: [] });
    expect(counted).toMatchObject({ stories: 51, kills: 1 });
    expect(counted.cases).toBeGreaterThan(counted.tellings * 0.8);
    expect(counted.otherCases).toBeGreaterThan(counted.lacking / 3);
  }, 180_000);
});
