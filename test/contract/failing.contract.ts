import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';

import { BreakerOpen, createBreaker, deadLetterRecord, runIsolating, type LogRecord } from '#libs/messaging';

import type { ContractSubject } from './log-harness.js';
import { eventually, keysOutOfOrder, newTopic, order, orders, readAll, texts, totalLag } from './log-harness.js';

export function failingContract(subject: () => ContractSubject): void {
  it.each([TypeError, RangeError, SyntaxError, ReferenceError, Error])(
    'hands the same batch over again, in place, after a %p',
    async (Kind) => {
      const { log } = subject();
      const topic = await newTopic(log, { partitions: 1 });
      await log.publish(orders(topic, 30));
      const batches: string[] = [];
      const consumption = await log.consume({
        group: `throwing-${Kind.name}`,
        topics: [topic],
        maxBatchRecords: 10,
        handle: async ({ records }) => {
          batches.push(texts(records).join(' '));
          if (batches.length < 4) {
            throw new Kind('broken');
          }
        },
      });
      await eventually('all are handled', () => batches.length >= 6);
      await wait(50);
      await consumption.stop();
      expect(batches).toHaveLength(6);
      expect(new Set(batches.slice(0, 4)).size).toBe(1);
      expect(new Set(batches).size).toBe(3);
    },
  );

  it('calls itself stalled while a batch keeps failing, and recovers', async () => {
    const { log } = subject();
    const topic = await newTopic(log, { partitions: 1 });
    await log.publish(orders(topic, 5));
    let isBroken = true;
    let handled = 0;
    const consumption = await log.consume({
      group: 'stalled',
      topics: [topic],
      handle: async ({ records }) => {
        if (isBroken) {
          throw new Error('the database is away');
        }
        handled += records.length;
      },
    });
    await eventually('it is stalled', () => consumption.state() === 'stalled');
    isBroken = false;
    await eventually('it runs again', () => consumption.state() === 'running' && handled === 5);
    await consumption.stop();
    expect(await totalLag(log, 'stalled', topic)).toBe(0n);
  });

  it('can be stopped while a batch keeps failing, and leaves that batch to the next', async () => {
    const { log } = subject();
    const topic = await newTopic(log, { partitions: 1 });
    await log.publish(orders(topic, 5));
    const failing = await log.consume({
      group: 'stopped-failing',
      topics: [topic],
      handle: async () => Promise.reject(new Error('the database is away')),
    });
    await eventually('it is stalled', () => failing.state() === 'stalled');
    await failing.stop();
    const seen: string[] = [];
    const next = await log.consume({
      group: 'stopped-failing',
      topics: [topic],
      handle: async ({ records }) => void seen.push(...texts(records)),
    });
    await eventually('the next one handles them', () => seen.length === 5);
    await next.stop();
  });

  it('writes poison to the dead letters once and handles its neighbours', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    const deadLetters = await newTopic(log, { partitions: 1 });
    const records = orders(topic, 200);
    const poison = [order(topic, 'k1', 'poison'), order(topic, 'k2', 'poison')];
    await log.publish([...records.slice(0, 70), ...poison, ...records.slice(70)]);
    const seen: string[] = [];
    const breaker = createBreaker();
    const attempt = async (part: readonly LogRecord[]) => {
      if (part.some(({ value }) => value?.toString() === 'poison')) {
        throw new SyntaxError('unexpected token');
      }
      seen.push(...texts(part));
    };
    const consumption = await log.consume({
      group: 'poisoned',
      topics: [topic],
      handle: async (batch) => {
        const result = await runIsolating(batch.records, attempt, { classify: () => 'data', breaker });
        await log.publish(
          result.poison.map(({ record, reason, error, attempts }) =>
            deadLetterRecord(record, {
              topic: deadLetters,
              group: 'poisoned',
              reason,
              stage: 'decode',
              errorClass: error.name,
              message: error.message,
              attempts,
              firstFailedAt: new Date(),
            }),
          ),
        );
      },
    });
    await eventually('all are handled', () => seen.length === 200);
    await eventually('nothing is left', async () => (await totalLag(log, 'poisoned', topic)) === 0n);
    await consumption.stop();
    expect((await readAll(log, deadLetters)).sort()).toEqual(['k1=poison', 'k2=poison']);
    expect(keysOutOfOrder(seen)).toEqual([]);
  });

  it('dies of an open breaker instead of trying for ever, and commits nothing of that batch', async () => {
    const { log } = subject();
    const topic = await newTopic(log, { partitions: 1 });
    await log.publish(orders(topic, 5));
    const consumption = await log.consume({
      group: 'breaking',
      topics: [topic],
      handle: async () => Promise.reject(new BreakerOpen('too many')),
    });
    await expect(consumption.died).resolves.toBeInstanceOf(BreakerOpen);
    expect(consumption.state()).toBe('dead');
    await consumption.stop();
    expect(await totalLag(log, 'breaking', topic)).toBe(5n);
  });

  it('lets a handler take longer than the time after which silent members are given up', async () => {
    const { harness, log } = subject();
    const topic = await newTopic(log, { partitions: 1 });
    await log.publish(orders(topic, 4));
    const batches: string[] = [];
    let aborted = false;
    const consumption = await log.consume({
      group: 'slow',
      topics: [topic],
      maxBatchRecords: 2,
      handle: async ({ records }, { signal }) => {
        await wait(harness.silenceMs * 1.4);
        aborted ||= signal.aborted;
        batches.push(texts(records).join(' '));
      },
    });
    await eventually('both are handled', () => batches.length >= 2, harness.silenceMs * 6);
    await consumption.stop();
    expect([new Set(batches).size, batches.length, aborted]).toEqual([2, 2, false]);
    expect(await totalLag(log, 'slow', topic)).toBe(0n);
  });
}
