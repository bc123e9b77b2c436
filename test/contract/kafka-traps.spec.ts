import { setTimeout as wait } from 'node:timers/promises';
/**
 * The traps of kafkajs 2.2.4, what stands against each, and where it is shown. Numbers as in the list of traps that the
 * decision for kafkajs rests on (docs/decisions).
 *
 * | #  | trap                                           | counter-measure                       | shown by                            |
 * |----|------------------------------------------------|---------------------------------------|-------------------------------------|
 * | 1  | dies silently of a TypeError                   | nothing raw escapes, in-place retry   | failing.contract, here: crash → died |
 * | 2  | leaves the group after 6 attempts              | retries inside the handler            | here                                |
 * | 3  | heartbeats only when told                      | a timer while the handler works       | failing.contract (slow handler)     |
 * | 4  | a stale member goes on                         | signal aborted, commit refused        | membership.contract (frozen member) |
 * | 5  | rebalance stops the world                      | the batch in flight finishes first    | here                                |
 * | 6  | a rebalance repeats records                    | offsets resolved per batch            | membership.contract (come and go)   |
 * | 7  | one slow partition holds up the others         | several partitions side by side       | here                                |
 * | 8  | an offset out of range skips to the newest     | fromBeginning, and a line at ERROR    | here                                |
 * | 9  | the producer gives up after 10 s               | deadline, bounded queue, rejection    | kafka-outage.spec                   |
 * | 10 | retries reorder                                | one send in flight                    | coalescer.spec, kafka-outage.spec   |
 * | 11 | goes on after a failed connect                 | a failed connect is fatal             | here                                |
 * | 12 | a timer each millisecond                       | quiet-request-queue                   | here                                |
 * | 13 | a stuck loop                                   | watchdog                              | consumer-watchdog.spec              |
 * | 14 | disconnecting inside a handler hangs           | never awaited there                   | here                                |
 * | 15 | reads gzip only                                | none is written; gzip is read         | here                                |
 */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';

import { createKafkaLog, type EventLog, type KafkaLogOptions } from '#libs/messaging';
import { testKafka } from '#libs/testing';

import { eventually, newTopic, order, orders, texts, totalLag } from './log-harness.js';

const kafka = testKafka();

