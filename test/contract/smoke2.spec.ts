import { it, expect } from '@jest/globals';
import { testDatabase } from '#libs/testing';
import { createEmbeddedLog } from '#libs/messaging';
it('works', async () => {
  const db = await testDatabase();
  const logger = {
    debug() {},
    info: (f: object, m: string) => console.log(m, f),
    warn: (f: object, m: string) => console.log('W', m, f),
    error: (f: object, m: string) => console.log('E', m, f),
  };
  const log = await createEmbeddedLog({ ...db, logger });
  const spec = {
    name: 'a.v1',
    partitions: 4,
    cleanup: 'delete' as const,
    retentionMs: 1000000,
    maxMessageBytes: 1_000_000,
  };
  console.log(await log.ensureTopics([spec]), await log.ensureTopics([{ ...spec, partitions: 5, retentionMs: null }]));
  const N = 60000;
  const value = JSON.stringify({ x: 'y'.repeat(680) });
  const headers = Object.fromEntries(
    [
      'ce_id',
      'ce_type',
      'ce_source',
      'ce_time',
      'ce_subject',
      'ce_specversion',
      'content-type',
      'x-account',
      'x-channel',
      'traceparent',
    ].map((h) => [h, '0192-aaaaaaaaaaaaaaaaaaaaaa']),
  );
  let t = Date.now();
  for (let k = 0; k < 6; k++)
    await Promise.all(
      Array.from({ length: N / 6 }, (_, i) => log.publish([{ topic: 'a.v1', key: String(i), value, headers }])),
    );
  console.log('append/s', Math.round((N * 1000) / (Date.now() - t)));
  let n = 0;
  t = Date.now();
  for await (const r of log.read('a.v1', { from: 'beginning', follow: false })) {
    n++;
    if (n === 1) console.log({ ...r, value: r.value?.length });
  }
  console.log('read/s', n, Math.round((n * 1000) / (Date.now() - t)));
  let got = 0;
  t = Date.now();
  const c = await log.consume({
    group: 'g',
    topics: ['a.v1'],
    handle: async (b) => {
      got += b.records.length;
    },
  });
  while (got < N) await new Promise((r) => setTimeout(r, 5));
  console.log('consume/s', Math.round((got * 1000) / (Date.now() - t)), c.state(), await log.lag('g', ['a.v1']));
  const lat: number[] = [];
  for (let i = 0; i < 50; i++) {
    const before = got;
    const s = performance.now();
    await log.publish([{ topic: 'a.v1', key: 'k', value, headers }]);
    const p = performance.now();
    while (got === before) await new Promise((r) => setTimeout(r, 0));
    lat.push(performance.now() - p);
    if (i === 0) console.log('publish ms', p - s);
  }
  console.log('publish to handler ms', lat.sort((a, b) => a - b)[25], lat[48]);
  t = Date.now();
  await c.stop();
  console.log('stop', Date.now() - t, c.state());
  await log.rewind('g', ['a.v1']);
  console.log(await log.lag('g', ['a.v1']), await log.check(), await log.trim());
  await log.close();
  await db.drop();
});
