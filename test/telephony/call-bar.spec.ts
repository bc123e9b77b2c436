import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/interaction';
import { CALLER, LINE } from '#libs/testing';
import { RUI } from '../e2e/acme.js';
import { logsUnderTest } from '../e2e/logs.js';
import { generic, type Sent } from '../webhooks/senders.js';
import { answeredCall, told } from './sent-events.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

const WAITING = { headers: { prefer: 'wait=10' } };
const HOUR = 3600;
const MARIA = { name: 'Maria', emails: ['maria@example.org'] };
const CRM = { integration: 'hubspot', external_id: '1246965' };
const NUNO = { name: 'Nuno', emails: ['nuno@example.org'] };

const call = (name: string) => ({ call: { connection: 'generic/pbx', call_id: name } });

describe.each(logsUnderTest())('calls by webhook and the call bar beside them, on the %s log', (_kind, log) => {
  let world: TelephonyWorld;
  beforeAll(async () => {
    world = await openTelephonyWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  /** Of each case: how its requester is called, by which rule, and how certain that is. */
  const requesters = async (): Promise<unknown[]> => {
    const { rows } = await world.pool.query<{ row: unknown }>(
      `select json_build_array(r.name, c.requester_match ->> 'method', c.requester_match ->> 'confidence') as row
         from cases c join contact r on r.account_id = c.account_id and r.id = c.requester_id order by c.created_at, c.number`,
    );
    return rows.map(({ row }) => row);
  };
  const versions = async (): Promise<unknown[]> =>
    (await world.pool.query<{ version: number }>('select version from cases order by created_at, number')).rows;
  const applied = async (action: string, more: Record<string, unknown>): Promise<void> => {
    const { body } = await world.press(action, more, WAITING);
    expect(body).toMatchObject({ state: 'applied' });
    await world.settled();
  };

  it('54 behind a shared number is nobody certain, candidates are listed in one order; who it was, an agent says', async () => {
    await world.sends(...answeredCall('c-1', 0));
    await applied('contact.create', { ...call('c-1'), ...MARIA });
    await world.sends(...answeredCall('c-2', 5 * HOUR));
    await applied('contact.create', { ...call('c-2'), ...NUNO });
    await world.sends(...answeredCall('c-3', 10 * HOUR));
    expect((await requesters())[2]).toEqual([CALLER, 'R5', 'ambiguous']);
    const before = await versions();
    const third = (await world.interactions()).at(-1);
    const shown = async () => (await world.get(`/callbar/v1/calls/${third?.id}`)).body;
    const candidates = (await shown())['candidates'] as { contact_id: string; name: string }[];
    expect(new Set(candidates.map(({ name }) => name))).toEqual(new Set([CALLER, 'Maria', 'Nuno']));
    expect((await shown())['candidates']).toEqual(candidates);

    const maria = candidates.find(({ name }) => name === 'Maria');
    await applied('contact.link', { ...call('c-3'), contact_id: maria?.contact_id });
    expect(await requesters()).toEqual([
      ['Maria', 'R5', 'exact'],
      ['Nuno', 'R5', 'exact'],
      ['Maria', 'R5', 'exact'],
    ]);
    // Of that case alone.
    expect((await versions()).slice(0, 2)).toEqual(before.slice(0, 2));
  });

  it('55 an event before its call is parked, then applied', async () => {
    const eventId = newId();
    const parked = await world.press('note.save', { ...call('c-5'), text: 'Angry.' }, { eventId, ...WAITING });
    expect(parked.body).toMatchObject({ state: 'parked' });
    await world.sends(...answeredCall('c-5', 0));
    const { id, number } = await world.theCase();
    expect((await world.get(`/callbar/v1/events/${eventId}?wait=10`)).body).toMatchObject({
      state: 'applied',
      case: { id, number: Number(number), created: false },
    });
    const { data } = await world.asks<{ data: unknown[] }>(`/v1/cases/${id}/comments`);
    expect(data).toMatchObject([{ body_text: 'Angry.', public: false }]);
  });

  it('56 a call that was detached is on no case, whatever is told of it after that, until it is attached to another', async () => {
    const [started, answered, ended] = answeredCall('c-6', 0);
    // One after the other: calls of several partitions are decided in any order, and so are their cases numbered.
    await world.sends(...answeredCall('c-0', 0, { from: '+351910000055' }));
    await world.sends(started, answered);
    const [other, own] = await world.cases();
    await applied('case.detach', { ...call('c-6'), case: `CASE-${own?.number}` });
    await world.sends(ended, started);
    const detached = async () => (await world.interactions()).find(({ case_id: id }) => id !== other?.id);
    expect(await detached()).toMatchObject({ outcome: 'recorded:detached', case_id: null });
    await applied('case.attach', { ...call('c-6'), case: `CASE-${other?.number}` });
    await world.sends(answered, ended);
    expect(await detached()).toBeUndefined();
    expect((await world.cases()).map(({ id, interaction_count: count }) => [id, count])).toEqual([
      [other?.id, 2],
      [own?.id, 0],
    ]);
  });

  it('lists a call to whom it rings at, until it is over: by its end, or by time alone', async () => {
    const now = (name: string, type: string, more: object): Sent =>
      generic({ id: `${name} ${type}`, type, call_id: name, occurred_at: new Date().toISOString(), ...more });
    const said = { from: CALLER, to: LINE };
    const rings = (name: string) => now(name, 'call.ringing', { ...said, leg_id: 'l', agent: { extension: '201' } });
    const listed = async (agent?: string): Promise<unknown[]> => {
      const { data } = (await world.get('/callbar/v1/calls?state=live', agent)).body as { data: { call_id: string }[] };
      return data.map(({ call_id: id }) => id).sort();
    };
    await world.sends(...answeredCall('old', 0), rings('r-1'), rings('r-2'));
    expect([await listed(), await listed(RUI)]).toEqual([['r-1', 'r-2'], []]);
    await world.sends(now('r-1', 'call.ended', { reason: 'no_answer' }));
    expect(await listed()).toEqual(['r-2']);
    await world.passes(5 * HOUR);
    expect(await listed()).toEqual([]);
  });

  // The way in of contacts (`contact.upserted`) is to come: what names a contact late is an agent, or the telephone system.
  it.each<[string, (call: string) => Promise<void>, unknown[]]>([
    ['an agent makes it', (name) => applied('contact.create', { ...call(name), ...NUNO }), ['Nuno', 'R5', 'exact']],
    [
      'the telephone system names it as a CRM does',
      (name) =>
        world.sends(told(name, 'call.recording', 1860, { contact: CRM, recording: { id: 'r', status: 'absent' } })),
      ['Maria', 'R1', 'exact'],
    ],
  ])(
    '57 a contact that is known half an hour late is the requester, unless a person chose one: %s',
    async (_, isKnown, upgraded) => {
      await synchronised();
      await world.sends(...answeredCall('c-57', 0));
      await world.sends(...answeredCall('c-58', 60, { from: '+351910000058' }));
      // A contact of two names stands there twice.
      const [own, chosen] = (await world.cases()).slice(-2);
      expect(await requesters()).toMatchObject([{}, [CALLER, 'R6', 'weak'], ['+351910000058', 'R6', 'weak']]);
      const chosenByHand = { requester: { email: 'rita@example.org', name: 'Rita' } };
      await world.asks(`/v1/cases/${chosen?.id}`, { method: 'PATCH', body: chosenByHand });
      await isKnown('c-57');
      await isKnown('c-58');
      expect(await requesters()).toEqual([['Maria', 'R6', 'weak'], upgraded, ['Rita', 'R6', 'weak']]);
      const changes = async (id = '') => (await world.events(id)).filter(({ fields }) => fields.includes('requester'));
      expect((await changes(own?.id)).map(({ kind }) => kind)).toEqual(['created', 'requester_changed']);
      expect(await changes(chosen?.id)).toHaveLength(2);
    },
  );

  /** A contact of a CRM, as its synchronisation leaves one behind, with a case of another matter. */
  async function synchronised(): Promise<void> {
    const requester = { email: 'maria@example.org', name: 'Maria' };
    const body = { subject: 'Another matter', group_id: 'name:Support', requester };
    await world.asks('/v1/cases', { method: 'POST', body });
    await world.pool.query(
      `insert into contact_identity
       select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'kind', 'external', 'value', $1::text))).*
         from contact_identity i where value = 'maria@example.org'`,
      [`${CRM.integration}:${CRM.external_id}`],
    );
  }
});