(kafka ? describe : describe.skip)('The traps of kafkajs', () => {
  const lines: { level: string; message: string }[] = [];
  const note = (level: string) => (_fields: object, message: string) => void lines.push({ level, message });
  const logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const options: KafkaLogOptions = {
    brokers: kafka?.brokers ?? [],
    topicPrefix: kafka?.topicPrefix ?? '',
    clientId: 'traps',
    logger,
    times: {
      sessionTimeoutMs: 6_000,
      heartbeatIntervalMs: 500,
      rebalanceTimeoutMs: 10_000,
      firstBackoffMs: 20,
      maxBackoffMs: 100,
    },
  };
  let log: EventLog;
  let plain: Kafka;
  let admin: Admin;

  beforeAll(async () => {
    log = await createKafkaLog(options);
    plain = new kafkajs.Kafka({ brokers: [...options.brokers], logLevel: kafkajs.logLevel.NOTHING });
    admin = plain.admin();
    await admin.connect();
  });

  afterAll(async () => {
    await admin.disconnect();
    await log.close();
  });

  it('1: dies aloud when kafkajs gives up for good', async () => {
    const topic = await newTopic(log);
    const groupId = `${options.topicPrefix}other-protocol`;
    const protocol = {
      name: 'Other',
      version: 0,
      assign: async () => [],
      protocol: () => ({ name: 'Other', metadata: Buffer.alloc(0) }),
    };
    const stranger = plain.consumer({ groupId, partitionAssigners: [() => protocol] });
    await stranger.connect();
    await stranger.subscribe({ topics: [`${options.topicPrefix}${topic}`] });
    const joined = new Promise((resolve) => stranger.on(stranger.events.GROUP_JOIN, resolve));
    await stranger.run({ eachMessage: async () => {} });
    await joined;
    const consumption = await log.consume({ group: 'other-protocol', topics: [topic], handle: async () => {} });
    await expect(consumption.died).resolves.toBeInstanceOf(Error);
    expect(consumption.state()).toBe('dead');
    await stranger.disconnect();
  });

  it('2: stays in the group however often a batch fails', async () => {
    const topic = await newTopic(log, { partitions: 1 });
    await log.publish(orders(topic, 3));
    const memberOf = async () =>
      (await admin.describeGroups([`${options.topicPrefix}failing`])).groups[0]?.members[0]?.memberId;
    let attempts = 0;
    const consumption = await log.consume({
      group: 'failing',
      topics: [topic],
      handle: async () => {
        attempts += 1;
        if (attempts < 30) {
          throw new Error('away');
        }
      },
    });
    const before = await memberOf();
    await eventually('it is handled', () => attempts === 30);
    expect([await memberOf(), before]).toEqual([before, expect.any(String)]);
    await consumption.stop();
  });

  it('5: finishes the batch in flight before it joins anew, and does not repeat it', async () => {
    const topic = await newTopic(log, { partitions: 2 });
    await log.publish(orders(topic, 20));
    const batches: string[] = [];
    let aborted = false;
    const subscription = {
      group: 'stop-the-world',
      topics: [topic],
      handle: async ({ records }: { records: Parameters<typeof texts>[0] }, { signal }: { signal: AbortSignal }) => {
        await wait(2500);
        aborted ||= signal.aborted;
        batches.push(...texts(records));
      },
    };
    const first = await log.consume(subscription);
    await wait(300);
    const second = await log.consume(subscription);
    await eventually('all are handled', () => batches.length >= 20);
    await Promise.all([first.stop(), second.stop()]);
    expect([batches.length, aborted]).toEqual([20, false]);
  });

  it('7: handles several partitions side by side', async () => {
    const topic = await newTopic(log, { partitions: 4 });
    await log.publish(orders(topic, 40, 40));
    let [atOnce, most, handled] = [0, 0, 0];
    const consumption = await log.consume({
      group: 'side-by-side',
      topics: [topic],
      concurrency: 3,
      handle: async ({ records }) => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await wait(100);
        atOnce -= 1;
        handled += records.length;
      },
    });
    await eventually('all are handled', () => handled === 40);
    await consumption.stop();
    expect(most).toBe(3);
  });

  it('8: goes on at the oldest record, and says so, when its offset is not there (any more)', async () => {
    const topic = await newTopic(log, { partitions: 1 });
    await log.publish(orders(topic, 10, 1));
    const place = { groupId: `${options.topicPrefix}overtaken`, topic: `${options.topicPrefix}${topic}` };
    await admin.setOffsets({ ...place, partitions: [{ partition: 0, offset: '999' }] });
    lines.length = 0;
    const seen: string[] = [];
    const consumption = await log.consume({
      group: 'overtaken',
      topics: [topic],
      handle: async ({ records }) => void seen.push(...texts(records)),
    });
    await eventually('all are handled', () => seen.length >= 10);
    await consumption.stop();
    expect(seen).toEqual(Array.from({ length: 10 }, (_, value) => `k0=${value}`));
    expect(lines).toContainEqual({ level: 'error', message: expect.stringContaining('Offset out of range') });
  });

  it('11: does not start without its brokers', async () => {
    const lost = createKafkaLog({ ...options, brokers: ['127.0.0.1:1'] });
    await expect(lost).rejects.toBeInstanceOf(Error);
  });

  it('12: sets no timers while nothing happens', async () => {
    const idle = await createKafkaLog(options);
    const topic = await newTopic(idle);
    await idle.publish([order(topic, 'k', '0')]);
    await wait(50);
    const timers = jest.spyOn(globalThis, 'setTimeout');
    await wait(500);
    expect(timers.mock.calls.length).toBeLessThan(10);
    timers.mockRestore();
    await idle.close();
  });

  it('14: can be stopped from inside a handler', async () => {
    const topic = await newTopic(log);
    await log.publish(orders(topic, 4));
    let stopped: Promise<void> | undefined;
    const starting = log.consume({
      group: 'stops-itself',
      topics: [topic],
      handle: async () => {
        stopped ??= starting.then((consumption) => consumption.stop());
      },
    });
    await eventually('it was told to stop', () => stopped !== undefined);
    await stopped;
    expect((await starting).state()).toBe('stopped');
  });

  it('15: reads what others have written with gzip', async () => {
    const topic = await newTopic(log);
    const producer = plain.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    const messages = [{ key: 'k', value: 'squeezed', headers: { twice: ['first', 'last'] } }];
    await producer.send({
      topic: `${options.topicPrefix}${topic}`,
      compression: kafkajs.CompressionTypes.GZIP,
      messages,
    });
    await producer.disconnect();
    const found = [];
    for await (const { value, headers } of log.read(topic, { from: 'beginning', follow: false })) {
      found.push([value?.toString(), headers['twice']]);
    }
    expect(found).toEqual([['squeezed', 'last']]);
    expect(await totalLag(log, 'nobody', topic)).toBe(1n);
  });

  it('keeps its log quiet while all is well', async () => {
    const topic = await newTopic(log);
    lines.length = 0;
    const consumption = await log.consume({ group: 'quiet', topics: [topic], handle: async () => {} });
    await log.publish(orders(topic, 10));
    await eventually('all are handled', async () => (await totalLag(log, 'quiet', topic)) === 0n);
    await consumption.stop();
    expect(lines.filter(({ level }) => level !== 'debug')).toEqual([]);
  });
});
