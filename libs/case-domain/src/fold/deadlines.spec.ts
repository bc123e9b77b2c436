import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallFact, Interaction, VoicemailFact } from '#libs/interaction';
import { aCall, aCallFact, aCallParty, aVoicemailFact, CALLER, instantAt, LINE, theCallRules } from '#libs/testing';
import { CALL_FOLD } from './call-fold.js';
import type { FoldKind } from './fold.js';
import { VOICEMAIL_FOLD } from './voicemail-fold.js';

type Fact = CallFact | VoicemailFact;

const [started, ringing, answered, ended] = aCall();
const missed = aCallFact('ended', 41, { end: { by: 'system', reason: 'no_answer' } });
const gaveUp = aCallFact('ended', 41, { end: { by: 'caller', reason: 'cancelled' } });
const left = aVoicemailFact('left', 50, { from: aCallParty(CALLER), to: aCallParty(LINE) });
const sound = aVoicemailFact('recording', 55, { recording: { id: 'r-1', status: 'pending' } });
const silence = aVoicemailFact('recording', 56, { recording: { id: 'r-1', status: 'absent' } });
const promised = aVoicemailFact('transcript', 56, { transcript: { status: 'pending' } });
const text = aVoicemailFact('transcript', 90, { transcript: { status: 'completed', text: 'Bom dia.' } });

/** Something told piece by piece, with a clock of its own. Seconds after a quarter past ten. */
class Telling {
  private stored: Interaction | null = null;
  private dueAt: string | null = null;
  waits = true;

  constructor(
    private readonly kind: FoldKind,
    private readonly times = theCallRules(),
  ) {}

  tell(seconds: number, ...facts: Fact[]): this {
    const clock = { now: instantAt(seconds), times: this.times, dueAt: this.dueAt };
    const { interaction, waits, dueAt = null } = this.kind.fold(this.stored, facts, clock);
    this.stored = JSON.parse(JSON.stringify(interaction)) as Interaction;
    [this.waits, this.dueAt] = [waits, dueAt];
    return this;
  }

  /** Seconds until something is due; null: never. */
  get due(): number | null {
    return this.dueAt === null ? null : (Date.parse(this.dueAt) - Date.parse(instantAt(0))) / 1000;
  }

  get now(): Interaction {
    return this.stored!;
  }

  /** Time does all that it can. */
  untilNothingIsDue(): Interaction {
    for (let due = this.due; due !== null; due = this.due) {
      this.tell(due);
    }
    return this.now;
  }
}

const call = (times?: Parameters<typeof theCallRules>[0]) => new Telling(CALL_FOLD, theCallRules(times));
const voicemail = () => new Telling(VOICEMAIL_FOLD);

