import { describe, expect, it } from '@jest/globals';
import type { CallFact, Interaction } from '#libs/interaction';
import { aCallFact, aCallParty, aVoicemailFact, CALLER, instantAt, LINE } from '#libs/testing';
import { CALL_FOLD } from '../fold/call-fold.js';
import { VOICEMAIL_FOLD } from '../fold/voicemail-fold.js';
import { asOne } from './as-one.js';
import { familyOf } from './family.js';

const parties = { from: aCallParty(CALLER), to: aCallParty(LINE) };

/** A call so many seconds after a quarter past ten, which may continue another one; nobody takes it unless told. */
function callOf(callId: string, seconds: number, parentCallId: string | null, ...more: CallFact[]): Interaction {
  const started = aCallFact('started', seconds, { callId, parentCallId, ...parties });
  const ended = aCallFact('ended', seconds + 20, { callId, end: { reason: 'no_answer' } });
  return CALL_FOLD.fold(null, [started, ...(more.length === 0 ? [ended] : more)]).interaction;
}

const taken = (callId: string, seconds: number, extension: string): CallFact =>
  aCallFact('answered', seconds, { callId, agent: { extension }, answeredBy: 'agent' });

const first = callOf('c-1', 0, null);
const second = callOf('c-2', 30, 'c-1');
const third = callOf('c-3', 60, 'c-2');
const stranger = callOf('c-9', 45, null);
const left = aVoicemailFact('left', 75, { callId: 'c-3', ...parties, recording: { id: 'r-1', status: 'pending' } });
const message = VOICEMAIL_FOLD.fold(null, [left]).interaction;

describe('the family of a call', () => {
  it('is who names whom over any number of steps, from wherever it is asked, in the order in which it happened', () => {
    const all = [message, third, stranger, first, second];
    const expected = [first, second, third, message].map(({ id }) => id);
    for (const member of [first, second, third, message]) {
      expect(familyOf(member, all).map(({ id }) => id)).toEqual(expected);
    }
    expect(familyOf(stranger, all)).toEqual([stranger]);
  });

  it('has no call in it that goes on', () => {
    expect(familyOf(first, [{ ...second, outcome: null }])).toEqual([first]);
  });
});

describe('a family as one call', () => {
  it('was answered where anybody of it was, whatever message was left', () => {
    const answered = callOf('c-2', 30, 'c-1', taken('c-2', 40, '201'));
    expect(asOne([first, answered, message])).toMatchObject({ outcome: 'answered', occasion: 'call_inbound_answered' });
    expect(asOne([first, second, message])).toMatchObject({ outcome: 'voicemail_left', source: 'voicemail' });
  });

  it('that nobody took ended as the last of its calls', () => {
    const gaveUp = aCallFact('ended', 50, { callId: 'c-2', end: { by: 'caller', reason: 'cancelled' } });
    expect(asOne([first, callOf('c-2', 30, 'c-1', gaveUp)]).outcome).toBe('abandoned');
  });

  it('is talked in by whoever took it up last, where nobody told when the one before left', () => {
    const [before, after] = [
      callOf('c-1', 0, null, taken('c-1', 9, '201')),
      callOf('c-2', 30, 'c-1', taken('c-2', 35, '202')),
    ];
    expect(asOne([before, after]).talkers).toMatchObject([
      { agent: { extension: '201' }, until: instantAt(35) },
      { agent: { extension: '202' }, until: null },
    ]);
  });
});
