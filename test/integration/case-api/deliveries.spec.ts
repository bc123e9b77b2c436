import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { declareConfiguration } from '#libs/case-store';
import { type CallFact, FACT_RECORD_TYPE, TOPICS } from '#libs/interaction';
import { createEmbeddedLog, type EmbeddedLog, type LogRecord, silentLogger } from '#libs/messaging';
import {
  aCallFact,
  aCallParty,
  aDeclaration,
  aDeclaredAccount,
  aDeclaredLine,
  CALLER,
  createApiKey,
} from '#libs/testing';
import { sweepDeliveries } from '../../../apps/case-builder/src/timers/sweep-deliveries.js';
import { ledgerOf, setAccount } from './beside-http.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { aDelivery, noteDeliveries, settleFacts } from './told-facts.js';
import { aWorld, type World } from './world.js';

type Shown = Record<string, unknown> & { readonly id: string };
interface Listed {
  readonly data: readonly Shown[];
  readonly page: { readonly next_cursor: string | null };
}

let world: World;
let log: EmbeddedLog;
let headers: { authorization: string };
let theirs: { authorization: string };
let reader: { authorization: string };
beforeAll(async () => {
  world = await aWorld();
  const { pool, connectionString } = world.database;
  log = await createEmbeddedLog({ pool, connectionString, logger: silentLogger });
  await log.ensureTopics(TOPICS);
  const keyOf = async (accountId: string, name: string, scope: string) => ({
    authorization: `Bearer ${await createApiKey(pool, { accountId, name, scopes: [scope] })}`,
  });
  headers = await keyOf(OUR_ACCOUNT, 'operator', 'deliveries:replay');
  reader = await keyOf(OUR_ACCOUNT, 'onlooker', 'deliveries:read');
  theirs = await keyOf(OTHER_ACCOUNT, 'operator', 'deliveries:replay');
});
beforeEach(() => world.database.pool.query('truncate delivery, delivery_allowance'));
afterAll(async () => {
  await log.close();
  await world.close();
});

const get = <Body = Shown>(path: string, as = headers) => world.get<Body>(path, { key: null, headers: as });
const replay = (id: string, more: Record<string, string> = {}) =>
  world.send<Shown>(`POST /v1/deliveries/${id}/replay`, { key: null, headers: { ...headers, ...more }, body: {} });
const idsOf = async (query: string): Promise<string[]> =>
  (await get<Listed>(`/v1/deliveries?${query}`)).body.data.map(({ id }) => id);

let lastCall = 0;
/** A missed call of its own, on this line. */
function aMissedCall(line: string, overrides: Partial<CallFact> = {}): CallFact {
  lastCall += 1;
  return aCallFact('ended', 41, {
    callId: `c-${lastCall}`,
    from: aCallParty(`+3519100${String(lastCall).padStart(5, '0')}`),
    to: aCallParty(line),
    end: { by: 'caller', reason: 'no_answer' },
    ...overrides,
  });
}
const declareLine = async (line: string) => {
  const account = aDeclaredAccount({ id: OUR_ACCOUNT });
  const declaration = aDeclaration({ account, endpoints: [aDeclaredLine(line)] });
  await declareConfiguration(world.database.pool, declaration);
  ledgerOf(world).directory.invalidate(OUR_ACCOUNT);
};

