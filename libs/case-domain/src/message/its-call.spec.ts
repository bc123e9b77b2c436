import { describe, expect, it } from '@jest/globals';
import type { CallFact, Interaction } from '#libs/interaction';
import {
  aCallFact,
  aCallParty,
  aCase,
  aGroup,
  anEndpoint,
  aSnapshot,
  aVoicemailFact,
  CALLER,
  LINE,
} from '#libs/testing';
import { CALL_FOLD } from '../fold/call-fold.js';
import { VOICEMAIL_FOLD } from '../fold/voicemail-fold.js';
import type { Thread } from '../thread/thread.js';
import { withItsCall } from './its-call.js';

const SALES_LINE = '+351210000009';
const sales = aGroup({ id: '0198aaaa-0000-7000-8000-000000000001' });
const state = aCase();
const NOTHING: Thread = {
  target: null,
  linked: [],
  evidence: { rule: 'none', matched: null, namedCaseId: null, conflicts: [] },
};

/** A call from 0 s to 41 s after a quarter past ten. */
function callOf(callId: string, caller = CALLER, ...more: CallFact[]): Interaction {
  const parties = { from: aCallParty(caller), to: aCallParty(LINE) };
  const started = aCallFact('started', 0, { callId, ...parties });
  const ended = aCallFact('ended', 41, { callId, end: { reason: 'no_answer' } });
  return CALL_FOLD.fold(null, [started, ended, ...more]).interaction;
}

function messageAt(seconds: number, to = LINE): Interaction {
  const left = aVoicemailFact('left', seconds, { from: aCallParty(CALLER), to: aCallParty(to) });
  return VOICEMAIL_FOLD.fold(null, [left]).interaction;
}

/** The case that a message, or a call, joins beside calls that are in one. */
function joined(own: Interaction, ...others: Interaction[]): string | null {
  const beside = others.map((interaction) => ({ interaction, outcome: 'created', caseId: state.id }));
  const lines = { [LINE]: anEndpoint(LINE), [SALES_LINE]: anEndpoint(SALES_LINE, { groupId: sales.id }) };
  const snapshot = aSnapshot({ cases: [state], groups: [aGroup(), sales], lines, beside });
  return withItsCall(NOTHING, own, snapshot).target?.id ?? null;
}

describe('a message of which nobody told the call', () => {
  it('joins the call during which, or up to 120 s after which, it was left; whichever comes first', () => {
    for (const seconds of [0, 30, 161]) {
      expect(joined(messageAt(seconds), callOf('c-1'))).toBe(state.id);
      expect(joined(callOf('c-1'), messageAt(seconds))).toBe(state.id);
    }
    for (const seconds of [-1, 162]) {
      expect(joined(messageAt(seconds), callOf('c-1'))).toBeNull();
      expect(joined(callOf('c-1'), messageAt(seconds))).toBeNull();
    }
  });

  it('joins none that somebody took, of another number, or on a line of another group', () => {
    const answered = aCallFact('answered', 9, { callId: 'c-1', agent: { extension: '201' }, answeredBy: 'agent' });
    expect(joined(messageAt(50), callOf('c-1', CALLER, answered))).toBeNull();
    expect(joined(messageAt(50), callOf('c-1', '+351910000009'))).toBeNull();
    expect(joined(messageAt(50, SALES_LINE), callOf('c-1'))).toBeNull();
  });

  it('joins none of two', () => {
    expect(joined(messageAt(50), callOf('c-1'), callOf('c-2'))).toBeNull();
  });
});
