import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CallFact, factRecord, type VoicemailFact } from '#libs/interaction';
import { aCall, aCallFact, aCallParty, aVoicemailFact, CALLER, LINE } from '#libs/testing';
import { ANA } from './acme.js';
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
      subject: `Call from ${CALLER}, 2 Mar 2026 10:15`,
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

  it('74 that cannot be read go to the dead letters, and their neighbours go on', async () => {
    const broken = { ...factRecord(ringing), value: '{"schema":1,"channel":"call"}' };
    await world.publishes(factRecord(started), broken, factRecord(answered));
    await world.settled();
    expect(await world.theCase()).toMatchObject({ assignee: ANA });
    expect(await world.deadLetters()).toMatchObject([{ reason: 'invalid' }]);
  });
});