describe('GET /v1/deliveries', () => {
  it('lists them newest first, page by page, by each filter', async () => {
    const at = (minutes: number) => Date.parse('2026-03-02T10:00:00Z') + minutes * 60_000;
    const [a = '', b = '', c = '', d = ''] = await noteDeliveries(world, [
      aDelivery({ receivedAt: at(0) }),
      aDelivery({ receivedAt: at(1), connection: 'twilio/main', reason: 'unknown-type: x', answer: 200 }),
      aDelivery({ receivedAt: at(2), verdict: 'refused', reason: 'signature-mismatch', answer: 403, body: null }),
      aDelivery({ receivedAt: at(3), facts: [aMissedCall('+351210000077')] }),
    ]);
    expect(await idsOf('')).toEqual([d, c, b, a]);
    expect(await idsOf('connection=twilio/main')).toEqual([b]);
    expect(await idsOf('verdict=refused,malformed')).toEqual([c]);
    expect(await idsOf('verdict=verified')).toEqual([d, b, a]);
    expect(await idsOf('state=waiting')).toEqual([d]);
    expect(await idsOf('state=recorded,created')).toEqual([b, a]);
    expect(await idsOf('since=2026-03-02T10:02:00Z')).toEqual([d, c]);
    const first = await get<Listed>('/v1/deliveries?limit=3');
    const rest = await get<Listed>(`/v1/deliveries?limit=3&cursor=${first.body.page.next_cursor}`);
    expect([...first.body.data, ...rest.body.data].map(({ id }) => id)).toEqual([d, c, b, a]);
  });

  it('says what is wrong with a query, and asks for its scope', async () => {
    expect((await get('/v1/deliveries?state=lost')).status).toBe(422);
    expect((await get('/v1/deliveries?since=yesterday')).status).toBe(400);
    expect((await world.get('/v1/deliveries')).status).toBe(403);
    expect((await get<Listed>('/v1/deliveries', reader)).status).toBe(200);
    const [id = ''] = await noteDeliveries(world, [aDelivery()]);
    expect((await world.send(`POST /v1/deliveries/${id}/replay`, { key: null, headers: reader })).status).toBe(403);
  });

  it('shows nothing of another account', async () => {
    const [id = ''] = await noteDeliveries(world, [aDelivery()]);
    expect((await get<Listed>('/v1/deliveries', theirs)).body.data).toEqual([]);
    expect((await get(`/v1/deliveries/${id}`, theirs)).status).toBe(404);
    const sent = await world.send(`POST /v1/deliveries/${id}/replay`, { key: null, headers: theirs, body: {} });
    expect(sent.status).toBe(404);
  });
});

describe('GET /v1/deliveries/{id}', () => {
  it('says what became of it as it is now, and what to do', async () => {
    await declareLine('+351210000001');
    const call = aMissedCall('+351210000002');
    const [id = ''] = await noteDeliveries(world, [aDelivery({ facts: [call] })]);
    const path = `/v1/deliveries/${id}`;
    expect((await get(path)).body).toMatchObject({ state: 'waiting', reason: 'not-decided', replayable: true });
    await settleFacts(world, [call]);
    expect((await get(path)).body).toMatchObject({
      state: 'recorded',
      reason: 'endpoint-not-configured: +351210000002',
      advice: 'add it under `numbers` of the connection, or give the connection a `group`; then `replay`',
      interactions: [{ state: 'recorded', outcome: 'recorded:endpoint_not_configured', case: null }],
      body: { id: 'e1', type: 'call.ended' },
      beginning: null,
    });
  });

  it('names who talked and is nobody whom we know', async () => {
    await declareLine('+351210000001');
    const answered = aMissedCall('+351210000001', {
      kind: 'answered',
      answeredBy: 'agent',
      agent: { extension: '204' },
    });
    const [id = ''] = await noteDeliveries(world, [aDelivery({ facts: [answered] })]);
    await settleFacts(world, [answered]);
    expect((await get(`/v1/deliveries/${id}`)).body).toMatchObject({
      state: 'created',
      findings: [{ reason: 'agent-unknown', about: '204', advice: 'add the extension to an agent' }],
      interactions: [{ case: { number: expect.any(Number) } }],
    });
  });

  it('says of a call that opens no case here why that is so', async () => {
    await declareLine('+351210000001');
    await setAccount(world, `auto_create = '{}'`);
    const call = aMissedCall('+351210000001');
    const [id = ''] = await noteDeliveries(world, [aDelivery({ facts: [call] })]);
    await settleFacts(world, [call]);
    expect((await get(`/v1/deliveries/${id}`)).body).toMatchObject({
      state: 'recorded',
      reason: expect.stringMatching(/^auto-create-off: call_(missed|abandoned)$/),
    });
  });

  it('keeps of a refused one its beginning, and of no such one anything', async () => {
    const refused = { verdict: 'refused', reason: 'timestamp-out-of-range: the clocks differ by 400 s' } as const;
    const [id = ''] = await noteDeliveries(world, [aDelivery({ ...refused, body: Buffer.from('{"id":') })]);
    expect((await get(`/v1/deliveries/${id}`)).body).toMatchObject({
      ...{ state: null, body: null, beginning: '{"id":', replayable: false },
      findings: [{ reason: 'timestamp-out-of-range', about: 'the clocks differ by 400 s' }],
    });
    expect((await get('/v1/deliveries/0197a3c2-5d1e-7c3a-9f00-3b1c55aa0001')).status).toBe(404);
    expect((await get('/v1/deliveries/x')).status).toBe(404);
  });
});

