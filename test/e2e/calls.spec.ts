import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CallFact, factRecord, type VoicemailFact } from '#libs/interaction';
import { aCall, aCallFact, aCallParty, aVoicemailFact, CALLER, LINE } from '#libs/testing';
import { ANA, RUI } from './acme.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const [started, ringing, answered, ended] = aCall();
const missed = aCallFact('ended', 41, { end: { reason: 'no_answer' } });
const left = aVoicemailFact('left', 50, { callId: 'c-77', from: aCallParty(CALLER), to: aCallParty(LINE) });
const sound = aVoicemailFact('recording', 55, { recording: { id: 'r-1', status: 'pending', durationMs: 47_000 } });

describe.each(logsUnderTest())('calls and voicemails told in facts, on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  const tell = async (...facts: (CallFact | VoicemailFact)[]): Promise<void> => {
    await world.publishes(...facts.map((fact) => factRecord(fact)));
    await world.settled();
  };
  const told = async (topic: string): Promise<unknown[]> =>
    (await world.records(topic)).map(({ value }) => JSON.parse(value?.toString() ?? 'null') as unknown);

  // First: later ones would be told again too.
  it('73 replayed from the beginning make nothing anew', async () => {
    await tell(started, ringing, answered, ended);
    const before = await world.cases();
    expect(before).toHaveLength(1);
    await world.replayFromZero();
    expect(await world.cases()).toEqual(before);
  });

  it('46 make a case while the agent still talks, and no other when the call ends', async () => {
    await tell(started, ringing);
    expect(await world.cases()).toEqual([]);
    expect(await world.interactions()).toMatchObject([{ outcome: 'waiting' }]);
    await tell(answered);
    expect(await world.theCase()).toMatchObject({
      subject: 'Call from +351 910 000 001, 2 Mar 2026 10:15',
      category: 'open',
      assignee: ANA,
      group: 'Support',
      requester: CALLER,
      interaction_count: 1,
      version: 1,
    });
    await tell(ended, answered, started);
    // Its description says by now how long they talked.
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, version: 2 });
    expect(await world.interactions()).toMatchObject([{ outcome: 'created', visibility: 'internal' }]);
    expect((await told('case.state.v1')).at(-1)).toMatchObject({ source: 'call_inbound', status: 'open', version: 2 });
  });

  it('50 end before start: one call, one case', async () => {
    await tell(ended, answered, started);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, assignee: ANA, requester: CALLER });
    expect(await world.interactions()).toHaveLength(1);
  });

  it.each([
    [
      'call then voicemail',
      [
        [started, missed],
        [left, sound],
      ],
    ],
    [
      'voicemail then call',
      [
        [left, sound],
        [started, missed],
      ],
    ],
    ['simultaneously', [[started, left, missed, sound]]],
  ])('49 %s: one case', async (_, batches) => {
    for (const batch of batches) {
      await tell(...batch);
    }
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, requester: CALLER });
  });

  const again = (minute: number, ...kinds: ('started' | 'answered' | 'ended')[]): CallFact[] => {
    const [callId, at] = [`c-${minute}`, minute * 60];
    const agent = { extension: '201' };
    const facts = {
      started: aCallFact('started', at, { callId, from: aCallParty(CALLER), to: aCallParty(LINE) }),
      answered: aCallFact('answered', at + 9, { callId, agent, answeredBy: 'agent' }),
      ended: aCallFact('ended', at + 40, { callId, end: { reason: 'no_answer' } }),
    };
    return kinds.map((kind) => facts[kind]);
  };

  it('48 missed ×4 in 10 min: one case, in one batch and in four', async () => {
    await tell(...again(0, 'started', 'ended'), ...again(3, 'started', 'ended'));
    await tell(...again(6, 'ended', 'started'));
    await tell(...again(9, 'started', 'ended'));
    expect(await world.theCase()).toMatchObject({ interaction_count: 4, category: 'open' });
  });

  it('52 same caller calls again in window with one live case: attached; two live cases: new and related', async () => {
    await tell(...again(0, 'started', 'answered'));
    await tell(...again(100, 'started', 'answered'));
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, requester: CALLER });
    await tell(...again(400, 'started', 'answered'));
    expect(await world.cases()).toHaveLength(2);
    await tell(...again(335, 'started', 'answered'));
    const cases = await world.cases();
    expect(cases).toHaveLength(3);
    expect(cases.map(({ requester }) => requester)).toEqual([CALLER, CALLER, CALLER]);
    expect(await world.links()).toMatchObject([
      { kind: 'related', from_case_id: cases[2]?.id },
      { kind: 'related', from_case_id: cases[2]?.id },
    ]);
  });

  it('F22 F23 calls from a resolved case, and a missed one of its caller, reopen it; each ends by itself, in no other case', async () => {
    await tell(...again(0, 'started', 'answered', 'ended'));
    const { id, number } = await world.theCase();
    const dialled = (callId: string, at: number): CallFact[] => [
      aCallFact('started', at, {
        callId,
        direction: 'outbound',
        from: aCallParty(LINE),
        to: aCallParty(CALLER),
        context: { caseNumber: number },
      }),
      aCallFact('answered', at + 9, { callId, agent: { extension: '201' }, answeredBy: 'agent' }),
      aCallFact('ended', at + 40, { callId, end: { reason: 'completed' } }),
    ];
    expect(await world.resolve(id)).toBe('done');
    expect(await world.theCase()).toMatchObject({ category: 'resolved', reopen_count: 0 });
    await tell(...dialled('c-90', 300), ...dialled('c-91', 300));
    const reopened = { category: 'open', assignee: ANA, closed: false };
    expect(await world.theCase()).toMatchObject({ ...reopened, interaction_count: 3, reopen_count: 1 });
    const calls = await world.interactions();
    expect(calls.map(({ outcome }) => outcome).sort()).toEqual(['attached', 'created', 'reopened']);
    expect(calls.map(({ moments }) => moments)).toEqual(calls.map(() => ['started', 'answered', 'ended']));

    expect(await world.resolve(id)).toBe('done');
    await tell(...again(100, 'started', 'ended'));
    expect(await world.theCase()).toMatchObject({ ...reopened, interaction_count: 4, reopen_count: 2 });
    expect((await world.events(id)).map(({ kind }) => kind).filter((kind) => /^re/u.test(kind))).toEqual([
      'resolved',
      'reopened',
      'resolved',
      'reopened',
    ]);
  });

  it('a link that comes after two cases were opened makes them one, with the last agent of both', async () => {
    const from = { raw: 'anonymous', presentation: 'withheld' } as const;
    const handed = aCallFact('started', 30, { callId: 'c-78', from, to: aCallParty(LINE) });
    const taken = aCallFact('answered', 35, { callId: 'c-78', agent: { email: RUI }, answeredBy: 'agent' });
    await tell({ ...started, from }, answered);
    await tell(handed, taken);
    expect(await world.cases()).toHaveLength(2);
    await tell({ ...aCallFact('described', 36, { callId: 'c-78' }), parentCallId: 'c-77' });
    const [first, second] = await world.cases();
    expect(first).toMatchObject({ interaction_count: 2, assignee: RUI, closed: false });
    expect(second).toMatchObject({ closed: true, merged_into_id: first?.id });
  });

  it('two calls of one stranger at one time make one contact and one case', async () => {
    await world.publishes(...again(0, 'started', 'answered').map((fact) => factRecord(fact)));
    await world.publishes(...again(1, 'started', 'answered').map((fact) => factRecord(fact)));
    await world.settled();
    expect(await world.theCase()).toMatchObject({ interaction_count: 2, requester_method: 'R6' });
  });

  it('74 that cannot be read go to the dead letters, and their neighbours go on', async () => {
    const broken = { ...factRecord(ringing), value: '{"schema":1,"channel":"call"}' };
    await world.publishes(factRecord(started), broken, factRecord(answered));
    await world.settled();
    expect(await world.theCase()).toMatchObject({ assignee: ANA });
    expect(await world.deadLetters()).toMatchObject([{ reason: 'invalid' }]);
  });
});
