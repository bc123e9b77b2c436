import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { type CaseChange, caseStateData, fold, type ShownCase } from '#libs/case-domain';
import { findOutboxHead, loadAnnouncedCases, loadCaseNames, type OutboxRecord } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC, DECIDED_TOPIC } from '#libs/interaction';
import { PublishTimedOut, recordSize } from '#libs/messaging';
import { Metrics, defaultAccountId } from '#libs/runtime';
import { aMail, PATIENCE_MS, waitUntil } from '#libs/testing';
import { Leadership, LEADERS } from '../../../apps/case-builder/src/leadership.js';
import { relayMetrics } from '../../../apps/case-builder/src/metrics.js';
import { OutboxWatch } from '../../../apps/case-builder/src/relay/outbox-watch.js';
import { relayOutbox } from '../../../apps/case-builder/src/relay/outbox-relay.js';
import { PublishPace } from '../../../apps/case-builder/src/relay/publish-pace.js';
import { closeDueCases } from '../../../apps/case-builder/src/timers/auto-close.js';
import { testBuilder, type TestBuilder } from './builder.js';
import { dataOf } from './rows.js';

let builder: TestBuilder;
let published: OutboxRecord[];
let leaders: Leadership[];
beforeEach(async () => {
  builder = await testBuilder();
  published = [];
  leaders = [];
});
afterEach(async () => {
  await Promise.all(leaders.map((leader) => leader.stop()));
  await builder.database.drop();
});

type Publish = (records: readonly OutboxRecord[]) => Promise<void>;

const keep: Publish = async (records) => {
  published.push(...records);
};

function startRelay(publish: Publish = keep): Leadership {
  const metrics = relayMetrics(new Metrics());
  const dependencies = { publish, metrics, pace: new PublishPace(), onUnsent: () => undefined };
  const leader = new Leadership({
    pool: builder.database.pool,
    lock: LEADERS.relay,
    work: (client, signal, progress) => relayOutbox(dependencies, client, signal, progress),
    onFailure: () => undefined,
  });
  leaders.push(leader);
  leader.start();
  return leader;
}

async function emptied(): Promise<void> {
  const isEmpty = async () => (await builder.database.pool.query('select from outbox')).rowCount === 0;
  await waitUntil(isEmpty, PATIENCE_MS, () => 'the outbox was not emptied', 25);
}

const of = (topic: string): OutboxRecord[] => published.filter((record) => record.topic === topic);

async function someHistory(): Promise<void> {
  const { handle, database } = builder;
  await handle([aMail({ messageId: 'a@example.org' }), aMail({ messageId: 'b@example.org', from: 'bob@example.org' })]);
  await handle([aMail({ messageId: 'a2@example.org', inReplyTo: 'a@example.org' })]);
  await handle([
    aMail({ messageId: 'a3@example.org', references: ['a2@example.org', 'a@example.org'] }),
    aMail({ messageId: 'b2@example.org', inReplyTo: 'b@example.org', from: 'stranger@example.org' }),
  ]);
  await handle([
    aMail({ messageId: 'a4@example.org', references: ['b@example.org', 'a@example.org'], from: 'bob@example.org' }),
  ]);
  await database.pool.query(
    `update cases set category = 'resolved', resolved_at = $1, resolution_source = 'automation' where number = 1`,
    [new Date('2026-01-01T00:00:00.000Z')],
  );
}

async function stored(): Promise<ShownCase[]> {
  const { pool } = builder.database;
  const { rows } = await pool.query<{ id: string }>('select id from cases');
  return loadAnnouncedCases(
    pool,
    defaultAccountId,
    rows.map(({ id }) => id),
  );
}

