import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';

import { createCoalescer, type CoalescerOptions } from './coalescer.js';
import { PublishTimedOut } from '../errors.js';
import type { OutgoingRecord } from '../event-log.js';

const record = (value: string): OutgoingRecord => ({ topic: 'orders', key: 'k', value, headers: {} });

function recordingSend(delayMs = 1) {
  const sends: string[][] = [];
  let underWay = 0;
  const send = async (records: readonly OutgoingRecord[]) => {
    underWay += 1;
    expect(underWay).toBe(1);
    await sleep(delayMs);
    underWay -= 1;
    sends.push(records.map(({ value }) => String(value)));
  };
  return { sends, send };
}

function coalescerOf(options: Partial<CoalescerOptions> & Pick<CoalescerOptions, 'send'>) {
  return createCoalescer({ isRecordFault: () => false, ...options });
}

describe('coalescer', () => {
  it('keeps the order and loses nothing, whatever is published when', async () => {
    const publishes = fc.array(fc.record({ size: fc.integer({ min: 0, max: 9 }), pause: fc.boolean() }), {
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(publishes, fc.integer({ min: 1, max: 8 }), async (plan, maxRecords) => {
        const { sends, send } = recordingSend();
        const coalescer = coalescerOf({ send, maxRecords });
        const expected: string[] = [];
        const results: Promise<void>[] = [];
        for (const [index, { size, pause }] of plan.entries()) {
          const values = Array.from({ length: size }, (_, position) => `${index}-${position}`);
          expected.push(...values);
          results.push(coalescer.publish(values.map(record)));
          await (pause ? sleep(1) : undefined);
        }
        await Promise.all(results);
        await coalescer.close();
        expect(sends.flat()).toEqual(expected);
        expect(Math.max(0, ...sends.map(({ length }) => length))).toBeLessThanOrEqual(maxRecords);
      }),
      { numRuns: 40 },
    );
  });

  it('sends together what arrives while a send is under way', async () => {
    const { sends, send } = recordingSend(20);
    const coalescer = coalescerOf({ send });
    await Promise.all(Array.from({ length: 100 }, (_, index) => coalescer.publish([record(String(index))])));
    expect(sends.length).toBeLessThanOrEqual(2);
  });

  it('resolves a publish only when all of its records are acknowledged', async () => {
    const { sends, send } = recordingSend();
    const coalescer = coalescerOf({ send, maxRecords: 2 });
    await coalescer.publish(['a', 'b', 'c', 'd', 'e'].map(record));
    expect(sends).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('sends nothing more of a publish once a part of it has failed, so that publishing it again keeps its order', async () => {
    const { sends, send } = recordingSend();
    let failures = 1;
    const failOnSecond = async (records: readonly OutgoingRecord[]) => {
      if (records[0]?.value === 'c' && failures-- > 0) {
        throw new Error('the connection broke');
      }
      await send(records);
    };
    const coalescer = coalescerOf({ send: failOnSecond, maxRecords: 2 });
    const records = ['a', 'b', 'c', 'd', 'e'].map(record);
    const other = coalescer.publish(records).catch(() => coalescer.publish(records));
    await Promise.all([other, coalescer.publish([record('x')])]);
    await coalescer.close();
    const firstSeen = [...new Set(sends.flat())].filter((value) => value !== 'x');
    expect(firstSeen).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(sends.flat()).toContain('x');
  });

  it('sends nothing that became overdue while the process was frozen', async () => {
    const { sends, send } = recordingSend();
    const frozenFor = (milliseconds: number) =>
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    const freeze = async (records: readonly OutgoingRecord[]) => {
      await send(records);
      frozenFor(1_000);
    };
    const coalescer = coalescerOf({ send: freeze, maxRecords: 1, deadlineMs: 500 });
    await expect(coalescer.publish(['a', 'b'].map(record))).rejects.toBeInstanceOf(PublishTimedOut);
    await coalescer.close();
    expect(sends).toEqual([['a']]);
  });

  it('fails only the publish whose record is at fault', async () => {
    const { sends, send } = recordingSend();
    const refuseBad = async (records: readonly OutgoingRecord[]) => {
      if (records.some(({ value }) => value === 'bad')) {
        throw new Error('refused');
      }
      await send(records);
    };
    const coalescer = coalescerOf({ send: refuseBad, isRecordFault: () => true });
    const results = await Promise.allSettled(['a', 'bad', 'c'].map((value) => coalescer.publish([record(value)])));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(sends.flat()).toEqual(['a', 'c']);
  });

  it('refuses what does not fit the queue and goes on afterwards', async () => {
    const { send } = recordingSend(10);
    const coalescer = coalescerOf({ send, maxRecords: 1, maxQueuedRecords: 3 });
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((value) => coalescer.publish([record(value)])));
    expect(results[3]).toMatchObject({ status: 'rejected', reason: { name: 'PublishQueueFull' } });
    expect(results.slice(0, 3).every(({ status }) => status === 'fulfilled')).toBe(true);
    await coalescer.publish([record('e')]);
  });

  it('lets nobody wait longer than the deadline, and still never sends two at once', async () => {
    let release = () => {};
    const sent: string[] = [];
    const send = async (records: readonly OutgoingRecord[]) => {
      await new Promise<void>((resolve) => (release = resolve));
      sent.push(...records.map(({ value }) => String(value)));
    };
    const coalescer = coalescerOf({ send, deadlineMs: 40, maxRecords: 1 });
    const results = await Promise.allSettled([coalescer.publish([record('a')]), coalescer.publish([record('b')])]);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { name: 'PublishTimedOut' } },
      { status: 'rejected', reason: { name: 'PublishTimedOut' } },
    ]);
    release();
    await coalescer.close();
    expect(sent).toEqual(['a']);
  });

  it('sends what waits when it is closed, then refuses', async () => {
    const { sends, send } = recordingSend();
    const coalescer = coalescerOf({ send });
    const last = coalescer.publish([record('a')]);
    await coalescer.close();
    await last;
    expect(sends).toEqual([['a']]);
    await expect(coalescer.publish([record('b')])).rejects.toMatchObject({ name: 'LogClosed' });
  });
});