async function recordsSince(count: number): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const record of log.read('interactions.call.v1', { from: 'beginning', follow: false })) {
    records.push(record);
  }
  return records.sort((one, other) => Number(one.timestamp) - Number(other.timestamp)).slice(count);
}

describe('POST /v1/deliveries/{id}/replay', () => {
  it('publishes the same facts again, once for a repeated request', async () => {
    const before = (await recordsSince(0)).length;
    const call = aMissedCall('+351210000003');
    const [id = ''] = await noteDeliveries(world, [aDelivery({ facts: [call] })]);
    const first = await replay(id, { 'idempotency-key': 'once' });
    const again = await replay(id, { 'idempotency-key': 'once' });
    expect([first.status, first.body, again.body]).toEqual([200, again.body, first.body]);
    const records = await recordsSince(before);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      headers: { ce_id: call.id, ce_type: FACT_RECORD_TYPE, 'x-replay': expect.any(String) },
    });
    expect(JSON.parse(records[0]?.value?.toString() ?? '')).toEqual(JSON.parse(JSON.stringify(call)));
    expect((await get(`/v1/deliveries/${id}`)).body).toMatchObject({ replayed_at: expect.any(String) });
  });

  it('has a call decided anew whose line was set up since, and then never again', async () => {
    await declareLine('+351210000001');
    const call = aMissedCall('+351210000004');
    expect(await settleFacts(world, [call])).toEqual(['recorded:endpoint_not_configured']);
    await declareLine('+351210000004');
    expect(await settleFacts(world, [call])).toEqual(['duplicate']);
    const request = '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0002';
    expect(await settleFacts(world, [call, call], request)).toEqual(['created', 'duplicate']);
    expect(await settleFacts(world, [call], request)).toEqual(['duplicate']);
    expect(await settleFacts(world, [call], '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0003')).toEqual(['kept']);
  });

  it('takes facts in that the log had never got', async () => {
    await declareLine('+351210000001');
    const call = aMissedCall('+351210000001');
    expect(await settleFacts(world, [call], '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0004')).toEqual(['created']);
    expect(await settleFacts(world, [call])).toEqual(['duplicate']);
  });

  it('refuses what told of nothing', async () => {
    const [refused = '', ignored = ''] = await noteDeliveries(world, [
      aDelivery({ verdict: 'refused', reason: 'secret-mismatch', body: null }),
      aDelivery({ reason: 'unknown-type: call.parked' }),
    ]);
    expect(await replay(refused)).toMatchObject({ status: 409, body: { code: 'not-replayable' } });
    expect(await replay(ignored)).toMatchObject({ status: 409, body: { code: 'not-replayable' } });
  });
});

