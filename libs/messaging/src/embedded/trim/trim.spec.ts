import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { testDatabase, type TestDatabase } from '#libs/testing';

import type { TopicSpecification } from '../../event-log.js';
import { createEmbeddedLog, type EmbeddedLog } from '../embedded-log.js';

const DAY = 24 * 3_600_000;

describe('trimming', () => {
  let database: TestDatabase;
  let log: EmbeddedLog;

  beforeAll(async () => {
    database = await testDatabase();
    log = await createEmbeddedLog(database);
  });

  afterAll(async () => {
    await log.close();
    await database.drop();
  });

  const topic = async (name: string, overrides: Partial<TopicSpecification>) => {
    const base = { name, partitions: 1, cleanup: 'delete' as const, retentionMs: 14 * DAY, maxMessageBytes: 1_000_000 };
    await log.ensureTopics([{ ...base, ...overrides }]);
    const publish = (key: string, value: string | null) => log.publish([{ topic: name, key, value, headers: {} }]);
    const age = (days: number) =>
      database.pool.query(
        `update log_record set recorded_at = recorded_at - $2 * interval '1 day'
         where topic_id = (select id from log_topic where name = $1)`,
        [name, days],
      );
    const read = async () => {
      const found: string[] = [];
      for await (const { key, value, offset } of log.read(name, { from: 'beginning', follow: false })) {
        found.push(`${offset} ${key}=${value?.toString() ?? 'null'}`);
      }
      return found;
    };
    return { publish, age, read };
  };

  it('deletes what is older than the retention, in many small steps, and nothing else', async () => {
    const { publish, age, read } = await topic('expiring.v1', {});
    await Promise.all(Array.from({ length: 12_000 }, (_, index) => publish('k', String(index))));
    await age(15);
    await publish('k', 'young');
    expect(await log.trim()).toBe(true);
    expect(await read()).toEqual(['12000 k=young']);
    expect(await log.lag('new-group', ['expiring.v1'])).toMatchObject([{ committed: null, end: 12001n, lag: 1n }]);
  });

  it('keeps everything of a topic without retention', async () => {
    const { publish, age, read } = await topic('forever.v1', { retentionMs: null });
    await publish('k', 'old');
    await age(5000);
    await log.trim();
    expect(await read()).toEqual(['0 k=old']);
  });

  it('keeps the latest record of each key of a compacted topic, however old, and leaves the offsets', async () => {
    const { publish, age, read } = await topic('state.v1', { cleanup: 'compact', retentionMs: null });
    for (const [key, value] of ['a1', 'b1', 'a2', 'c1', 'b2'].map((text) => [...text])) {
      await publish(key ?? '', value ?? '');
    }
    await age(400);
    await log.trim();
    expect(await read()).toEqual(['2 a=2', '3 c=1', '4 b=2']);
    await publish('a', '3');
    await log.trim();
    expect(await read()).toEqual(['3 c=1', '4 b=2', '5 a=3']);
  });

  it('keeps a tombstone for a day, so that every reader sees it, then drops it', async () => {
    const { publish, age, read } = await topic('purged.v1', { cleanup: 'compact', retentionMs: null });
    await publish('a', '1');
    await publish('a', null);
    await publish('b', '1');
    await log.trim();
    expect(await read()).toEqual(['1 a=null', '2 b=1']);
    await age(1.1);
    await log.trim();
    expect(await read()).toEqual(['2 b=1']);
  });

  it('compacts keys of any length and any bytes', async () => {
    const { publish, read } = await topic('odd-keys.v1', { cleanup: 'compact', retentionMs: null });
    const long = 'x'.repeat(10_000);
    await publish(long, '1');
    await publish(long, '2');
    await publish('zero\u0000', '1');
    await log.trim();
    expect((await read()).map((line) => line.slice(-2))).toEqual(['=2', '=1']);
    await expect(log.publish([{ topic: 'odd-keys.v1', key: null, value: '1', headers: {} }])).rejects.toMatchObject({
      name: 'RecordWithoutKey',
    });
  });

  it('is done by one process at a time', async () => {
    const other = await createEmbeddedLog(database);
    const results = await Promise.all([log.trim(), other.trim(), log.trim(), other.trim()]);
    expect(results).toContain(true);
    await other.close();
  });
});
