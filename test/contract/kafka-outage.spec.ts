import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createKafkaLog, type Consumption, type EventLog } from '#libs/messaging';
import { freeze, startOwnKafka, startTcpProxy, testKafka, type OwnKafka, type TcpProxy } from '#libs/testing';

import { eventually, keysOutOfOrder, newTopic, order, orders, readAll, texts, textsOf } from './log-harness.js';

/** Number of the request in Kafka's protocol. */
const FIND_COORDINATOR = 10;
const PUBLISH_DEADLINE_MS = 5_000;
/** Refused in time; the client library by itself would try on for much longer. */
const IN_TIME_MS = PUBLISH_DEADLINE_MS + 3_000;

// Only to know whether a broker can be had here; these tests need one that they may kill.
(testKafka() ? describe : describe.skip)('Kafka that goes away', () => {
  const target = { port: 0 };
  let folder: string;
  let proxy: TcpProxy;
  let broker: OwnKafka;
  let log: EventLog;

  const startBroker = async () => {
    broker = await startOwnKafka({ dataDirectory: folder, advertisedPort: proxy.port, ...(target.port ? target : {}) });
    target.port = broker.port;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casewright-outage-'));
    proxy = await startTcpProxy(target);
    await startBroker();
    log = await createKafkaLog({
      brokers: [`127.0.0.1:${proxy.port}`],
      clientId: 'outage',
      times: {
        sessionTimeoutMs: 6_000,
        heartbeatIntervalMs: 500,
        rebalanceTimeoutMs: 10_000,
        requestTimeoutMs: 4_000,
        publishDeadlineMs: PUBLISH_DEADLINE_MS,
        firstBackoffMs: 20,
        maxBackoffMs: 200,
      },
    });
  });

  afterAll(async () => {
    proxy.set({});
    broker.kill('SIGCONT');
    await log.close();
    await broker.stop();
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Publishes one record after another until it is told to stop; remembers which were acknowledged. */
  function publishSteadily(topic: string) {
    const acknowledged: string[] = [];
    let refused = 0;
    let slowest = 0;
    let isOver = false;
    const running = (async () => {
      for (let index = 0; !isOver; index += 1) {
        const record = order(topic, `k${index % 5}`, String(index));
        const started = performance.now();
        await log.publish([record]).then(
          () => acknowledged.push(...textsOf([record])),
          () => (refused += 1),
        );
        slowest = Math.max(slowest, performance.now() - started);
        await wait(5);
      }
    })();
    const stop = async () => {
      isOver = true;
      await running;
      return { acknowledged, refused, slowest };
    };
    return { stop, acknowledged };
  }

  async function consumeInto(topic: string, seen: string[]): Promise<Consumption> {
    return log.consume({
      group: `of-${topic}`,
      topics: [topic],
      handle: async ({ records }) => void seen.push(...texts(records)),
    });
  }

  async function expectComplete(topic: string, acknowledged: string[], seen: string[], consumption: Consumption) {
    await eventually('all acknowledged are handled', () => acknowledged.every((text) => seen.includes(text)));
    expect(consumption.state()).toBe('running');
    const stored = new Set(await readAll(log, topic));
    expect(acknowledged.filter((text) => !stored.has(text))).toEqual([]);
    expect(keysOutOfOrder(seen)).toEqual([]);
    await consumption.stop();
  }

  it('killed and started again: nothing acknowledged is lost, and everybody goes on by himself', async () => {
    const topic = await newTopic(log);
    const seen: string[] = [];
    const consumption = await consumeInto(topic, seen);
    const publishing = publishSteadily(topic);
    await eventually('some are handled', () => seen.length > 50);
    broker.kill('SIGKILL');
    await broker.exited;
    await wait(3_000);
    await startBroker();
    const before = publishing.acknowledged.length;
    await eventually('publishing goes on', () => publishing.acknowledged.length > before + 50);
    const { acknowledged, slowest } = await publishing.stop();
    expect(slowest).toBeLessThan(IN_TIME_MS);
    await expectComplete(topic, acknowledged, seen, consumption);
  });

  it('frozen: publishing is refused in time, the check says so, and all goes on when it wakes', async () => {
    const topic = await newTopic(log);
    const seen: string[] = [];
    const consumption = await consumeInto(topic, seen);
    await log.publish(orders(topic, 10));
    await freeze(broker);
    const started = performance.now();
    await expect(log.publish([order(topic, 'k0', '99')])).rejects.toBeInstanceOf(Error);
    expect(performance.now() - started).toBeLessThan(IN_TIME_MS);
    expect(await log.check()).toMatchObject({ ok: false });
    broker.kill('SIGCONT');
    await eventually('publishing goes on', async () =>
      log.publish([order(topic, 'k1', '100')]).then(
        () => true,
        () => false,
      ),
    );
    await expectComplete(topic, [...textsOf(orders(topic, 10)), 'k1=100'], seen, consumption);
    expect(await log.check()).toEqual({ ok: true });
  });

  it('with answers lost on the way: repeats may come, losses may not', async () => {
    const topic = await newTopic(log);
    const seen: string[] = [];
    const consumption = await consumeInto(topic, seen);
    const publishing = publishSteadily(topic);
    for (let round = 0; round < 8; round += 1) {
      await wait(400);
      proxy.set({ cutAfterBytes: 50 });
      await wait(100);
      proxy.set({});
    }
    const before = publishing.acknowledged.length;
    await eventually('publishing goes on', () => publishing.acknowledged.length > before + 20);
    const { acknowledged } = await publishing.stop();
    await expectComplete(topic, acknowledged, seen, consumption);
  });

  it('broken off whenever a consumer asks who coordinates its group: it asks on', async () => {
    const topic = await newTopic(log);
    const seen: string[] = [];
    let asked = 0;
    const asksForCoordinator = (sent: Buffer) => sent.length > 6 && sent.readInt16BE(4) === FIND_COORDINATOR;
    proxy.set({ cutOn: (sent) => asksForCoordinator(sent) && (asked += 1) > 0 });
    const consumption = await consumeInto(topic, seen);
    await eventually('it asks several times', () => asked >= 4);
    proxy.set({});
    const published = orders(topic, 10);
    await log.publish(published);
    await expectComplete(topic, textsOf(published), seen, consumption);
  });

  it('behind a network that hangs for longer than the session lasts', async () => {
    const topic = await newTopic(log);
    const seen: string[] = [];
    const consumption = await consumeInto(topic, seen);
    await log.publish(orders(topic, 10));
    proxy.set({ mode: 'hang' });
    await wait(9_000);
    proxy.set({});
    await eventually('publishing goes on', async () =>
      log.publish([order(topic, 'k1', '100')]).then(
        () => true,
        () => false,
      ),
    );
    await expectComplete(topic, [...textsOf(orders(topic, 10)), 'k1=100'], seen, consumption);
  });

  it('slow by 200 ms each way: no false alarm', async () => {
    const topic = await newTopic(log);
    const seen: string[] = [];
    const consumption = await consumeInto(topic, seen);
    proxy.set({ latencyMs: 200 });
    await Promise.all(orders(topic, 100).map((record) => log.publish([record])));
    await eventually('all are handled', () => seen.length === 100);
    proxy.set({});
    await expectComplete(topic, textsOf(orders(topic, 100)), seen, consumption);
  });
});
