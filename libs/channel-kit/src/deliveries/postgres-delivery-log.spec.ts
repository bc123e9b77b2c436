import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { factRecord, interactionIdOfFact, newId } from '#libs/interaction';
import { aCallFact, testDatabase, type TestDatabase } from '#libs/testing';
import type { Delivery } from './delivery.js';
import { PostgresDeliveryLog, type DeliveryLogParts } from './postgres-delivery-log.js';

const ACCOUNT = aCallFact('started').accountId;
const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.pool.query('truncate delivery, delivery_allowance'));
afterAll(() => database.drop());

function aDelivery(overrides: Partial<Delivery> = {}): Delivery {
  return {
    id: newId(),
    receivedAt: Date.parse('2026-03-02T10:15:00Z'),
    connection: 'generic/pbx',
    path: '/webhooks/generic/pbx/calls',
    contentType: 'application/json',
    bytes: 100,
    verdict: 'verified',
    reason: null,
    signedAddress: null,
    eventIds: ['e1'],
    facts: [{ interactionId: interactionIdOfFact(aCallFact('started')), json: factRecord(aCallFact('started')).value }],
    milliseconds: 3.4,
    answer: 202,
    body: { id: 'e1', type: 'call.started' },
    ...overrides,
  };
}

const aForgery = (overrides: Partial<Delivery> = {}): Delivery => {
  const rest = { eventIds: [], facts: [], answer: 403, body: Buffer.from('x'.repeat(1_000)) };
  return aDelivery({ verdict: 'refused', reason: 'signature-mismatch', ...rest, ...overrides });
};

function aLog(overrides: Partial<DeliveryLogParts> = {}) {
  const unlogged = { allowance: 0, memory: 0, database: 0 };
  const warnings: unknown[] = [];
  const deliveries = new PostgresDeliveryLog({
    pool: database.pool,
    accountId: ACCOUNT,
    secrets: [SECRET],
    metrics: { unlogged: (because, count) => void (unlogged[because] += count) },
    logger: { warn: (...given: unknown[]) => void warnings.push(given) },
    ...overrides,
  });
  const log = {
    note: (delivery: Delivery) => deliveries.note(delivery, () => delivery),
    flush: () => deliveries.flush(),
    stop: () => deliveries.stop(),
  };
  return { log, deliveries, unlogged, warnings };
}

const rowsIn = async () => (await database.pool.query('select * from delivery order by id')).rows as unknown[];