describe('time, for a call', () => {
  it.each([
    ['missed', missed],
    ['abandoned', gaveUp],
  ])('%s is certain so long after its end is known, not before, and only once', (outcome, end) => {
    const told = call().tell(0, started).tell(45, end);
    expect([told.waits, told.due]).toEqual([true, 48]);
    // What is told meanwhile begins nothing anew.
    told.tell(46, ringing);
    expect([told.waits, told.due]).toEqual([true, 48]);
    told.tell(48);
    expect([told.waits, told.due, told.now.outcome]).toEqual([false, null, outcome]);
    told.tell(60, aCallFact('described', 3, { queue: 'Support' }));
    expect([told.waits, told.due]).toEqual([false, null]);
  });

  it('is not held back where the account waits for nothing', () => {
    const told = call({ settleSeconds: 0 }).tell(45, started, missed);
    expect([told.waits, told.due]).toEqual([false, null]);
  });

  it('answered after its end was told is an answered call at once', () => {
    const told = call().tell(45, started, ended).tell(46, answered);
    expect([told.waits, told.due, told.now.outcome]).toEqual([false, null, 'answered']);
  });

  it.each([
    ['an answer', answered],
    ['an end', missed],
  ])('of which nothing but %s is told waits a minute for whose it is, and for nothing when that is told', (_, fact) => {
    const told = call().tell(45, fact);
    expect([told.waits, told.due]).toEqual([true, 105]);
    expect(told.tell(105).now).toMatchObject({ details: { passed: expect.arrayContaining(['undescribed']) } });
    const between = aCallFact('started', 0, {
      direction: 'internal',
      from: { extension: '201', presentation: 'allowed' },
    });
    const described = call().tell(45, fact).tell(60, between);
    expect([described.waits, described.now.outcome]).toEqual([false, 'internal']);
    expect(described.untilNothingIsDue().details).not.toHaveProperty('passed', expect.arrayContaining(['undescribed']));
  });

  it('F15 without an end it ends so many hours after its last fact, by the system, and a late hang-up corrects that', () => {
    const hours = 3600;
    const told = call().tell(0, started).tell(30, ringing);
    expect([told.waits, told.due]).toEqual([true, 30 + 4 * hours]);
    told.tell(30 + 4 * hours);
    expect([told.waits, told.due]).toEqual([false, null]);
    expect(told.now).toMatchObject({ outcome: 'unknown', occasion: 'call_missed', details: { passed: ['overdue'] } });
    told.tell(5 * hours, missed);
    expect(told.untilNothingIsDue()).toMatchObject({ outcome: 'missed', details: { passed: ['settled'] } });
  });

  it('answered and without an end is closed as a record, and stays an answered one', () => {
    const told = call({ maxDurationHours: 1 }).tell(0, started, answered);
    expect([told.waits, told.due]).toEqual([false, 3600]);
    expect(told.tell(3600).now).toMatchObject({ outcome: 'answered', details: { passed: ['overdue'] } });
    expect(told.due).toBeNull();
  });

  it('is too short to count where the caller gave up sooner than the account says', () => {
    const flagsOf = (shortCallSeconds: number) =>
      call({ shortCallSeconds }).tell(45, started, gaveUp).untilNothingIsDue();
    expect(flagsOf(41)).toMatchObject({ outcome: 'abandoned', occasion: 'call_abandoned', flags: [] });
    expect(flagsOf(42)).toMatchObject({ outcome: 'abandoned', occasion: null, flags: ['short_call'] });
    const nobody = call({ shortCallSeconds: 42 }).tell(45, started, missed).untilNothingIsDue();
    expect(nobody).toMatchObject({ occasion: 'call_missed', flags: [] });
  });
});

describe('time, for a voicemail', () => {
  it('that was announced and nothing else is a message after a minute', () => {
    const told = voicemail().tell(50, left);
    expect([told.waits, told.due]).toEqual([true, 110]);
    told.tell(110);
    expect([told.waits, told.due]).toEqual([false, null]);
    expect(told.now).toMatchObject({ outcome: 'voicemail_left', occasion: 'voicemail', source: 'voicemail' });
  });

  it.each([
    ['sound', sound],
    ['text', text],
  ])('whose %s comes waits for nothing any more', (_, fact) => {
    const told = voicemail().tell(50, left).tell(57, fact);
    expect([told.waits, told.due]).toEqual([false, null]);
  });
});

describe('whatever the order of facts and of due moments', () => {
  const stories: [string, FoldKind, readonly Fact[]][] = [
    ['a missed call', CALL_FOLD, [started, ringing, missed]],
    ['an answered call', CALL_FOLD, [started, ringing, answered, ended]],
    ['a call without an end', CALL_FOLD, [started, ringing]],
    ['a voicemail', VOICEMAIL_FOLD, [left, sound, promised]],
    ['a voicemail with a text', VOICEMAIL_FOLD, [left, sound, promised, text]],
    ['a voicemail of nothing', VOICEMAIL_FOLD, [left, silence]],
  ];

  it.each(stories)('%s is the same in the end', (_, kind, facts) => {
    const all = new Telling(kind).tell(100, ...facts).untilNothingIsDue();
    const order = fc
      .array(fc.constantFrom(...facts), { maxLength: 3 })
      .chain((again) => fc.shuffledSubarray([...facts, ...again], { minLength: facts.length + again.length }));
    const pauses = fc.array(fc.constantFrom(0, 1, 2, 5, 100, 20_000), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(order, pauses, (told, waits) => {
        const telling = new Telling(kind);
        let now = 100;
        told.forEach((fact, place) => {
          telling.tell(now, fact);
          now += waits[place] ?? 0;
          // What is due by then passes, as the timer has it pass.
          for (let due = telling.due; due !== null && due <= now; due = telling.due) {
            telling.tell(due);
          }
        });
        expect(telling.untilNothingIsDue()).toEqual(all);
      }),
      { numRuns: 100 },
    );
  });
});
