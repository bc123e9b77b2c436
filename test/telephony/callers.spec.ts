import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALLER, LINE } from '#libs/testing';
import { ANA } from '../e2e/acme.js';
import { logsUnderTest } from '../e2e/logs.js';
import { generic, twilio, zammad } from '../webhooks/senders.js';
import { answeredCall, dialledCall, missedCall, TEN_FIFTEEN, told } from './sent-events.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

const MINUTE = 60;

describe.each(logsUnderTest())('who calls again, by webhook, on the %s log', (_kind, log) => {
  let world: TelephonyWorld;
  beforeAll(async () => {
    world = await openTelephonyWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  it('48 missed ×4 in 10 min: one case', async () => {
    for (const minute of [0, 3, 6, 9]) {
      await world.sends(...missedCall(`m-${minute}`, minute * MINUTE));
    }
    expect(await world.theCase()).toMatchObject({ interaction_count: 4, requester: CALLER });
    expect(await world.interactions()).toHaveLength(4);
    // A quarter of an hour after the last one.
    await world.sends(...missedCall('m-25', 25 * MINUTE, { from: '+351910000044' }));
    expect(await world.cases()).toHaveLength(2);
  });

  it('52 same caller calls again in window with one live case: attached; two live cases: new and related', async () => {
    await world.sends(...answeredCall('a-0', 0));
    await world.sends(...answeredCall('a-100', 100 * MINUTE));
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, requester: CALLER });
    await world.sends(...answeredCall('a-400', 400 * MINUTE));
    expect(await world.cases()).toHaveLength(2);
    await world.sends(...answeredCall('a-335', 335 * MINUTE));
    const [first, second, third, ...others] = await world.cases();
    expect([first?.interaction_count, second?.interaction_count, third?.interaction_count, others]).toEqual([
      2,
      1,
      1,
      [],
    ]);
    const links = (await world.links()).map(({ kind, from_case_id: from, to_case_id: to }) => [kind, from, to]);
    expect(links.sort()).toEqual(
      [
        ['related', third?.id, first?.id],
        ['related', third?.id, second?.id],
      ].sort(),
    );
  });

  it('58 a number is the same one in national and in international spelling, whoever tells it', async () => {
    const now = { Timestamp: new Date().toUTCString(), Direction: 'inbound', CallStatus: 'completed' };
    await world.sends(
      generic({ ...calledNow('g-1', '910 000 001'), to: '210 000 000' }),
      generic({ ...calledNow('g-2', '00351 910 000 001'), to: '+351 21 000 0000' }),
      zammad({ event: 'hangup', callId: 'z-1', from: '351910000001', to: '351210000000', cause: 'noAnswer' }),
      twilio(new URLSearchParams({ CallSid: 'CA58', From: CALLER, To: LINE, ...now }).toString()),
    );
    expect(new Set((await world.cases()).map(({ requester }) => requester))).toEqual(new Set([CALLER]));
    expect(await world.contacts()).toEqual([{ name: CALLER, address: CALLER }]);
    expect(await world.interactions()).toHaveLength(4);
  });

  function calledNow(id: string, from: string): object {
    return { id, type: 'call.ended', occurred_at: new Date().toISOString(), call_id: id, from, reason: 'no_answer' };
  }

  it('F21 an outgoing call that nobody picks up is João’s: in his history and in the case that it was dialled from', async () => {
    // As an agent writes it down; the line is in Portugal.
    const { id, number } = await world.asks<{ id: string; number: number }>('/v1/cases', {
      method: 'POST',
      body: { subject: 'Parcel', group_id: 'name:Support', requester: { phone: '+351210000001', name: 'João' } },
    });
    const dialled = { direction: 'outbound', from: LINE, to: '210 000 001', agent: { extension: '201' } };
    const end = { direction: 'outbound', reason: 'no_answer' };
    await world.sends(told('o-1', 'call.started', 0, dialled), told('o-1', 'call.ended', 30, end));
    await world.sends(
      told('o-2', 'call.started', 60, { ...dialled, case: `CASE-${number}` }),
      told('o-2', 'call.ended', 90, end),
    );
    expect(await world.theCase()).toMatchObject({ id, interaction_count: 1, requester: '+351210000001' });
    const calls = await world.interactions();
    expect(calls.map(({ outcome, case_id }) => [outcome, case_id])).toEqual([
      ['recorded:outbound', null],
      ['attached', id],
    ]);
    const shown = await Promise.all(
      calls.map((call) => world.asks<Record<string, unknown>>(`/v1/interactions/${call.id}`)),
    );
    expect(shown).toMatchObject(
      calls.map(() => ({
        direction: 'outbound',
        recipients: [{ value: '+351210000001' }],
        call: {
          ...{ outcome: 'missed', disposition: 'missed', agent_connected_at: null },
          moments: [{ kind: 'started', agents: [{ extension: '201' }] }, { kind: 'ended' }],
        },
      })),
    );
    expect(await world.contacts()).toEqual([{ name: 'João', address: '+351210000001' }]);
  });

  it('F22 dialled from a resolved case: it is reopened by the agent, another one stays; from a closed one: one follow-up', async () => {
    await world.sends(...answeredCall('c-7', 0));
    const { id: resolvedId, number } = await world.theCase();
    await world.sends(...answeredCall('c-9', 400 * MINUTE));
    const [, untouched] = await world.cases();
    expect(await world.resolve(resolvedId)).toBe('done');
    await world.sends(...dialledCall('d-1', 410 * MINUTE, number));
    const [dialled, other, ...more] = await world.cases();
    expect([dialled, other, more]).toEqual([
      expect.objectContaining({ id: resolvedId, category: 'open', reopen_count: 1, interaction_count: 2 }),
      untouched,
      [],
    ]);
    const { data } = await world.asks<{ data: { kind: string; actor: object; details: object }[] }>(
      `/v1/cases/${resolvedId}/events`,
    );
    const { rows } = await world.pool.query<{ id: string }>('select id from agent where email = $1', [ANA]);
    expect(data.filter(({ kind }) => kind === 'reopened')).toMatchObject([
      { actor: { kind: 'agent', id: rows[0]?.id }, details: { via: { from: LINE, to: CALLER, rel: 'outbound' } } },
    ]);

    expect(await world.resolve(resolvedId)).toBe('done');
    await world.set(resolvedId, { closed_at: 'now()', closed_reason: "'auto_close'" });
    await world.sends(...dialledCall('d-2', 420 * MINUTE, number));
    await world.sends(...dialledCall('d-3', 430 * MINUTE, number));
    const followUps = (await world.cases()).filter(({ follow_up_of_id: of }) => of === resolvedId);
    expect(followUps).toMatchObject([{ interaction_count: 2, category: 'open' }]);
    expect(await world.cases()).toHaveLength(3);
  });

  it('F23 the second call’s end is not the first one’s: both are ended, a repetition changes nothing', async () => {
    const status = (sid: string, state: string, seconds: number): string =>
      new URLSearchParams({
        ...{ CallSid: sid, CallStatus: state, Direction: 'inbound', From: CALLER, To: LINE },
        ...(state === 'completed' ? { CallDuration: '20', Duration: '1' } : {}),
        Timestamp: new Date(TEN_FIFTEEN + seconds * 1000).toUTCString(),
      }).toString();
    const ends = ['CA231', 'CA232'].map((sid) => twilio(status(sid, 'completed', 60)));
    await world.sends(...['CA231', 'CA232'].map((sid) => twilio(status(sid, 'ringing', 40))));
    await world.sends(...ends);
    const before = await world.interactions();
    expect(before.map(({ moments }) => moments)).toEqual([
      ['started', 'ended'],
      ['started', 'ended'],
    ]);
    expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
    const { version } = await world.theCase();
    await world.sends(...ends, ...ends);
    expect(await world.interactions()).toEqual(before);
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, version });
  });
});
