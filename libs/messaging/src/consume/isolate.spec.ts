import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createBreaker } from './breaker.js';
import { createWitnesses, WholeBatchFailed, type Witnesses } from './witnesses.js';
import { runIsolating, type ErrorClass, type IsolationOptions } from './isolate.js';

class Failing extends Error {
  constructor(readonly errorClass: ErrorClass) {
    super(errorClass);
  }
}

const options = (overrides: Partial<IsolationOptions> = {}): IsolationOptions => ({
  classify: (error) => (error instanceof Failing ? error.errorClass : 'unknown'),
  breaker: createBreaker({ maxShare: 1, maxPerMinute: Infinity }),
  ...overrides,
});

/** Fails a part as a whole when it holds one of the bad records. */
const failingOn = (bad: ReadonlyMap<number, ErrorClass>, seen: number[][] = []) => {
  return async (part: readonly number[]) => {
    seen.push([...part]);
    const first = part.find((record) => bad.has(record));
    if (first !== undefined) {
      throw new Failing(bad.get(first) ?? 'unknown');
    }
  };
};

describe('runIsolating', () => {
  it('finds exactly the bad records, keeps the order and handles every other one once', async () => {
    const batch = fc.integer({ min: 0, max: 64 });
    const bad = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 63 }), fc.constantFrom('data' as const, 'unknown' as const)),
    );
    await fc.assert(
      fc.asyncProperty(batch, bad, async (size, entries) => {
        const records = Array.from({ length: size }, (_, index) => index);
        const poison = new Map<number, ErrorClass>(entries.filter(([index]) => index < size));
        const result = await runIsolating(records, failingOn(poison), options());
        expect(result.done).toEqual(records.filter((record) => !poison.has(record)));
        expect(result.poison.map(({ record }) => record)).toEqual(records.filter((record) => poison.has(record)));
      }),
    );
  });

  it('tries a healthy batch once', async () => {
    const seen: number[][] = [];
    await runIsolating([1, 2, 3], failingOn(new Map(), seen), options());
    expect(seen).toEqual([[1, 2, 3]]);
  });

  it('throws a transient error on', async () => {
    const attempt = failingOn(new Map([[2, 'transient']]));
    await expect(runIsolating([1, 2, 3], attempt, options())).rejects.toThrow('transient');
  });

  it('gives each record that fails alone three attempts, whatever the error says', async () => {
    const result = await runIsolating(
      [1, 2],
      failingOn(
        new Map([
          [1, 'unknown' as const],
          [2, 'data' as const],
        ]),
      ),
      options(),
    );
    expect(result.poison).toMatchObject([
      { record: 1, reason: 'unknown-error', attempts: 3 },
      { record: 2, reason: 'data-error', attempts: 3 },
    ]);
  });

  it('opens the breaker when a fifth of the batch fails for unknown reasons', async () => {
    const records = Array.from({ length: 40 }, (_, index) => index);
    const bad = new Map(records.slice(0, 12).map((record) => [record, 'unknown' as const]));
    const run = runIsolating(records, failingOn(bad), options({ breaker: createBreaker() }));
    await expect(run).rejects.toMatchObject({ name: 'BreakerOpen' });
  });

  it('never opens the breaker for bad data', async () => {
    const records = Array.from({ length: 200 }, (_, index) => index);
    const bad = new Map(records.map((record) => [record, 'data' as const]));
    const result = await runIsolating(records, failingOn(bad), options({ breaker: createBreaker() }));
    expect(result.poison).toHaveLength(200);
  });

  it('opens the breaker after fifty unknown failures within a minute, and not when they are spread', () => {
    let time = 0;
    const failAll = (everyMs: number) => {
      const breaker = createBreaker({ now: () => time });
      for (let count = 0; count < 200; count += 1, time += everyMs) {
        breaker.count(1, 1000, new Error('defect'));
      }
    };
    expect(() => failAll(1100)).toThrow('within a minute');
    expect(() => failAll(1300)).not.toThrow();
  });
});

describe('a batch of which everything fails', () => {
  const all = (size: number) => {
    const records = Array.from({ length: size }, (_, index) => index);
    return { records, attempt: failingOn(new Map(records.map((record) => [record, 'data' as const]))) };
  };
  const run = (size: number, key: string, witnesses: Witnesses) => {
    const { records, attempt } = all(size);
    return runIsolating(records, attempt, options({ weigh: { witnesses, key } }));
  };
  const succeed = (witnesses: Witnesses) =>
    runIsolating([1], async () => {}, options({ weigh: { witnesses, key: 'other' } }));

  it('waits, whatever the errors say, until another batch succeeds after it', async () => {
    const witnesses = createWitnesses();
    await succeed(witnesses);
    await expect(run(3, 'a', witnesses)).rejects.toBeInstanceOf(WholeBatchFailed);
    await expect(run(3, 'a', witnesses)).rejects.toBeInstanceOf(WholeBatchFailed);
    await succeed(witnesses);
    expect((await run(3, 'a', witnesses)).poison).toHaveLength(3);
  });

  it('of one record is the record’s fault, unless the batch before it failed as a whole too', async () => {
    const witnesses = createWitnesses();
    expect((await run(1, 'a', witnesses)).poison).toHaveLength(1);
    await expect(run(1, 'b', witnesses)).rejects.toBeInstanceOf(WholeBatchFailed);
    await expect(run(1, 'c', witnesses)).rejects.toBeInstanceOf(WholeBatchFailed);
    await succeed(witnesses);
    expect((await run(1, 'b', witnesses)).poison).toHaveLength(1);
  });
});
