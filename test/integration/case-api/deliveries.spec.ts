import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FACT_RECORD_TYPE } from '#libs/interaction';
import type { LogRecord } from '#libs/messaging';
import { setAccount } from './beside-http.js';
import { DeliveriesApi, type Listed } from './deliveries-api.js';
import { aDelivery, noteDeliveries, settleFacts } from './told-facts.js';

let api: DeliveriesApi;
beforeAll(async () => {
  api = await DeliveriesApi.open();
});
beforeEach(() => api.forget());
afterAll(() => api.close());

describe('GET /v1/deliveries', () => {
  it('lists them newest first, page by page, by each filter', async () => {
    const at = (minutes: number) => Date.parse('2026-03-02T10:00:00Z') + minutes * 60_000;
    const [a = '', b = '', c = '', d = ''] = await noteDeliveries(api.world, [
      aDelivery({ receivedAt: at(0) }),
      aDelivery({ receivedAt: at(1), connection: 'twilio/main', reason: 'unknown-type: x', answer: 200 }),
      aDelivery({ receivedAt: at(2), verdict: 'refused', reason: 'signature-mismatch', answer: 403, body: null }),
      aDelivery({ receivedAt: at(3), facts: [api.aMissedCall('+351210000077')] }),
    ]);
    expect(await api.idsOf('')).toEqual([d, c, b, a]);
    expect(await api.idsOf('connection=twilio/main')).toEqual([b]);
    expect(await api.idsOf('verdict=refused,malformed')).toEqual([c]);
    expect(await api.idsOf('verdict=verified')).toEqual([d, b, a]);
    expect(await api.idsOf('state=waiting')).toEqual([d]);
    expect(await api.idsOf('state=recorded,created')).toEqual([b, a]);
    expect(await api.idsOf('since=2026-03-02T10:02:00Z')).toEqual([d, c]);
    const first = await api.get<Listed>('/v1/deliveries?limit=3');
    const rest = await api.get<Listed>(`/v1/deliveries?limit=3&cursor=${first.body.page.next_cursor}`);
    expect([...first.body.data, ...rest.body.data].map(({ id }) => id)).toEqual([d, c, b, a]);
  });

  it('says what is wrong with a query, and asks for its scope', async () => {
    expect((await api.get('/v1/deliveries?state=lost')).status).toBe(422);
    expect((await api.get('/v1/deliveries?since=yesterday')).status).toBe(400);
    expect((await api.world.get('/v1/deliveries')).status).toBe(403);
    expect((await api.get<Listed>('/v1/deliveries', api.reader)).status).toBe(200);
    const [id = ''] = await noteDeliveries(api.world, [aDelivery()]);
    expect((await api.world.send(`POST /v1/deliveries/${id}/replay`, { key: null, headers: api.reader })).status).toBe(
      403,
    );
  });

  it('shows nothing of another account', async () => {
    const [id = ''] = await noteDeliveries(api.world, [aDelivery()]);
    expect((await api.get<Listed>('/v1/deliveries', api.theirs)).body.data).toEqual([]);
    expect((await api.get(`/v1/deliveries/${id}`, api.theirs)).status).toBe(404);
    const sent = await api.world.send(`POST /v1/deliveries/${id}/replay`, { key: null, headers: api.theirs, body: {} });
    expect(sent.status).toBe(404);
  });
});