describe('the relay', () => {
  it('72 publishes every change once, in order for each case', async () => {
    startRelay();
    await someHistory();
    await emptied();
    const { rows } = await builder.database.pool.query<{ id: string }>('select id from case_event order by id');
    const events = of(CASE_EVENTS_TOPIC);
    expect(events.map(({ headers }) => headers['ce_id']).sort()).toEqual(rows.map(({ id }) => id));
    const sequences = new Map<string, string[]>();
    for (const { key, headers } of events) {
      sequences.set(key ?? '', [...(sequences.get(key ?? '') ?? []), headers['ce_sequence'] ?? '']);
    }
    for (const sequence of sequences.values()) {
      expect(sequence).toEqual(sequence.map((_, index) => (index + 1).toString().padStart(20, '0')));
    }
    expect(new Set(of(DECIDED_TOPIC).map(({ headers }) => headers['ce_id'])).size).toBe(6);
  });

  it('76 leaves the latest record of each case equal to its row', async () => {
    await someHistory();
    await builder.handle([
      aMail({ messageId: 'a5@example.org', inReplyTo: 'a4@example.org', from: 'bob@example.org' }),
    ]);
    await closeDueCases(builder.dependencies.ledger, new AbortController().signal);
    startRelay();
    await emptied();
    const latest = new Map(of(CASE_STATE_TOPIC).map((record) => [record.key, dataOf(record)]));
    const shown = await stored();
    const states = shown.map(({ state }) => state);
    const names = await loadCaseNames(builder.database.pool, defaultAccountId, states);
    for (const one of shown) {
      expect(latest.get(one.state.id)).toEqual(JSON.parse(JSON.stringify(caseStateData(one, names))));
    }
  });

  it('77 a case that is rebuilt from its events equals its row', async () => {
    await builder.handle([aMail({ messageId: 'x@example.org', cc: ['cc@example.org'] })]);
    await builder.handle([aMail({ messageId: 'y@example.org', inReplyTo: 'x@example.org', from: 'cc@example.org' })]);
    const { rows } = await builder.database.pool.query<CaseChange>(
      'select kind, changes, actor, details from case_event order by seq',
    );
    expect([fold(rows)]).toEqual((await stored()).map(({ state }) => state));
  });

  it('shows in each event the case as it was right after it, however late the relay is', async () => {
    await someHistory();
    startRelay();
    await emptied();
    for (const record of of(CASE_EVENTS_TOPIC)) {
      const { case: shown } = dataOf<{ case: { version: number } }>(record);
      expect(shown.version.toString().padStart(20, '0')).toBe(record.headers['ce_sequence']);
    }
  });

  it('publishes again what it could not be sure of', async () => {
    let failures = 2;
    startRelay(async (records) => {
      published.push(...records);
      failures -= 1;
      if (failures >= 0) {
        throw new Error('no acknowledgement');
      }
    });
    await builder.handle([aMail({ messageId: 'unsure@example.org' })]);
    await emptied();
    expect(new Set(of(CASE_EVENTS_TOPIC).map(({ headers }) => headers['ce_id'])).size).toBe(1);
    expect(of(CASE_EVENTS_TOPIC)).toHaveLength(3);
  });

  it('gets through a link that carries little, one transaction of many records too', async () => {
    const carried = 40_000;
    const inVain: number[] = [];
    const mails = Array.from({ length: 60 }, (_unused, index) => aMail({ messageId: `${index}@example.org` }));
    await builder.handle(mails);
    startRelay(async (records) => {
      const bytes = records.reduce((sum, record) => sum + recordSize(record), 0);
      if (bytes > carried) {
        inVain.push(bytes);
        throw new PublishTimedOut(15_000);
      }
      published.push(...records);
    });
    await emptied();
    expect(inVain.length).toBeGreaterThan(0);
    expect(inVain.length).toBeLessThan(4);
    expect(of(CASE_EVENTS_TOPIC)).toHaveLength(60);
  });

  it('has one leader, and another one when that is gone', async () => {
    const first = startRelay();
    while (first.current().role !== 'leader') {
      await delay(10);
    }
    const second = startRelay();
    await delay(100);
    expect(second.current().role).toBe('standby');
    await first.stop();
    await builder.handle([aMail({ messageId: 'handover@example.org' })]);
    await emptied();
    expect(second.current().role).toBe('leader');
  });

  it('takes the lead again when its connection is cut', async () => {
    const leader = startRelay();
    while (leader.current().role !== 'leader') {
      await delay(10);
    }
    await builder.database.pool.query(`
      select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ${LEADERS.relay}`);
    await builder.handle([aMail({ messageId: 'cut@example.org' })]);
    await emptied();
    expect(of(CASE_EVENTS_TOPIC)).toHaveLength(1);
  });

  it('is found to stand still by its oldest row, which nobody brings into the log', async () => {
    startRelay(async () => {
      throw new Error('no acknowledgement');
    });
    const { pool } = builder.database;
    const watch = new OutboxWatch();
    const look = async (second: number) => watch.see(await findOutboxHead(pool), second * 1_000);
    expect(await look(0)).toEqual({ ok: true });
    await builder.handle([aMail({ messageId: 'stuck@example.org' })]);
    await pool.query(`update outbox set created_at = now() - interval '2 minutes'`);
    expect(await look(1)).toEqual({ ok: true });
    expect(await look(62)).toMatchObject({ ok: false, reason: expect.stringContaining('waits for 12') });
    await Promise.all(leaders.map((leader) => leader.stop()));
    startRelay();
    await emptied();
    expect(await look(63)).toEqual({ ok: true });
  });
});
