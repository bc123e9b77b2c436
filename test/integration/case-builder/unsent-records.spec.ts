import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  appendOutbox,
  countUnsentRecords,
  eraseRecords,
  type OutboxRecord,
  redactUnsentRecords,
} from '#libs/case-store';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC, DEAD_LETTER_TOPIC, TOPICS } from '#libs/interaction';
import { createEmbeddedLog, type EmbeddedLog, type LogRecord } from '#libs/messaging';
import { Metrics } from '#libs/runtime';
import { PATIENCE_MS, testDatabase, type TestDatabase, waitUntil } from '#libs/testing';
import { Leadership, LEADERS } from '../../../apps/case-builder/src/leadership.js';
import { relayMetrics } from '../../../apps/case-builder/src/metrics.js';
import { relayOutbox } from '../../../apps/case-builder/src/relay/outbox-relay.js';
import { PublishPace } from '../../../apps/case-builder/src/relay/publish-pace.js';

/** What an operator made of the topics. */
const MOST_BYTES = 4_000;

let database: TestDatabase;
let log: EmbeddedLog;
let relay: Leadership;
beforeEach(async () => {
  database = await testDatabase({});
  const { pool, connectionString } = database;
  log = await createEmbeddedLog({ pool, connectionString });
  await log.ensureTopics(TOPICS.map((topic) => ({ ...topic, partitions: 1, maxMessageBytes: MOST_BYTES })));
});
afterEach(async () => {
  await relay.stop();
  await log.close();
  await database.drop();
});

const record = (topic: string, key: string, value: string): OutboxRecord => ({
  topic,
  key,
  value,
  headers: { ce_id: `${key} ${value.slice(0, 10)}` },
});

async function leave(...records: OutboxRecord[]): Promise<void> {
  await appendOutbox(database.pool, null, { interactionIds: [], events: [], records, bytes: 0 });
}

async function relayAll(): Promise<void> {
  const dependencies = {
    publish: log.publish.bind(log),
    metrics: relayMetrics(new Metrics()),
    pace: new PublishPace(),
    onUnsent: () => undefined,
  };
  relay = new Leadership({
    pool: database.pool,
    lock: LEADERS.relay,
    work: (client, signal, progress) => relayOutbox(dependencies, client, signal, progress),
    onFailure: () => undefined,
  });
  relay.start();
  const isEmpty = async () => (await database.pool.query('select from outbox')).rowCount === 0;
  await waitUntil(isEmpty, PATIENCE_MS, () => 'the outbox was not emptied', 25);
}

async function toldIn(topic: string): Promise<LogRecord[]> {
  const found: LogRecord[] = [];
  for await (const one of log.read(topic, { from: 'beginning', follow: false })) {
    found.push(one);
  }
  return found;
}

const valuesIn = async (topic: string) => (await toldIn(topic)).map(({ value }) => value?.toString());

describe('a record that its topic cannot hold', () => {
  it('is put aside, and what is before and behind it arrives in order', async () => {
    const large = 'x'.repeat(MOST_BYTES);
    await leave(
      record(CASE_EVENTS_TOPIC, 'a', '1'),
      record(CASE_EVENTS_TOPIC, 'a', large),
      record(CASE_EVENTS_TOPIC, 'a', '3'),
      record(CASE_STATE_TOPIC, 'a', '4'),
    );
    await leave(record(CASE_EVENTS_TOPIC, 'a', '5'));
    await relayAll();
    const seen = await valuesIn(CASE_EVENTS_TOPIC);
    expect([...new Set(seen)]).toEqual(['1', '3', '5']);
    expect(await valuesIn(CASE_STATE_TOPIC)).toContain('4');
    const { rows } = await database.pool.query('select * from unsent_record');
    expect(rows).toEqual([
      expect.objectContaining({
        topic: CASE_EVENTS_TOPIC,
        record_key: 'a',
        record_headers: { ce_id: 'a xxxxxxxxxx' },
        record_value: Buffer.from(large),
        reason: expect.stringContaining(`larger than the ${MOST_BYTES} bytes that ${CASE_EVENTS_TOPIC} allows`),
        created_at: expect.any(Date),
      }),
    ]);
  });

  it('is cut when it is a dead letter, and says so', async () => {
    await leave(record(DEAD_LETTER_TOPIC, 'a', 'é'.repeat(MOST_BYTES)), record(DEAD_LETTER_TOPIC, 'b', '2'));
    await relayAll();
    const [first, second] = await toldIn(DEAD_LETTER_TOPIC);
    expect(first?.value?.length).toBeGreaterThan(MOST_BYTES - 500);
    expect(first?.value?.toString()).toMatch(/^é+$/u);
    expect(first?.headers).toMatchObject({
      'dlq.value': 'cut: too large, whole in dead_letter',
      'dlq.original.value-bytes': String(2 * MOST_BYTES),
    });
    expect(second?.value?.toString()).toBe('2');
    expect((await database.pool.query('select from unsent_record')).rowCount).toBe(0);
  });

  it('is put aside as a dead letter as well, when its headers alone are too large', async () => {
    const hopeless = { ...record(DEAD_LETTER_TOPIC, 'a', 'é'), headers: { from: 'h\u0000'.repeat(MOST_BYTES) } };
    await leave(hopeless, record(DEAD_LETTER_TOPIC, 'b', '2'));
    await relayAll();
    expect(await valuesIn(DEAD_LETTER_TOPIC)).toEqual(['2']);
    const { rows } = await database.pool.query('select topic, record_key, record_value from unsent_record');
    expect(rows).toEqual([{ topic: DEAD_LETTER_TOPIC, record_key: 'a', record_value: Buffer.from('é') }]);
  });

  it('is counted by its topic, and says nothing more of an interaction that is redacted', async () => {
    const [redacted, other] = ['019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000002'];
    const large = (id: string) => JSON.stringify({ id, text: 'x'.repeat(MOST_BYTES) });
    await leave(record(CASE_EVENTS_TOPIC, 'a', large(redacted)), record(CASE_EVENTS_TOPIC, 'b', large(other)));
    await relayAll();
    expect(await countUnsentRecords(database.pool)).toMatchObject([{ topic: CASE_EVENTS_TOPIC, records: 2 }]);
    await redactUnsentRecords(database.pool, [redacted]);
    const { rows } = await database.pool.query('select record_key, record_value is null as gone from unsent_record');
    expect(rows).toEqual(
      expect.arrayContaining([
        { record_key: 'a', gone: true },
        { record_key: 'b', gone: false },
      ]),
    );
  });

  it('goes with the person of whom it tells', async () => {
    await leave(
      record(CASE_EVENTS_TOPIC, 'hers', `from Ann@Example.org ${'x'.repeat(MOST_BYTES)}`),
      record(CASE_EVENTS_TOPIC, 'another', 'x'.repeat(MOST_BYTES)),
    );
    await relayAll();
    const person = { accountId: '019a0000-0000-7000-8000-000000000003', contactIds: [], identities: [] };
    const { dead_letters: letters } = await eraseRecords(database.pool, person, 'ann@example\\.org');
    expect(letters).toBe(1);
    const { rows } = await database.pool.query('select record_key from unsent_record');
    expect(rows).toEqual([{ record_key: 'another' }]);
  });
});
