import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/interaction';
import { aCall, CALLER, CONNECTION } from '#libs/testing';
import { ANA } from '../e2e/acme.js';
import { logsUnderTest } from '../e2e/logs.js';
import { type HttpWorld, openHttpWorld, ORIGIN } from './http-world.js';

const RUI = 'rui@acme.example';
const [started, ringing, answered, ended] = aCall();
const CALL = { call: { connection: CONNECTION, call_id: 'c-77' } };
const WAITING = { headers: { prefer: 'wait=10' } };

describe.each(logsUnderTest())('the call bar over HTTP, on the %s log', (_kind, log) => {
  let world: HttpWorld;
  beforeAll(async () => {
    world = await openHttpWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  it('46 takes an event, and tells what became of it to who waits and to who asks', async () => {
    await world.tells(started, ringing);
    const eventId = newId();
    const taken = await world.press('case.create', CALL, { eventId });
    expect(taken).toMatchObject({
      status: 202,
      body: { event_id: eventId, state: 'accepted', result: `/callbar/v1/events/${eventId}` },
    });
    const asked = await world.get(`/callbar/v1/events/${eventId}?wait=10`);
    const { id, number } = await world.theCase();
    const result = {
      event_id: eventId,
      state: 'applied',
      case: { id, number: Number(number), url: `/v1/cases/${id}`, created: true },
      interaction_id: taken.body['interaction_id'],
    };
    expect(asked).toMatchObject({ status: 200, body: result });
    expect(await world.theCase()).toMatchObject({ assignee: ANA, requester: CALLER });
    // Pressed twice: the same result.
    expect(await world.press('note.save', { ...CALL, text: 'x' }, WAITING)).toMatchObject({ status: 200 });
    expect((await world.get(`/callbar/v1/events/${eventId}`, RUI)).status).toBe(404);
  });

  it('the same event again has the same result, another one with its id is refused', async () => {
    await world.tells(started, answered);
    const occurredAt = new Date().toISOString();
    const once = { eventId: newId(), occurredAt, ...WAITING };
    const first = await world.press('case.create', CALL, once);
    expect(first).toMatchObject({ status: 200, body: { state: 'applied', case: { created: false } } });
    expect((await world.press('case.create', CALL, once)).body).toEqual(first.body);
    expect((await world.press('case.create', { ...CALL, subject: 'Other' }, once)).body).toEqual({
      event_id: once.eventId,
      state: 'refused',
      reason: 'event-id-reused',
    });
    expect(await world.theCase()).toMatchObject({ assignee: ANA, interaction_count: 1 });
  });

  it('55 an event before its call is parked, then applied', async () => {
    const eventId = newId();
    const parked = await world.press('note.save', { ...CALL, text: 'Angry.' }, { eventId, ...WAITING });
    expect(parked.body).toMatchObject({ state: 'parked' });
    await world.tells(started, answered, ended);
    expect((await world.get(`/callbar/v1/events/${eventId}`)).body).toMatchObject({ state: 'applied' });
  });

  it('56 a detached call stays off its case', async () => {
    await world.tells(started, answered);
    const { number } = await world.theCase();
    await world.press('case.detach', { ...CALL, case: `CASE-${number}` }, WAITING);
    await world.tells(ended);
    expect(await world.interactions()).toMatchObject([{ outcome: 'recorded:detached', case_id: null }]);
  });

  it('54 shows who may be calling, and whom somebody chose before', async () => {
    await world.tells(started, answered);
    const person = { name: 'Maria', emails: ['maria@example.org'] };
    const made = await world.press('contact.create', { ...CALL, ...person }, WAITING);
    const id = String(made.body['interaction_id']);
    const shown = await world.get(`/callbar/v1/calls/${id}`);
    const [own] = await world.cases();
    expect(shown.body).toMatchObject({
      call: { interaction_id: id, call_id: 'c-77', customer: { number: CALLER }, talking: [{ extension: '201' }] },
      candidates: [
        { name: 'Maria', cases: [{ id: own?.id }] },
        { name: CALLER, cases: [] },
      ],
    });
    const [proposal] = shown.body['proposals'] as { contact_id: string }[];
    const [candidate] = shown.body['candidates'] as { contact_id: string }[];
    expect(proposal?.contact_id).toBe(candidate?.contact_id);
  });

  it('lists the calls that ring at the agent or are held', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    const now = (fact: typeof started) => ({ ...fact, origin: { ...fact.origin, at, receivedAt: at } });
    const listed = async (agent: string): Promise<unknown[]> =>
      (await world.get('/callbar/v1/calls?state=live', agent)).body['data'] as unknown[];
    // Their ids follow from their origins without the times.
    await world.tells(now(started), now(ringing));
    expect(await listed(ANA)).toMatchObject([{ call_id: 'c-77', ringing: [{ extension: '201' }], talking: [] }]);
    expect(await listed(RUI)).toEqual([]);
    await world.tells(now(ended));
    expect(await listed(ANA)).toEqual([]);
  });

  it('answers browsers of the configured pages alone, also when it refuses', async () => {
    const url = `${world.url}/callbar/v1/events`;
    const preflight = (path: string, origin: string) =>
      fetch(`${world.url}${path}`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    for (const path of ['/callbar/v1/events', `/callbar/v1/events/${newId()}`, '/callbar/v1/calls']) {
      const allowed = await preflight(path, ORIGIN);
      expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, ORIGIN]);
      expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    }
    for (const origin of ['https://evil.example', `${ORIGIN}.evil.example`, 'null', ORIGIN.toUpperCase(), '*']) {
      const refused = await preflight('/callbar/v1/events', origin);
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
      const posted = await fetch(url, { method: 'POST', headers: { origin } });
      expect(((await posted.json()) as { code: string }).code).toBe('origin-not-allowed');
    }
    const nameless = await fetch(url, { method: 'POST', headers: { origin: ORIGIN } });
    expect([nameless.status, nameless.headers.get('access-control-allow-origin')]).toEqual([401, ORIGIN]);
  });

  it('names all that is wrong with an event, and takes nothing of it', async () => {
    const wrong = await world.press(
      'callback.schedule',
      { call: { call_id: 'c' }, at: 'tomorrow', colour: 'red' },
      { occurredAt: '2026-02-30T10:00:00Z', eventId: 'x' },
    );
    expect(wrong.status).toBe(400);
    expect(wrong.body['code']).toBe('invalid-event');
    const pointers = (wrong.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(['/at', '/call', '/colour', '/event_id', '/occurred_at']);
    expect((await world.press('note.save', { ...CALL, text: 'x', agent: RUI })).body['code']).toBe('agent-not-allowed');
    expect((await world.press('case.close', CALL)).body['code']).toBe('invalid-event');
    expect((await world.press('note.save', { ...CALL, text: 'x'.repeat(17_000) })).status).toBe(413);
    const plain = { headers: { 'content-type': 'text/plain' } };
    expect((await world.press('note.save', { ...CALL, text: 'x' }, plain)).status).toBe(415);
    expect(await world.pool.query('select 1 from callbar_event')).toMatchObject({ rowCount: 0 });
  });

  it('tells an agent who presses too often to come back, and nobody else', async () => {
    const answers = await Promise.all(
      Array.from({ length: 22 }, () => world.press('wrapup.start', CALL, { agent: 'eva@acme.example' })),
    );
    const late = answers.filter(({ status }) => status === 429);
    expect(late).toHaveLength(2);
    expect(Number(late[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await world.press('wrapup.start', CALL, { agent: RUI })).status).toBe(202);
  });

  it('says 503 when the log does not take the event', async () => {
    const { log: real } = world;
    const publish = real.publish.bind(real);
    real.publish = () => Promise.reject(new Error('no broker'));
    try {
      const refused = await world.press('wrapup.end', CALL);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    } finally {
      real.publish = publish;
    }
  });
});
