import { expect, it } from '@jest/globals';

import type { ContractSubject } from './log-harness.js';
import { eventually, keysOutOfOrder, newTopic, order, orders, readAll, textsOf } from './log-harness.js';

export function publishingContract(subject: () => ContractSubject): void {
  it('creates missing topics and says how present ones differ', async () => {
    const { log } = subject();
    const specification = {
      name: 'settings.v1',
      partitions: 2,
      cleanup: 'delete' as const,
      retentionMs: 86_400_000,
      maxMessageBytes: 500_000,
    };
    expect(await log.ensureTopics([specification])).toEqual([]);
    expect(await log.ensureTopics([specification])).toEqual([]);
    const other = { ...specification, partitions: 3, retentionMs: null, maxMessageBytes: 600_000 };
    expect(await log.ensureTopics([other])).toEqual(
      expect.arrayContaining([
        { topic: 'settings.v1', setting: 'partitions', wanted: '3', found: '2' },
        { topic: 'settings.v1', setting: 'retention.ms', wanted: '-1', found: '86400000' },
        { topic: 'settings.v1', setting: 'max.message.bytes', wanted: '600000', found: '500000' },
      ]),
    );
  });

  it('brings back key, value and headers byte for byte', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    const bytes = Buffer.from([0, 1, 2, 254, 255]);
    const headers = { ce_id: 'é "quoted" \\ \u0000 zero', 'content-type': 'application/json', empty: '' };
    await log.publish([
      { topic, key: 'clé \u0000', value: bytes, headers },
      { topic, key: null, value: null, headers: {} },
    ]);
    const found = [];
    for await (const { key, value, headers: read, timestamp } of log.read(topic, {
      from: 'beginning',
      follow: false,
    })) {
      expect(Math.abs(timestamp.getTime() - Date.now())).toBeLessThan(60_000);
      found.push({ key, value, headers: read });
    }
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        { key: 'clé \u0000', value: bytes, headers },
        { key: null, value: null, headers: {} },
      ]),
    );
  });

  it('is durable before it acknowledges: another opening reads it at once', async () => {
    const { harness, log } = subject();
    const topic = await newTopic(log);
    const other = await harness.open();
    const records = orders(topic, 20);
    await Promise.all(records.map((record) => log.publish([record])));
    expect((await readAll(other, topic)).sort()).toEqual(textsOf(records).sort());
    await other.close();
  });

  it('keeps the order of each key', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    await Promise.all(orders(topic, 2000).map((record) => log.publish([record])));
    const seen = await readAll(log, topic);
    expect(seen).toHaveLength(2000);
    expect(keysOutOfOrder(seen)).toEqual([]);
  });

  it('refuses a record that is too large, and nothing of its neighbours', async () => {
    const { log } = subject();
    const topic = await newTopic(log, { maxMessageBytes: 100_000 });
    const large = order(topic, 'k', 'x'.repeat(100_001));
    const results = await Promise.allSettled([
      log.publish([order(topic, 'k', '0')]),
      log.publish([large]),
      log.publish([order(topic, 'k', '1')]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { name: 'RecordTooLarge' } });
    expect(await readAll(log, topic)).toEqual(['k=0', 'k=1']);
  });

  it('refuses it in the same words where another process has made the topic', async () => {
    const { harness, log } = subject();
    const topic = await newTopic(log, { maxMessageBytes: 100_000 });
    const other = await harness.open();
    const large = order(topic, 'k', 'x'.repeat(100_001));
    await expect(other.publish([order(topic, 'k', '0'), large])).rejects.toMatchObject({ name: 'RecordTooLarge' });
    await other.publish([order(topic, 'k', '1')]);
    expect(await readAll(log, topic)).toContain('k=1');
    await other.close();
  });

  it('takes many records near the limit in one publish', async () => {
    const { log } = subject();
    const topic = await newTopic(log, { partitions: 1 });
    const records = Array.from({ length: 12 }, () => order(topic, 'k', 'x'.repeat(400_000)));
    await log.publish(records);
    expect(await readAll(log, topic)).toHaveLength(12);
  });

  it('rejects for a topic that does not exist', async () => {
    await expect(subject().log.publish([order('never-made.v1', 'k', '0')])).rejects.toBeInstanceOf(Error);
  });

  it('follows from the end until it is told to stop', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    await log.publish(orders(topic, 10));
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { value } of log.read(topic, { from: 'end', follow: true, signal: stop.signal })) {
        seen.push(String(value));
      }
    })();
    // The end is where it is when the reader has begun: publish until one comes through.
    let sent = 100;
    await eventually('a record is followed', async () => {
      await log.publish([order(topic, 'k', String((sent += 1)))]);
      return seen.length > 0;
    });
    stop.abort();
    await following;
    expect(seen.every((value) => Number(value) > 100)).toBe(true);
  });

  it('lets go of a reader that stops early', async () => {
    const { log } = subject();
    const topic = await newTopic(log);
    await log.publish(orders(topic, 2000));
    for await (const { topic: name } of log.read(topic, { from: 'beginning', follow: true })) {
      expect(name).toBe(topic);
      break;
    }
  });

  it('gives each key of a compacted topic its latest state, tombstones too', async () => {
    const { harness, log } = subject();
    const topic = await newTopic(log, { cleanup: 'compact', retentionMs: null });
    await log.publish(orders(topic, 1000, 7));
    await log.publish([order(topic, 'k3', null), order(topic, 'k8', 'only')]);
    const latest = async () => {
      const state = new Map<string | null, string | null>();
      for await (const { key, value } of log.read(topic, { from: 'beginning', follow: false })) {
        state.set(key, value === null ? null : value.toString());
      }
      return Object.fromEntries([...state].sort()) as Record<string, string | null>;
    };
    const expected = { k0: '142', k1: '142', k2: '142', k3: null, k4: '142', k5: '142', k6: '141', k8: 'only' };
    expect(await latest()).toEqual(expected);
    await harness.tidy?.(log);
    expect(await latest()).toEqual(expected);
  });

  it('acknowledges or refuses every publish when it is closed under load', async () => {
    const { harness, log } = subject();
    const topic = await newTopic(log);
    const other = await harness.open();
    const records = orders(topic, 3000);
    await other.publish(records.slice(0, 1));
    const results = records.slice(1).map((record) => other.publish([record]).then(() => record));
    await Promise.all([results[0], other.close()]);
    const settled = await Promise.allSettled(results);
    const acknowledged = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const found = new Set(await readAll(log, topic));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(textsOf(acknowledged).filter((text) => !found.has(text))).toEqual([]);
  });

  it('says that it answers', async () => {
    expect(await subject().log.check()).toEqual({ ok: true });
  });
}
