import { describe, expect, it } from '@jest/globals';
import type { CallFact, Interaction, VoicemailFact } from '#libs/interaction';
import {
  aCall,
  aCallParty,
  aDesk,
  aMoment,
  anEndpoint,
  aSnapshot,
  aVoicemailFact,
  CALLER,
  joiningOf,
  LINE,
  openingOf,
  type SnapshotParts,
} from '#libs/testing';
import { BY_HAND, CALL_FOLD, type CaseState, decideInteraction, VOICEMAIL_FOLD } from '../index.js';

const [started, , , ended] = aCall();

function callOf(...facts: CallFact[]): Interaction {
  return CALL_FOLD.fold(null, facts).interaction;
}

function decided(interaction: Interaction, parts: SnapshotParts = {}) {
  return decideInteraction(interaction, aSnapshot({ lines: { [LINE]: anEndpoint(LINE) }, ...parts }), aMoment());
}

function joined(interaction: Interaction, target: CaseState, parts: SnapshotParts = {}) {
  const join = joiningOf(decided(interaction, { cases: [target], ...parts }));
  return { ...join, kind: join.changes[0]?.kind };
}

describe('a voicemail and its call', () => {
  const left: VoicemailFact = aVoicemailFact('left', 50, {
    callId: 'c-77',
    from: aCallParty(CALLER),
    to: aCallParty(LINE),
    recording: { id: 'r-1', status: 'pending' },
  });
  const voicemail = VOICEMAIL_FOLD.fold(null, [left]).interaction;
  const missed = callOf(started, ended);

  it.each([
    ['call then voicemail', missed, voicemail],
    ['voicemail then call', voicemail, missed],
  ])('49 %s: one case', (_, first, second) => {
    const opening = decided(first);
    const { state } = openingOf(opening);
    const calls = Object.fromEntries(
      opening.effects.threads.map(({ value, caseId, interactionId }) => [value, { caseId, interactionId }]),
    );
    const join = joined(second, state, { calls });
    expect(join).toMatchObject({
      outcome: 'attached',
      caseId: state.id,
      state: { category: 'new', interactionCount: 2 },
    });
  });

  it('49 of a withheld caller are one case too', () => {
    const hidden = { raw: 'anonymous', presentation: 'withheld' } as const;
    const call = callOf({ ...started, from: hidden }, ended);
    const message = VOICEMAIL_FOLD.fold(null, [{ ...left, from: hidden }]).interaction;
    const { state } = openingOf(decided(message));
    const calls = { 'generic/pbx:c-77': { caseId: state.id, interactionId: null } };
    expect(joined(call, state, { calls })).toMatchObject({ outcome: 'attached', kind: 'interaction_attached' });
  });
});

describe('what a case of a voicemail says', () => {
  const left = aVoicemailFact('left', 50, {
    callId: 'c-77',
    from: aCallParty(CALLER),
    to: aCallParty(LINE),
    urgent: true,
    mailbox: { id: '2001', label: 'Support' },
  });
  const sound = aVoicemailFact('recording', 55, { recording: { id: 'r-1', status: 'pending', durationMs: 47_000 } });
  const text = aVoicemailFact('transcript', 90, {
    transcript: { status: 'completed', text: `${'é'.repeat(1600)}`, language: 'pt-PT' },
  });
  const lines = {
    [LINE]: anEndpoint(LINE, { label: 'Support line', defaultPriority: 'low', defaultType: 'question' }),
  };

  it('is what the call says and what the message says, with the beginning of what a machine heard', () => {
    const desk = aDesk({ lines });
    desk.tell(started, ended);
    desk.tell(left, sound);
    desk.tell(text);
    const [state] = desk.cases();
    expect(state).toMatchObject({
      subject: 'Voicemail from +351 910 000 001, 2 Mar 2026 10:15',
      source: 'voicemail',
      via: { channel: 'voicemail' },
      priority: 'high',
      type: 'question',
      interactionCount: 2,
    });
    expect(state?.description.split('\n').slice(0, -1)).toEqual([
      'Line: Support line (+351 21 000 0000)',
      'Queue: Support',
      'Waited: 1 min 0 s',
      'Mailbox: Support',
      'Length: 47 s',
      'Transcript, made by a machine (pt-PT):',
    ]);
    expect(state?.description.endsWith(`\n${'é'.repeat(1500)}…`)).toBe(true);
    expect(desk.history(state!.id).map(({ kind }) => kind)).toEqual([
      'created',
      'interaction_attached',
      'description_changed',
    ]);
  });

  it('keeps an urgent priority of the line, and an account’s own words', () => {
    const urgent = { [LINE]: anEndpoint(LINE, { defaultPriority: 'urgent' }) };
    const texts = { voicemail: 'Nachricht von {who} um {time}', withheld: 'unbekannt' };
    const calls = { ...aSnapshot().account.calls, texts };
    const desk = aDesk({ lines: urgent, account: { calls } });
    desk.tell({ ...left, callId: null, from: { raw: 'anonymous', presentation: 'withheld' } }, sound);
    expect(desk.cases()).toMatchObject([
      { priority: 'urgent', subject: 'Nachricht von unbekannt um 2 Mar 2026 10:15', source: 'voicemail' },
    ]);
  });

  it('is left alone field by field where somebody has changed it since', () => {
    const desk = aDesk({ lines });
    desk.tell(started, ended);
    const [state] = desk.cases();
    const changed = { ...state!, subject: 'Broken kettle', priority: 'low' } as const;
    desk.snapshot.cases.set(state!.id, changed);
    const byHand = { kind: 'updated', interactionId: null } as const;
    const cause = { actor: { kind: 'agent', id: 'ana' }, at: '', occurredAt: '', details: {} } as const;
    desk.snapshot.changes.set(state!.id, [
      ...desk.history(state!.id),
      { ...byHand, ...cause, changes: [{ field: 'subject', from: '', to: '' }] },
      { ...byHand, ...cause, changes: [{ field: 'priority', from: '', to: '' }] },
    ]);
    desk.tell(left, sound);
    expect(desk.cases()).toMatchObject([{ subject: 'Broken kettle', priority: 'low', source: 'voicemail' }]);
    expect(BY_HAND).toBe('by_hand');
  });

  it('is told of a recording that has come, in one event that changes nothing, and once', () => {
    const desk = aDesk({ lines });
    desk.tell(left, sound);
    const there = aVoicemailFact('recording', 70, { recording: { id: 'r-1', status: 'available' } });
    desk.tell(there);
    desk.tell(there);
    const [state] = desk.cases();
    expect(
      desk
        .history(state!.id)
        .map(({ kind, changes }) => [kind, changes.map(({ field }) => field)])
        .slice(1),
    ).toEqual([['interaction_updated', ['version']]]);
  });
});
