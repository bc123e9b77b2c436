import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CallFact, factRecord, type VoicemailFact } from '#libs/interaction';
import { aCall, aCallFact, aCallParty, aDeclaredAccount, aVoicemailFact, CALLER, instantAt, LINE } from '#libs/testing';
import { ACME, ANA } from './acme.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const HOUR = 3600;
/** As an account is that says nothing about calls, but for callers who hang up at once. */
const PATIENT = { ...ACME, account: aDeclaredAccount({ shortCallSeconds: 10 }) };

const [started, ringing, answered, ended] = aCall();
const missed = aCallFact('ended', 41, { end: { reason: 'no_answer' } });
const left = aVoicemailFact('left', 50, { from: aCallParty(CALLER), to: aCallParty(LINE) });
const sound = aVoicemailFact('recording', 55, { recording: { id: 'r-1', status: 'pending', durationMs: 47_000 } });

describe.each(logsUnderTest())('what time makes of calls and voicemails, on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log, PATIENT);
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.stop());

  /** The builder takes facts in at a moment, seconds after a quarter past ten. */
  const tell = async (seconds: number, ...facts: (CallFact | VoicemailFact)[]): Promise<void> => {
    world.setNow(new Date(instantAt(seconds)));
    await world.publishes(...facts.map((fact) => factRecord(fact)));
    await world.settled();
  };
  /** Of how many interactions something becomes at a moment. */
  const passes = async (seconds: number): Promise<number> => {
    world.setNow(new Date(instantAt(seconds)));
    const settled = await world.builder.passTime();
    await world.settled();
    return settled;
  };

  it('48 a missed call has its case three seconds after its end is known, not before, and once', async () => {
    await tell(42, started, ringing, missed);
    expect(await world.interactions()).toMatchObject([{ outcome: 'waiting' }]);
    expect([await passes(44.999), await world.cases()]).toEqual([0, []]);
    expect(await passes(45)).toBe(1);
    expect(await world.theCase()).toMatchObject({ category: 'open', interaction_count: 1, requester: CALLER });
    expect([await passes(46), await passes(HOUR)]).toEqual([0, 0]);
    expect(await world.theCase()).toMatchObject({ version: 1 });
  });

  it('50 an answer that its end overtook is nobody’s but the agent’s who answered', async () => {
    await tell(60, started, ended);
    await tell(62, answered);
    expect(await world.theCase()).toMatchObject({ assignee: ANA, version: 1 });
    expect(await passes(64)).toBe(0);
    expect(await world.theCase()).toMatchObject({ version: 1 });
  });

  it('17 what came due while nobody looked is caught up once, by two who look at the same time', async () => {
    const calls = Array.from({ length: 30 }, (_, index) => {
      const named = { callId: `c-${index}`, from: aCallParty(`+3519100001${10 + index}`), to: aCallParty(LINE) };
      return [aCallFact('started', 0, named), aCallFact('ended', 41, { ...named, end: { reason: 'no_answer' } })];
    });
    await tell(42, ...calls.flat());
    world.setNow(new Date(instantAt(72 * HOUR)));
    const settled = await Promise.all([world.builder.passTime(), world.builder.passTime()]);
    expect(settled.reduce((sum, one) => sum + one)).toBe(30);
    await world.settled();
    expect(await world.cases()).toHaveLength(30);
    expect(await passes(73 * HOUR)).toBe(0);
  });

  it('F15 a call without an end is missed after four hours, and a late hang-up changes no case twice', async () => {
    await tell(0, started);
    await tell(10, ringing);
    expect([await passes(10 + 4 * HOUR - 1), await passes(10 + 4 * HOUR)]).toEqual([0, 1]);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
    await tell(5 * HOUR, missed);
    await passes(5 * HOUR + 3);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, reopen_count: 0 });
    expect(await world.interactions()).toMatchObject([{ outcome: 'created' }]);
  });

  it('F15 a call of which only the end is known is a call', async () => {
    await tell(42, { ...missed, from: aCallParty(CALLER), line: LINE, end: { by: 'caller', reason: 'cancelled' } });
    expect(await passes(45)).toBe(1);
    expect(await world.theCase()).toMatchObject({ subject: 'Abandoned call from +351 910 000 001, 2 Mar 2026 10:15' });
  });

  it('an answered call without an end is closed as a record, and its case stays as it is', async () => {
    await tell(9, started, answered);
    const before = await world.theCase();
    expect([await passes(9 + 4 * HOUR - 1), await passes(9 + 4 * HOUR), await passes(9 * HOUR)]).toEqual([0, 1, 0]);
    expect(await world.theCase()).toEqual(before);
  });

  it('who gives up at once is recorded only', async () => {
    await tell(6, started, aCallFact('ended', 5, { end: { by: 'caller', reason: 'cancelled' } }));
    await passes(9);
    expect(await world.interactions()).toMatchObject([{ outcome: 'recorded:short_call', case_id: null }]);
    expect(await world.cases()).toEqual([]);
  });

  it('49 a voicemail that was only announced has its case after a minute, and no second one for its sound', async () => {
    await tell(50, left);
    expect([await passes(109), await world.cases()]).toEqual([0, []]);
    expect(await passes(110)).toBe(1);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1, requester: CALLER });
    await tell(120, sound);
    expect(await world.theCase()).toMatchObject({ interaction_count: 1 });
    expect(await world.interactions()).toHaveLength(1);
  });

  it('F27 no text must not mean no voicemail', async () => {
    await tell(56, left, sound, aVoicemailFact('transcript', 55, { transcript: { status: 'pending' } }));
    const before = await world.theCase();
    expect(await passes(56 + HOUR)).toBe(0);
    await tell(3 * HOUR, aVoicemailFact('transcript', 3 * HOUR, { transcript: { status: 'completed', text: ' ' } }));
    expect(await world.theCase()).toMatchObject({ category: before.category, interaction_count: 1 });
  });
});