describe('GET /v1/deliveries/{id}', () => {
  it('says what became of it as it is now, and what to do', async () => {
    await api.declareLine('+351210000001');
    const call = api.aMissedCall('+351210000002');
    const [id = ''] = await noteDeliveries(api.world, [aDelivery({ facts: [call] })]);
    const path = `/v1/deliveries/${id}`;
    expect((await api.get(path)).body).toMatchObject({ state: 'waiting', reason: 'not-decided', replayable: true });
    await settleFacts(api.world, [call]);
    expect((await api.get(path)).body).toMatchObject({
      state: 'recorded',
      reason: 'endpoint-not-configured: +351210000002',
      advice: 'add it under `numbers` of the connection, or give the connection a `group`; then `replay`',
      interactions: [{ state: 'recorded', outcome: 'recorded:endpoint_not_configured', case: null }],
      body: { id: 'e1', type: 'call.ended' },
      beginning: null,
    });
  });

  it('names who talked and is nobody whom we know', async () => {
    await api.declareLine('+351210000001');
    const answered = api.aMissedCall('+351210000001', {
      kind: 'answered',
      answeredBy: 'agent',
      agent: { extension: '204' },
    });
    const [id = ''] = await noteDeliveries(api.world, [aDelivery({ facts: [answered] })]);
    await settleFacts(api.world, [answered]);
    expect((await api.get(`/v1/deliveries/${id}`)).body).toMatchObject({
      state: 'created',
      findings: [{ reason: 'agent-unknown', about: '204', advice: 'add the extension to an agent' }],
      interactions: [{ case: { number: expect.any(Number) } }],
    });
  });

  it('says of a call that opens no case here why that is so', async () => {
    await api.declareLine('+351210000001');
    await setAccount(api.world, `auto_create = '{}'`);
    const call = api.aMissedCall('+351210000001');
    const [id = ''] = await noteDeliveries(api.world, [aDelivery({ facts: [call] })]);
    await settleFacts(api.world, [call]);
    expect((await api.get(`/v1/deliveries/${id}`)).body).toMatchObject({
      state: 'recorded',
      reason: expect.stringMatching(/^auto-create-off: call_(missed|abandoned)$/),
    });
  });

  it('keeps of a refused one its beginning, and of no such one anything', async () => {
    const refused = { verdict: 'refused', reason: 'timestamp-out-of-range: the clocks differ by 400 s' } as const;
    const [id = ''] = await noteDeliveries(api.world, [aDelivery({ ...refused, body: Buffer.from('{"id":') })]);
    expect((await api.get(`/v1/deliveries/${id}`)).body).toMatchObject({
      ...{ state: null, body: null, beginning: '{"id":', replayable: false },
      findings: [{ reason: 'timestamp-out-of-range', about: 'the clocks differ by 400 s' }],
    });
    expect((await api.get('/v1/deliveries/0197a3c2-5d1e-7c3a-9f00-3b1c55aa0001')).status).toBe(404);
    expect((await api.get('/v1/deliveries/x')).status).toBe(404);
  });
});

async function recordsSince(count: number): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const record of api.log.read('interactions.call.v1', { from: 'beginning', follow: false })) {
    records.push(record);
  }
  return records.sort((one, other) => Number(one.timestamp) - Number(other.timestamp)).slice(count);
}

describe('POST /v1/deliveries/{id}/replay', () => {
  it('publishes the same facts again, once for a repeated request', async () => {
    const before = (await recordsSince(0)).length;
    const call = api.aMissedCall('+351210000003');
    const [id = ''] = await noteDeliveries(api.world, [aDelivery({ facts: [call] })]);
    const first = await api.replay(id, { 'idempotency-key': 'once' });
    const again = await api.replay(id, { 'idempotency-key': 'once' });
    expect([first.status, first.body, again.body]).toEqual([200, again.body, first.body]);
    const records = await recordsSince(before);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      headers: { ce_id: call.id, ce_type: FACT_RECORD_TYPE, 'x-replay': expect.any(String) },
    });
    expect(JSON.parse(records[0]?.value?.toString() ?? '')).toEqual(JSON.parse(JSON.stringify(call)));
    expect((await api.get(`/v1/deliveries/${id}`)).body).toMatchObject({ replayed_at: expect.any(String) });
  });

  it('has a call decided anew whose line was set up since, and then never again', async () => {
    await api.declareLine('+351210000001');
    const call = api.aMissedCall('+351210000004');
    expect(await settleFacts(api.world, [call])).toEqual(['recorded:endpoint_not_configured']);
    await api.declareLine('+351210000004');
    expect(await settleFacts(api.world, [call])).toEqual(['duplicate']);
    const request = '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0002';
    expect(await settleFacts(api.world, [call, call], request)).toEqual(['created', 'duplicate']);
    expect(await settleFacts(api.world, [call], request)).toEqual(['duplicate']);
    expect(await settleFacts(api.world, [call], '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0003')).toEqual(['kept']);
  });

  it('takes facts in that the log had never got', async () => {
    await api.declareLine('+351210000001');
    const call = api.aMissedCall('+351210000001');
    expect(await settleFacts(api.world, [call], '0197a3c2-5d1e-7c3a-9f00-3b1c55aa0004')).toEqual(['created']);
    expect(await settleFacts(api.world, [call])).toEqual(['duplicate']);
  });

  it('refuses what told of nothing', async () => {
    const [refused = '', ignored = ''] = await noteDeliveries(api.world, [
      aDelivery({ verdict: 'refused', reason: 'secret-mismatch', body: null }),
      aDelivery({ reason: 'unknown-type: call.parked' }),
    ]);
    expect(await api.replay(refused)).toMatchObject({ status: 409, body: { code: 'not-replayable' } });
    expect(await api.replay(ignored)).toMatchObject({ status: 409, body: { code: 'not-replayable' } });
  });
});
