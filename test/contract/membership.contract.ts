import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';

import type { ContractSubject } from './log-harness.js';
import { startLogChild } from './log-child.js';
import { eventually, keysOutOfOrder, newTopic, orders, texts, textsOf, totalLag } from './log-harness.js';

export function membershipContract(subject: () => ContractSubject): void {
  it('shares the partitions with a second member and takes them back when it leaves', async () => {
    const { harness, log } = subject();
    const other = await harness.open();
    const topic = await newTopic(log);
    const readers: [Set<number>, Set<number>] = [new Set(), new Set()];
    const seen: string[] = [];
    const member = (from: typeof log, own: Set<number>) =>
      from.consume({
        group: 'shared',
        topics: [topic],
        handle: async ({ records, partition }) => {
          own.add(partition);
          seen.push(...texts(records));
        },
      });
    const first = await member(log, readers[0]);
    const second = await member(other, readers[1]);
    let published = 0;
    const publishSome = async () => {
      await log.publish(orders(topic, 40, 40, published));
      published += 40;
    };
    await eventually('both read, each its own part', async () => {
      readers.forEach((own) => own.clear());
      await publishSome();
      await eventually('they are handled', () => new Set(seen).size === published);
      return readers[0].size === 2 && readers[1].size === 2;
    });
    await second.stop();
    await eventually('the first reads all', async () => {
      readers[0].clear();
      await publishSome();
      await eventually('they are handled', () => new Set(seen).size === published);
      return readers[0].size === 4;
    });
    await first.stop();
    await other.close();
    expect([...new Set(seen)].sort()).toEqual(textsOf(orders(topic, published, 40)).sort());
    expect(keysOutOfOrder(seen)).toEqual([]);
  });

  it('loses nothing while members come and go under load', async () => {
    const { harness, log } = subject();
    const other = await harness.open();
    const topic = await newTopic(log);
    const seen: string[] = [];
    const member = (from: typeof log) =>
      from.consume({
        group: 'storm',
        topics: [topic],
        maxBatchRecords: 20,
        handle: async ({ records }) => {
          await wait(5);
          seen.push(...texts(records));
        },
      });
    const steady = await member(log);
    const all = orders(topic, 3000, 20);
    const publishing = (async () => {
      for (let start = 0; start < all.length; start += 50) {
        await log.publish(all.slice(start, start + 50));
        await wait(20);
      }
    })();
    for (let round = 0; round < 4; round += 1) {
      const guest = await member(other);
      await wait(300);
      await guest.stop();
    }
    await publishing;
    await eventually('all are handled', () => new Set(seen).size === all.length);
    await steady.stop();
    await other.close();
    expect(await totalLag(log, 'storm', topic)).toBe(0n);
  });

  it('brings back what a killed member had not committed, and soon', async () => {
    const { harness, log } = subject();
    const topic = await newTopic(log);
    const all = orders(topic, 400, 40);
    await log.publish(all);
    const child = await startLogChild(harness, { group: 'killed', topic, handlerMs: 30, maxBatchRecords: 10 });
    await eventually('it has handled some', () => child.lines.filter((line) => line.startsWith('done')).length >= 6);
    await child.kill();
    const seen: string[] = [];
    const heir = await log.consume({
      group: 'killed',
      topics: [topic],
      maxBatchRecords: 10,
      handle: async ({ records }) => void seen.push(...texts(records)),
    });
    const words = (kind: string) =>
      child.lines.filter((line) => line.startsWith(kind)).flatMap((line) => line.split(' ').slice(1));
    await eventually('all are handled by one of them', () => new Set([...words('done'), ...seen]).size === all.length);
    await eventually('nothing is left', async () => (await totalLag(log, 'killed', topic)) === 0n);
    await heir.stop();
    const begun = words('begin').filter((text) => !words('done').includes(text));
    expect(begun.filter((text) => !seen.includes(text))).toEqual([]);
    expect(keysOutOfOrder(seen)).toEqual([]);
  });

  it('takes the partitions from a frozen member, which notices when it wakes and spoils nothing', async () => {
    const { harness, log } = subject();
    const topic = await newTopic(log, { partitions: 2 });
    const all = orders(topic, 40);
    await log.publish(all);
    const child = await startLogChild(harness, { group: 'zombie', topic, handlerMs: 1500, maxBatchRecords: 500 });
    await eventually('it has begun', () => child.lines.some((line) => line.startsWith('begin')));
    child.signal('SIGSTOP');
    const seen: string[] = [];
    const heir = await log.consume({
      group: 'zombie',
      topics: [topic],
      handle: async ({ records }) => void seen.push(...texts(records)),
    });
    await eventually('the heir has all', () => new Set(seen).size === all.length);
    await eventually('nothing is left', async () => (await totalLag(log, 'zombie', topic)) === 0n);
    child.signal('SIGCONT');
    await eventually('the zombie says how it ended', () => child.lines.some((line) => /^(lost|done)/.test(line)));
    await wait(500);
    expect(await totalLag(log, 'zombie', topic)).toBe(0n);
    await child.kill();
    await heir.stop();
  });
}