describe('what was said and is taken away', () => {
  it('is gone from the requests that told of it, also from such as are noted late', async () => {
    await declareLine('+351210000001');
    const call = aMissedCall('+351210000001', { from: aCallParty(CALLER, 'Maria Secreta') });
    const said = { body: { from: 'Maria Secreta' }, eventIds: ['Maria Secreta'], facts: [call] };
    const [early = ''] = await noteDeliveries(world, [aDelivery(said)]);
    await settleFacts(world, [call]);
    const { rows } = await world.database.pool.query<{ id: string; case_id: string }>(
      `select id, case_id from interaction where id = (select interaction_ids[1] from delivery where id = $1)`,
      [early],
    );
    const writing = await createApiKey(world.database.pool, {
      ...{ accountId: OUR_ACCOUNT, name: 'privacy', scopes: ['cases:admin'] },
    });
    const body = { reason: 'Asked to.' };
    const line = `POST /v1/interactions/${rows[0]?.id}/redact`;
    expect((await world.send(line, { key: writing, body })).status).toBe(200);
    const [late = ''] = await noteDeliveries(world, [aDelivery(said)]);
    const kept = await world.database.pool.query<{ row: string }>('select d::text as row from delivery d');
    expect(kept.rows.filter(({ row }) => row.includes('Secreta'))).toEqual([]);
    for (const id of [early, late]) {
      expect((await get(`/v1/deliveries/${id}`)).body).toMatchObject({ body: null, redacted_at: expect.any(String) });
      expect(await replay(id)).toMatchObject({ status: 410, body: { code: 'redacted' } });
    }
  });

  it('is gone with the cases that are purged', async () => {
    await declareLine('+351210000001');
    await setAccount(world, `auto_create = '{call_missed,call_abandoned}'`);
    const [call, other] = [aMissedCall('+351210000001'), aMissedCall('+351210000001')];
    const [id = '', kept = ''] = await noteDeliveries(world, [
      aDelivery({ facts: [call] }),
      aDelivery({ facts: [other] }),
    ]);
    await settleFacts(world, [call]);
    await settleFacts(world, [other]);
    const shown = await get<{ interactions: { case: { id: string } }[] }>(`/v1/deliveries/${id}`);
    const path = `/v1/cases/${shown.body.interactions[0]?.case.id}`;
    const admin = { accountId: OUR_ACCOUNT, name: 'purger', scopes: ['cases:admin'] };
    const key = await createApiKey(world.database.pool, admin);
    expect((await world.send(`DELETE ${path}`, { key })).status).toBe(200);
    expect((await world.send(`DELETE ${path}?permanent=true`, { key })).status).toBeLessThan(300);
    expect((await get(`/v1/deliveries/${id}`)).body).toMatchObject({ body: null, redacted_at: expect.any(String) });
    expect((await get(`/v1/deliveries/${kept}`)).body).toMatchObject({ body: { id: 'e1' }, redacted_at: null });
  });

  it('is gone after 14 days, and from what was noted while it was being taken away', async () => {
    const { pool } = world.database;
    const call = aMissedCall('+351210000001');
    await settleFacts(world, [call]);
    const day = 24 * 60 * 60 * 1000;
    const [old = '', young = '', late = ''] = await noteDeliveries(world, [
      aDelivery({ receivedAt: Date.now() - 14 * day - 1_000 }),
      aDelivery({ receivedAt: Date.now() - 14 * day + 60_000 }),
      aDelivery({ facts: [call] }),
    ]);
    await pool.query(
      `update interaction set outcome = 'erased' where id = (select interaction_ids[1] from delivery where id = $1)`,
      [late],
    );
    await sweepDeliveries(pool, new AbortController().signal);
    const { rows } = await pool.query<{ id: string }>('select id from delivery where body is null or id = $1', [old]);
    expect(rows).toEqual([{ id: late }]);
    expect(await idsOf('')).toEqual(expect.arrayContaining([young, late]));
  });
});
