import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALLER, LINE, PATIENCE_MS, waitUntil } from '#libs/testing';
import { TOPICS } from '#libs/interaction';
import { ANA, RUI } from '../e2e/acme.js';
import { logsUnderTest } from '../e2e/logs.js';
import { PUBLIC_URL, TWILIO_TOKEN } from '../webhooks/acme-telephony.js';
import { talkdesk, twilio } from '../webhooks/senders.js';
import { instantOf, ordersOf, shuffled, TEN_FIFTEEN, told } from './sent-events.js';
import { openTelephonyWorld, type TelephonyWorld } from './telephony-world.js';

interface Shown {
  readonly external_id: string;
  readonly case: { readonly id: string } | null;
  readonly call: Readonly<Record<string, unknown>>;
  readonly recordings: readonly object[];
}

describe.each(logsUnderTest())('what telephone systems make of a call, by webhook, on the %s log', (_kind, log) => {
  let world: TelephonyWorld;
  beforeAll(async () => {
    world = await openTelephonyWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const calls = async (): Promise<Shown[]> =>
    Promise.all((await world.interactions()).map(({ id }) => world.asks<Shown>(`/v1/interactions/${id}`)));
  const form = (said: Readonly<Record<string, string>>): string => new URLSearchParams(said).toString();

  it('F1 a valid signature is accepted behind a proxy; one for another address is refused, and the log says which', async () => {
    const proxied = { host: 'casewright:3000', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' };
    const said = { CallSid: 'CAf1', CallStatus: 'ringing', Direction: 'inbound', From: CALLER, To: LINE };
    const genuine = twilio(form({ ...said, Timestamp: new Date(TEN_FIFTEEN).toUTCString() }), '/calls', '?tenant=1');
    await world.sends({ ...genuine, headers: { ...genuine.headers, ...proxied } });
    expect(await world.interactions()).toHaveLength(1);
    const count = async (): Promise<number> => {
      const line = /webhook_refused_total\{[^}]*twilio\/main[^}]*signature-mismatch[^}]*\} (\d+)/.exec(
        await world.metricsOf('call'),
      );
      return Number(line?.[1] ?? 0);
    };
    const [before, records] = [await count(), await recordsThere()];
    const forged = twilio(form({ ...said, CallSid: 'CAf1x' }), '/calls', '?tenant=1', 'https://evil.example');
    expect(await world.post({ ...forged, headers: { ...forged.headers, ...proxied } })).toMatchObject({ status: 403 });
    expect([await count(), await recordsThere()]).toEqual([before + 1, records]);
    const list = '/v1/deliveries?connection=twilio/main&verdict=refused';
    let refused: object[] = [];
    const isWritten = async (): Promise<boolean> => {
      refused = (await world.asks<{ data: object[] }>(list)).data;
      return refused.length > 0;
    };
    await waitUntil(isWritten, PATIENCE_MS, () => 'the delivery log has no line', 20);
    const signed_address = `${PUBLIC_URL}/webhooks/twilio/main/calls?tenant=1`;
    expect(refused).toMatchObject([{ reason: 'signature-mismatch', answer: 403, signed_address }]);
    expect(JSON.stringify(refused)).not.toContain(TWILIO_TOKEN);
  });

  const recordsThere = async (): Promise<number> => {
    let count = 0;
    for (const { name } of TOPICS) {
      for await (const _record of world.log.read(name, { from: 'beginning', follow: false })) {
        count += 1;
      }
    }
    return count;
  };

  it('F6 a ring group is one call of who picked up, in any order and with repetitions; nobody missed one', async () => {
    const agents = ['201', '202', '203', '204', '205'].map((extension) => ({ extension }));
    const told5 = (call: string, from: string) => [
      told(call, 'call.started', 0, { from, to: LINE }),
      ...agents.map((agent, index) => told(call, 'call.ringing', 4 + index, { leg_id: `l-${index}`, agent })),
      told(call, 'leg.ended', 10, { leg_id: 'l-1', agent: agents[1], reason: 'rejected' }),
      told(call, 'call.answered', 12, { leg_id: 'l-0', agent: agents[0] }),
      told(call, 'leg.ended', 60, { leg_id: 'l-0', ended_by: 'caller', reason: 'completed' }),
      told(call, 'call.ended', 61, { ended_by: 'caller', reason: 'completed' }),
    ];
    const seeds = [1, 2, 3, 4, 5, 6];
    for (const seed of seeds) {
      const sent = told5(`ring-${seed}`, `+35191000006${seed}`);
      await world.sends(...shuffled([...sent, ...shuffled(sent, seed).slice(0, 5)], seed));
    }
    const cases = await world.cases();
    expect(cases.map(({ assignee, interaction_count: count }) => [assignee, count])).toEqual(seeds.map(() => [ANA, 1]));
    expect(cases.filter(({ subject }) => !subject.startsWith('Call from'))).toEqual([]);
    for (const { call } of await calls()) {
      expect(call).toMatchObject({ outcome: 'answered', talks: [{ agent: { extension: '201' } }] });
      const known = [...(call['rang'] as { extension: string }[]).map(({ extension }) => extension), '201'];
      expect([...new Set(known)].sort()).toEqual(agents.map(({ extension }) => extension));
    }
  });

  it('F18 completed does not mean that anybody spoke, in all 24 orders', async () => {
    const statuses = ['initiated', 'ringing', 'busy', 'completed'] as const;
    const of = (sid: string, index: number) =>
      twilio(
        form({
          ...{ CallSid: sid, CallStatus: statuses[index] ?? '', Direction: 'inbound', From: CALLER, To: LINE },
          ...{ Timestamp: new Date(TEN_FIFTEEN + index * 1000).toUTCString(), SequenceNumber: String(index) },
        }),
        '/calls',
      );
    const orders = ordersOf([0, 1, 2, 3]);
    await world.sends(...orders.flatMap((order, call) => order.map((index) => of(`CAf18x${call}`, index))));
    const all = await calls();
    expect(all).toHaveLength(24);
    const [first] = all;
    expect(first?.call).toMatchObject({ outcome: 'missed', disposition: 'busy', agent_connected_at: null, talks: [] });
    all.forEach(({ call }) => expect(call).toEqual(first?.call));
    expect((await world.cases()).filter(({ subject }) => subject.startsWith('Call from'))).toEqual([]);
  });

  it('47 who was only asked for advice gets nothing: the case stays with who answered first', async () => {
    const [ana, rui] = [{ agent: { extension: '201' } }, { agent: { email: RUI } }];
    const asked = [
      told('c-47', 'call.started', 0, { from: CALLER, to: LINE }),
      told('c-47', 'call.answered', 10, { leg_id: 'l-1', ...ana }),
      told('c-47', 'call.held', 60, { leg_id: 'l-1', ...ana }),
      told('c-47', 'call.answered', 65, { leg_id: 'l-2', ...rui }),
      told('c-47', 'leg.ended', 80, { leg_id: 'l-2', ...rui, reason: 'completed' }),
      told('c-47', 'call.resumed', 81, { leg_id: 'l-1', ...ana }),
      told('c-47', 'call.ended', 170, { ended_by: 'caller', reason: 'completed' }),
    ];
    for (const sent of asked) {
      await world.sends(sent);
      expect((await world.cases()).map(({ assignee }) => assignee)).not.toContain(RUI);
    }
    expect(await world.theCase()).toMatchObject({ assignee: ANA, interaction_count: 1 });
  });

  it('F20 a consultation and a transfer: one call, three legs with their own times and sounds, of who talked last', async () => {
    const agent = { rui: { email: RUI }, third: { extension: '203' }, ana: { extension: '201' } };
    const sound = (id: string) => ({ recording: { id, status: 'absent', duration_ms: 1000 } });
    const of = (call: string, from: string) => [
      told(call, 'call.started', 0, { from, to: LINE }),
      told(call, 'call.answered', 10, { leg_id: 'l-1', agent: agent.third }),
      told(call, 'call.held', 60, { leg_id: 'l-1', agent: agent.third }),
      told(call, 'call.answered', 65, { leg_id: 'l-2', agent: agent.rui }),
      told(call, 'leg.ended', 80, { leg_id: 'l-2', reason: 'completed' }),
      told(call, 'call.resumed', 81, { leg_id: 'l-1', agent: agent.third }),
      told(call, 'call.transferred', 100, {
        leg_id: 'l-1',
        agent: agent.third,
        transfer: { kind: 'blind', agent: agent.ana },
      }),
      told(call, 'leg.ended', 100, { leg_id: 'l-1', reason: 'completed' }),
      told(call, 'call.answered', 110, { leg_id: 'l-3', agent: agent.ana }),
      told(call, 'call.ended', 170, { ended_by: 'caller', reason: 'completed' }),
      told(call, 'call.recording', 171, { leg_id: 'l-1', ...sound('r-1') }),
      told(call, 'call.recording', 172, { leg_id: 'l-3', ...sound('r-3') }),
    ];
    for (const seed of [1, 2, 3]) {
      await world.sends(...shuffled(of(`t-${seed}`, `+35191000007${seed}`), seed));
    }
    expect((await world.cases()).map(({ assignee }) => assignee)).toEqual([ANA, ANA, ANA]);
    for (const { call, recordings } of await calls()) {
      expect(recordings).toMatchObject([
        { id: 'r-1', leg_id: 'l-1' },
        { id: 'r-3', leg_id: 'l-3' },
      ]);
      expect(call).toMatchObject({
        ...{
          outcome: 'answered',
          started_at: instantOf(0),
          agent_connected_at: instantOf(10),
          ended_at: instantOf(170),
        },
        // Minus what the caller was on hold for while somebody was asked for advice.
        durations_ms: { talk: 90_000 - 21_000 + 60_000, hold: 21_000, total: 170_000 },
        talks: [
          { agent: agent.third, from: instantOf(10), until: instantOf(100) },
          { agent: agent.ana, from: instantOf(110), until: instantOf(170) },
        ],
      });
      const moments = call['moments'] as { kind: string; leg_id: string | null; at: string; agents: object[] }[];
      const answers = moments.filter(({ kind }) => kind === 'answered');
      expect(answers).toMatchObject([
        { leg_id: 'l-1', at: instantOf(10), agents: [agent.third] },
        { leg_id: 'l-2', at: instantOf(65), agents: [agent.rui] },
        { leg_id: 'l-3', at: instantOf(110), agents: [agent.ana] },
      ]);
      expect(new Set(moments.map(({ leg_id: leg }) => leg))).toEqual(new Set([null, 'l-1', 'l-2', 'l-3']));
    }
  });

  it('F30 a template with holes: an abandoned call that waited, or an answered one of who is named', async () => {
    const holes = {
      ...{ event: 'inboundCallEnds', agent_id: '', agent_email: '', contact_id: '', recording_url: '', duration: '0' },
      ...{ waiting_time: '41', tags: 'Support,Billing', talkdesk_phone_number: LINE, contact_phone_number: CALLER },
    };
    await world.sends(talkdesk({ ...holes, call_id: '30' }, '/calls'));
    expect(await world.theCase()).toMatchObject({ requester: CALLER, group: 'Support' });
    expect(await calls()).toMatchObject([
      {
        endpoints: [`phone_number:${LINE}`],
        call: { outcome: 'abandoned', durations_ms: { wait: 41_000 }, agent_connected_at: null },
        recordings: [],
      },
    ]);
    const answered = { ...holes, agent_email: ANA, duration: '95', contact_phone_number: '+351910000033' };
    await world.sends(talkdesk({ ...answered, call_id: '31' }, '/calls'));
    const [, second] = await world.cases();
    expect(second).toMatchObject({ requester: '+351910000033', assignee: ANA, category: 'open' });
    const [, call] = await calls();
    expect(call?.call).toMatchObject({ outcome: 'answered', durations_ms: { talk: 95_000 } });
    const { tags } = await world.asks<{ tags: string[] }>(`/v1/cases/${second?.id}`);
    expect(tags.sort()).toEqual(['billing', 'support']);
  });
});
