import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';

import { createEmbeddedLog, type EventLog } from '#libs/messaging';
import { createPool } from '#libs/postgres';
import { startTcpProxy, testDatabase, type TcpProxy, type TestDatabase } from '#libs/testing';

import {
  eventually,
  keysOutOfOrder,
  newTopic,
  order,
  orders,
  readAll,
  texts,
  textsOf,
  totalLag,
} from './log-harness.js';

describe('PostgreSQL that goes away under the embedded log', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let log: EventLog;
  let pool: TestDatabase['pool'];

  beforeAll(async () => {
    database = await testDatabase();
    const address = new URL(database.connectionString);
    proxy = await startTcpProxy({ port: Number(address.port) });
    address.port = String(proxy.port);
    address.hostname = '127.0.0.1';
    pool = createPool({ connectionString: address.href, max: 10 });
    const times = {
      silenceLimitMs: 2_000,
      heartbeatMs: 200,
      firstBackoffMs: 20,
      maxBackoffMs: 200,
      publishDeadlineMs: 3_000,
    };
    log = await createEmbeddedLog({ pool, connectionString: address.href, times });
  });

  afterAll(async () => {
    await log.close();
    await pool.end();
    await proxy.close();
    await database.drop();
  });

  /** Publishes until told to stop and consumes meanwhile, while `disturb` does its worst. */
  async function underDisturbance(disturb: () => Promise<void>): Promise<void> {
    const topic = await newTopic(log);
    const seen: string[] = [];
    const acknowledged: string[] = [];
    let isOver = false;
    const consumption = await log.consume({
      group: topic,
      topics: [topic],
      maxBatchRecords: 20,
      handle: async ({ records }) => void seen.push(...texts(records)),
    });
    const publishing = (async () => {
      for (let index = 0; !isOver; index += 1) {
        const record = order(topic, `k${index % 5}`, String(index));
        await log.publish([record]).then(
          () => acknowledged.push(...textsOf([record])),
          () => sleep(20),
        );
      }
    })();
    await eventually('some are handled', () => seen.length > 20);
    await disturb();
    const before = acknowledged.length;
    await eventually('publishing goes on', () => acknowledged.length > before + 20);
    isOver = true;
    await publishing;
    await eventually('all acknowledged are handled', () => acknowledged.every((text) => seen.includes(text)));
    await eventually('nothing is left', async () => (await totalLag(log, topic, topic)) === 0n);
    expect(consumption.state()).toBe('running');
    await consumption.stop();
    const stored = new Set(await readAll(log, topic));
    expect(acknowledged.filter((text) => !stored.has(text))).toEqual([]);
    expect(keysOutOfOrder(seen)).toEqual([]);
  }

  it('ends every session, several times', async () => {
    await underDisturbance(async () => {
      for (let round = 0; round < 5; round += 1) {
        await database.pool.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        );
        await sleep(200);
      }
    });
  });

  it('resets every connection, and refuses new ones for a while', async () => {
    await underDisturbance(async () => {
      proxy.set({ mode: 'refuse' });
      await sleep(1_500);
      proxy.set({});
    });
  });

  it('loses answers on the way', async () => {
    await underDisturbance(async () => {
      for (let round = 0; round < 5; round += 1) {
        proxy.set({ cutAfterBytes: 2_000 });
        await sleep(150);
        proxy.set({});
        await sleep(150);
      }
    });
  });

  it('hangs for longer than members may be silent', async () => {
    await underDisturbance(async () => {
      proxy.set({ mode: 'hang' });
      await sleep(4_000);
      proxy.set({});
    });
  });

  it('says why it does not answer', async () => {
    const topic = await newTopic(log);
    proxy.set({ mode: 'refuse' });
    expect(await log.check()).toMatchObject({ ok: false, reason: expect.stringContaining('Embedded log') });
    await expect(log.publish(orders(topic, 1))).rejects.toBeInstanceOf(Error);
    proxy.set({});
    await eventually('it answers', async () => (await log.check()).ok);
  });
});
