import { describe, expect, it } from '@jest/globals';
import type { CallFact } from '#libs/interaction';
import {
  aCall,
  aCallFact,
  aCallParty,
  aClosedCase,
  aGroup,
  aMember,
  aMoment,
  anAgent,
  anEndpoint,
  aResolvedCase,
  aSnapshot,
  CALLER,
  instantAt,
  LINE,
  openingOf,
} from '#libs/testing';
import {
  BY_HAND,
  CALL_FOLD,
  type CaseState,
  decideInteraction,
  outcomeOf,
  reviseInteraction,
  type RevisedField,
} from '../index.js';

const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const rui = anAgent({ email: 'rui@acme.example', extensions: ['202'] });
const support = aGroup({ members: [aMember(ana), aMember(rui)] });
const parts = { agents: [ana, rui], groups: [support], lines: { [LINE]: anEndpoint(LINE) } };

const [started, ringing, answered, ended] = aCall();
/** All that is known at first. */
const end: CallFact = { ...ended, line: LINE };
const hidden: CallFact = { ...started, from: { raw: 'anonymous', presentation: 'withheld' } };
const transferred = aCallFact('transferred', 30, { legId: 'l-1', transfer: { kind: 'blind' } });
const taken = aCallFact('answered', 35, { legId: 'l-2', agent: { extension: '202' }, answeredBy: 'agent' });

/** The case that the first facts open, and what the later ones make of it after somebody else has had a hand in it. */
function revised(
  first: readonly CallFact[],
  later: readonly CallFact[],
  byHand: (state: CaseState) => CaseState = (s) => s,
  ...set: readonly RevisedField[]
) {
  const { interaction } = CALL_FOLD.fold(null, first);
  const opening = decideInteraction(interaction, aSnapshot(parts), aMoment());
  const state = byHand(openingOf(opening).state);
  const stored = { outcome: outcomeOf(opening.verdict), caseId: state.id, interaction };
  const folded = CALL_FOLD.fold(interaction, later);
  const setters = { [state.id]: Object.fromEntries(set.map((field) => [field, BY_HAND])) };
  const snapshot = aSnapshot({ ...parts, cases: [state], setters });
  const { verdict, effects } = reviseInteraction(stored, folded, snapshot, aMoment());
  return { verdict, effects, change: effects.cases[0]?.change, state: effects.cases[0]?.state ?? state };
}

describe('facts that come after the case was opened', () => {
  it('50 an answer after the end makes the missed call an answered one, and the case the agent’s', () => {
    const { verdict, effects, change, state } = revised([end], [started, ringing, answered]);
    expect(state).toMatchObject({
      subject: 'Call from +351 910 000 001, 2 Mar 2026 10:15',
      category: 'open',
      assigneeId: ana.id,
      requester: { kind: 'contact', id: effects.contacts[0]?.id },
      requesterMatch: { method: 'R6' },
      supplied: { phone: CALLER },
      interactionCount: 1,
      version: 2,
    });
    expect(state.description).toContain('Talked: 51 s');
    expect(change).toMatchObject({
      kind: 'assigned',
      actor: { kind: 'system' },
      details: { assignment: { rule: 'A2' } },
    });
    expect(effects.cases).toHaveLength(1);
    expect(verdict).toEqual({ outcome: 'kept' });
  });

  it('47 a transfer moves the case to the last agent', () => {
    const { change, state } = revised([started, answered], [transferred, taken, ended]);
    expect([change?.kind, state.assigneeId, state.category]).toEqual(['assigned', rui.id, 'open']);
  });

  it('the end of the call completes the description, and a repetition changes nothing', () => {
    const { change, state } = revised([started, answered], [ended]);
    expect(change?.kind).toBe('description_changed');
    expect(change?.changes.map(({ field }) => field)).toEqual(['description', 'version']);
    expect(state.assigneeId).toBe(ana.id);
    expect(revised([started, answered, ended], [ended, answered]).effects.cases).toEqual([]);
  });

  it('a number that was hidden shows who it is for', () => {
    const { change, state } = revised([hidden, ended], [aCallFact('described', 70, { from: aCallParty(CALLER) })]);
    expect(change?.kind).toBe('requester_changed');
    expect(state).toMatchObject({ supplied: { phone: CALLER }, requesterMatch: { method: 'R6' } });
  });

  it('leave alone what a person has made of it', () => {
    const renamed = revised(
      [started, ended],
      [ringing, answered],
      (state) => ({ ...state, subject: 'Broken kettle' }),
      'subject',
    );
    expect(renamed.state).toMatchObject({ subject: 'Broken kettle', assigneeId: ana.id });
    const given = { assigneeId: rui.id, category: 'open', version: 2 } as const;
    expect(
      revised([started, ended], [answered], (state) => ({ ...state, ...given }), 'assigneeId').state.assigneeId,
    ).toBe(rui.id);
    const nobodys = { autoAssign: false, version: 2 };
    expect(
      revised([started, ended], [answered], (state) => ({ ...state, ...nobodys }), 'assigneeId').state.assigneeId,
    ).toBeNull();
    const chosen = { requesterMatch: { method: 'R0', confidence: 'exact', candidates: [] } } as const;
    const shown = aCallFact('described', 70, { from: aCallParty(CALLER) });
    expect(
      revised([hidden, ended], [shown], (state) => ({ ...state, ...chosen }), 'requester').state.supplied.phone,
    ).toBeNull();
  });

  it.each([
    ['resolved', aResolvedCase()],
    ['closed', aClosedCase()],
  ])('change nothing in a case that is %s', (_, { category, closedAt }) => {
    const settled = (state: CaseState): CaseState => ({ ...state, category, closedAt });
    expect(revised([started, ended], [answered], settled).effects.cases).toEqual([]);
  });

  it('F21 open a case for a call of ours that was taken after all', () => {
    const dialled = aCallFact('started', 0, { direction: 'outbound', from: aCallParty(LINE), to: aCallParty(CALLER) });
    const { interaction } = CALL_FOLD.fold(null, [dialled, ended]);
    const stored = { outcome: 'recorded:outbound', caseId: null, interaction };
    const later = (...facts: CallFact[]) =>
      reviseInteraction(stored, CALL_FOLD.fold(interaction, facts), aSnapshot(parts), aMoment()).verdict;
    expect(later(answered)).toMatchObject({ outcome: 'created' });
    expect(later(aCallFact('leg_ended', 70, { origin: { at: instantAt(70) } }))).toEqual({ outcome: 'kept' });
  });
});
