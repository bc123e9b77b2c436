import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';

import type { ContractSubject } from './log-harness.js';
import { eventually, keysOutOfOrder, newTopic, orders, texts, textsOf, totalLag } from './log-harness.js';

export function consumingContract(subject: () => ContractSubject): void {
  it('hands over everything in batches of one partition, in order, and commits', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    await log.publish(orders(topic, 500));
    const seen: string[] = [];
    const consumption = await log.consume({
      group: 'all',
      topics: [topic],
      maxBatchRecords: 40,
      handle: async ({ records, partition }, { group, signal }) => {
        expect(records.length).toBeLessThanOrEqual(40);
        expect(new Set(records.map((record) => `${record.topic}/${record.partition}`))).toEqual(
          new Set([`${topic}/${partition}`]),
        );
        expect([group, signal.aborted]).toEqual(['all', false]);
        seen.push(...texts(records));
      },
    });
    await eventually('all are handled', () => seen.length >= 500);
    expect([...seen].sort()).toEqual(textsOf(orders(topic, 500)).sort());
    expect(keysOutOfOrder(seen)).toEqual([]);
    expect(consumption.state()).toBe('running');
    await consumption.stop();
    expect(consumption.state()).toBe('stopped');
    expect(await totalLag(log, 'all', topic)).toBe(0n);
  });

  it('resumes where the group stopped', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    const seen: string[] = [];
    const handle = async ({ records }: { records: Parameters<typeof texts>[0] }) => void seen.push(...texts(records));
    await log.publish(orders(topic, 100));
    const first = await log.consume({ group: 'resume', topics: [topic], handle });
    await eventually('the first part is handled', () => seen.length === 100);
    await first.stop();
    await log.publish(orders(topic, 100, 10, 100));
    const second = await log.consume({ group: 'resume', topics: [topic], handle });
    await eventually('the second part is handled', () => seen.length >= 200);
    await wait(200);
    await second.stop();
    expect(seen.slice(100).sort()).toEqual(textsOf(orders(topic, 100, 10, 100)).sort());
  });

  it('brings every record to every group', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    await log.publish(orders(topic, 50));
    const seen: string[] = [];
    const groups = ['one', 'two'].map((group) =>
      log.consume({
        group,
        topics: [topic],
        handle: async ({ records }) => void seen.push(...texts(records).map((text) => `${group} ${text}`)),
      }),
    );
    // Some may come twice: the contract is at least once.
    await eventually('both have all', () => new Set(seen).size === 100);
    await Promise.all(groups.map(async (consumption) => (await consumption).stop()));
  });

  it('says how far a group is behind', async () => {
    const { log } = subject();
    const topic = await newTopic(log, { partitions: 2 });
    await log.publish(orders(topic, 30));
    const before = await log.lag('lagging', [topic]);
    expect(before.map(({ committed }) => committed)).toEqual([null, null]);
    expect(before.reduce((sum, { lag }) => sum + lag, 0n)).toBe(30n);
    let handled = 0;
    const consumption = await log.consume({
      group: 'lagging',
      topics: [topic],
      handle: async ({ records }) => void (handled += records.length),
    });
    await eventually('all are handled', () => handled === 30);
    await consumption.stop();
    await log.publish(orders(topic, 5));
    const after = await log.lag('lagging', [topic]);
    expect(after.reduce((sum, { lag }) => sum + lag, 0n)).toBe(5n);
    expect(after.reduce((sum, { committed }) => sum + (committed ?? 0n), 0n)).toBe(30n);
  });

  it('replays from the beginning, but not while somebody reads', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    await log.publish(orders(topic, 60));
    const seen: string[] = [];
    const subscription = {
      group: 'replay',
      topics: [topic],
      handle: async ({ records }: { records: Parameters<typeof texts>[0] }) => void seen.push(...texts(records)),
    };
    const first = await log.consume(subscription);
    await eventually('all are handled', () => seen.length === 60);
    await expect(log.rewind('replay', [topic])).rejects.toMatchObject({ name: 'GroupIsActive' });
    await first.stop();
    await log.rewind('replay', [topic]);
    const second = await log.consume(subscription);
    await eventually('all are handled again', () => seen.length >= 120);
    await second.stop();
    expect(seen.slice(60).sort()).toEqual(textsOf(orders(topic, 60)).sort());
  });

  it('finishes what is in flight when it is stopped under load: nothing is lost, nothing comes twice', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    await log.publish(orders(topic, 1000));
    const seen: string[] = [];
    const subscription = {
      group: 'graceful',
      topics: [topic],
      maxBatchRecords: 25,
      handle: async ({ records }: { records: Parameters<typeof texts>[0] }) => {
        await wait(20);
        seen.push(...texts(records));
      },
    };
    const first = await log.consume(subscription);
    await eventually('some are handled', () => seen.length >= 100);
    await first.stop();
    const atStop = seen.length;
    expect(atStop).toBeLessThan(1000);
    await wait(100);
    expect(seen).toHaveLength(atStop);
    const second = await log.consume(subscription);
    await eventually('the rest is handled', () => seen.length >= 1000);
    await second.stop();
    expect([...seen].sort()).toEqual(textsOf(orders(topic, 1000)).sort());
  });
}
