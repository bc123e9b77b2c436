import { it, expect } from '@jest/globals';
import { testKafka } from '#libs/testing';
import { createKafkaLog } from '#libs/messaging';
const kafka = testKafka()!;
it('works', async () => {
  const logger = {
    debug() {},
    info: (f: object, m: string) => console.log(m, f),
    warn: (f: object, m: string) => console.log('W', m, f),
    error: (f: object, m: string) => console.log('E', m, f),
  };
  const log = await createKafkaLog({ ...kafka, clientId: 'x', logger });
  const spec = {
    name: 'a.v1',
    partitions: 3,
    cleanup: 'delete' as const,
    retentionMs: 1000000,
    maxMessageBytes: 1_000_000,
  };
  console.log(await log.ensureTopics([spec]), await log.ensureTopics([{ ...spec, partitions: 4, retentionMs: null }]));
  await Promise.all(
    Array.from({ length: 1000 }, (_, i) =>
      log.publish([{ topic: 'a.v1', key: String(i % 7), value: String(i), headers: { a: 'b' } }]),
    ),
  );
  let n = 0;
  let t = Date.now();
  for await (const r of log.read('a.v1', { from: 'beginning', follow: false })) {
    n++;
    if (n === 1) console.log(r);
  }
  console.log(n, Date.now() - t);
  let got = 0;
  const c = await log.consume({
    group: 'g',
    topics: ['a.v1'],
    handle: async (b) => {
      got += b.records.length;
    },
  });
  while (got < 1000) await new Promise((r) => setTimeout(r, 20));
  console.log(c.state(), await log.lag('g', ['a.v1']));
  t = Date.now();
  await c.stop();
  console.log('stop', Date.now() - t, c.state(), await log.lag('g', ['a.v1']));
  await log.rewind('g', ['a.v1']);
  console.log(await log.lag('g', ['a.v1']), await log.check());
  await log.close();
  expect(got).toBe(1000);
});