describe('the delivery log', () => {
  it('writes what was noted by itself, in the background, once', async () => {
    const { log, unlogged } = aLog();
    const delivery = aDelivery();
    log.note(delivery);
    log.note(delivery);
    expect(await rowsIn()).toEqual([]);
    await log.stop();
    expect(await rowsIn()).toMatchObject([
      {
        id: delivery.id,
        connection: 'generic/pbx',
        path: '/webhooks/generic/pbx/calls',
        verdict: 'verified',
        event_ids: ['e1'],
        interaction_ids: [expect.any(String)],
        milliseconds: 3,
        answer: 202,
        body: { id: 'e1', type: 'call.started' },
        beginning: null,
        facts: [{ id: aCallFact('started').id }],
      },
    ]);
    expect(unlogged).toEqual({ allowance: 0, memory: 0, database: 0 });
  });

  it('keeps 256 bytes of what nobody vouches for, whole letters, and nothing that the database cannot hold', async () => {
    const { log } = aLog();
    log.note(aForgery({ body: Buffer.from(`${'x'.repeat(255)}ã`) }));
    log.note(aForgery({ body: Buffer.from([0, 0xff, 0x41]), contentType: 'a/b\u0000\ud800' }));
    await log.stop();
    expect(await rowsIn()).toMatchObject([
      { beginning: 'x'.repeat(255), body: null, facts: [] },
      { beginning: '\ufffd\ufffdA', content_type: 'a/b\ufffd\ufffd' },
    ]);
  });

  it('keeps every text as it is, whatever is written in it, and nobody makes a column or a row of it', async () => {
    const { log } = aLog();
    const odd = `a "quoted" \\ text, {with} braces; null`;
    const separators = '\u001d \u001e \u001f';
    log.note(aDelivery({ eventIds: [odd, '', separators], reason: odd, body: { odd, separators } }));
    log.note(aDelivery({ reason: separators, eventIds: [], contentType: '', signedAddress: separators, facts: [] }));
    await log.stop();
    expect(await rowsIn()).toMatchObject([
      { event_ids: [odd, '', '\ufffd \ufffd \ufffd'], reason: odd, body: { odd, separators } },
      { reason: '\ufffd \ufffd \ufffd', event_ids: [], interaction_ids: [], content_type: '', facts: [] },
    ]);
  });

  it('has no secret in a row, however it came there', async () => {
    const { log } = aLog({ secrets: [SECRET, 'a "quoted" secret/ã'] });
    const inAddress = encodeURIComponent('a "quoted" secret/ã');
    log.note(
      aDelivery({
        path: `/webhooks/generic/pbx/calls/${SECRET}`,
        signedAddress: `https://acme.example/webhooks?token=${inAddress}`,
        reason: `unknown-type: ${SECRET}`,
        eventIds: [SECRET.slice(6)],
        body: { [SECRET]: ['a "quoted" secret/ã'] },
      }),
    );
    log.note(aForgery({ path: `/webhooks/generic/pbx/${SECRET}`, body: Buffer.from(`${'x'.repeat(250)}${SECRET}`) }));
    log.note(aForgery({ body: Buffer.from(`a=1&secret=${inAddress.replaceAll('%20', '+')}`) }));
    await log.stop();
    const rows = await rowsIn();
    expect(rows).toHaveLength(3);
    const kept = JSON.stringify(rows);
    expect([SECRET.slice(6), SECRET.slice(6, 12), 'quoted', inAddress].filter((part) => kept.includes(part))).toEqual(
      [],
    );
    expect(rows).toMatchObject([{ path: '/webhooks/generic/pbx/calls', body: { redacted: ['redacted'] } }, {}, {}]);
  });

  it('gives forgeries 1,000 rows in an hour, in however many processes, and what is genuine any number', async () => {
    const { log, unlogged } = aLog();
    const { log: other, unlogged: unloggedThere } = aLog();
    for (let count = 0; count < 1_500; count += 1) {
      log.note(aForgery());
      other.note(aForgery({ verdict: count % 2 === 0 ? 'refused' : 'malformed' }));
    }
    log.note(aForgery({ connection: 'twilio/main' }));
    log.note(aDelivery());
    await Promise.all([log.stop(), other.stop()]);
    const { rows } = await database.pool.query(
      'select connection, verdict = $1 as verified, count(*)::int from delivery group by 1, 2 order by 1, 2',
      ['verified'],
    );
    expect(rows).toEqual([
      { connection: 'generic/pbx', verified: false, count: 1_000 },
      { connection: 'generic/pbx', verified: true, count: 1 },
      { connection: 'twilio/main', verified: false, count: 1 },
    ]);
    expect(unlogged.allowance + unloggedThere.allowance).toBe(2_000);
  });

  it('asks for nothing of what it does not keep', async () => {
    const { log, deliveries, unlogged } = aLog();
    for (let count = 0; count < 1_000; count += 1) {
      log.note(aForgery());
    }
    deliveries.note(aForgery(), () => {
      throw new Error('it was asked for');
    });
    await log.stop();
    expect(unlogged.allowance).toBe(1);
  });

  it('begins the allowance anew with each hour', async () => {
    const first = aLog({ now: () => 0 });
    first.log.note(aForgery());
    await first.log.stop();
    await database.pool.query(`update delivery_allowance set rows = 1000, hour = hour - interval '1 hour'`);
    const { log } = aLog();
    log.note(aForgery());
    await log.stop();
    expect(await rowsIn()).toHaveLength(2);
  });

  it('waits for the database within its limits, says so once, and loses nothing of what waited', async () => {
    await database.pool.query('alter table delivery rename to gone');
    const { log, unlogged, warnings } = aLog({ limits: { rows: 3, bytes: 1_000_000 } });
    for (let count = 0; count < 5; count += 1) {
      log.note(aDelivery());
    }
    await log.flush();
    await log.flush();
    expect([unlogged.memory, warnings.length]).toEqual([2, 1]);
    await database.pool.query('alter table gone rename to delivery');
    await log.stop();
    expect(await rowsIn()).toHaveLength(3);
  });

  it('holds no more than so many bytes', async () => {
    const { log, unlogged } = aLog({ limits: { rows: 1_000, bytes: 1_000_000 } });
    for (let count = 0; count < 5; count += 1) {
      log.note(aDelivery({ bytes: 200_000 }));
    }
    expect(unlogged.memory).toBe(3);
    await log.stop();
  });

  it('counts what can never be written, and writes its neighbours', async () => {
    const { log, unlogged } = aLog();
    const good = [aDelivery(), aDelivery(), aDelivery()];
    const [first, ...others] = good;
    const never = [aDelivery({ milliseconds: 1e12 }), aDelivery({ receivedAt: Number.NaN })];
    [first!, ...never, ...others].forEach((delivery) => log.note(delivery));
    await log.stop();
    expect(await rowsIn()).toHaveLength(3);
    expect(unlogged.database).toBe(2);
  });

  it('counts what a stop could not write', async () => {
    await database.pool.query('alter table delivery rename to gone');
    const { log, unlogged } = aLog();
    log.note(aDelivery());
    await log.stop();
    await database.pool.query('alter table gone rename to delivery');
    expect(unlogged.database).toBe(1);
  });
});
