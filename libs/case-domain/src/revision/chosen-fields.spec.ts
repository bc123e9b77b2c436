import { describe, expect, it } from '@jest/globals';
import {
  aCallFact,
  aCallParty,
  aDesk,
  aGroup,
  aMember,
  aMoment,
  anAgent,
  anEndpoint,
  aSnapshot,
  aVoicemailFact,
  CALLER,
  CONNECTION,
  type Desk,
  LINE,
  type SpokenFact,
} from '#libs/testing';
import { CALL_FOLD, type CaseState, reviseInteraction } from '../index.js';

const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const rui = anAgent({ email: 'rui@acme.example', extensions: ['202'] });
const support = aGroup({ strategy: 'round_robin', members: [aMember(ana), aMember(rui)] });
const sales = aGroup({ id: '0198aaaa-0000-7000-8000-000000000001', members: [aMember(ana), aMember(rui)] });
const lines = { [LINE]: anEndpoint(LINE, { groupId: sales.id }), [CONNECTION]: anEndpoint(CONNECTION) };

const from = aCallParty(CALLER, 'Maria');
const started = aCallFact('started', 0, { from });
const hidden = aCallFact('started', 0, { from: { raw: 'anonymous', presentation: 'withheld' } });
const missed = aCallFact('ended', 41, { end: { reason: 'no_answer' } });
const message = aVoicemailFact('left', 50, {
  callId: 'c-77',
  from,
  urgent: true,
  line: CONNECTION,
  recording: { id: 'r-1', status: 'pending', durationMs: 9000 },
});
const shown = aCallFact('described', 70, { from });
const onLine = aCallFact('described', 70, { to: aCallParty(LINE) });
const answered = (extension: string) => aCallFact('answered', 30, { agent: { extension }, answeredBy: 'agent' });

type Chosen = Partial<CaseState>;
/** Field, what is told first, what is told later and says it otherwise, and what a person made of it between the two. */
const FIELDS: readonly (readonly [keyof CaseState, readonly SpokenFact[], readonly SpokenFact[], Chosen])[] = [
  ['subject', [started, missed], [message], { subject: 'Broken kettle' }],
  ['description', [started, missed], [message], { description: 'It does not heat.' }],
  ['source', [started, missed], [message], { source: 'api' }],
  ['priority', [started, missed], [message], { priority: 'low' }],
  ['requester', [hidden, missed], [shown], { requester: { kind: 'contact', id: 'carol' } }],
  ['groupId', [started, missed], [onLine], { groupId: support.id }],
];

function deskAfter(facts: readonly SpokenFact[]): Desk {
  const desk = aDesk({ agents: [ana, rui], groups: [support, sales], lines });
  desk.tell(...facts);
  return desk;
}

function theCase(desk: Desk): CaseState {
  const [state, ...others] = desk.cases();
  expect(others).toEqual([]);
  return state!;
}

/** A person sets a field of the only case. */
function choose(desk: Desk, field: keyof CaseState, chosen: Chosen): void {
  const state = theCase(desk);
  desk.snapshot.cases.set(state.id, { ...state, ...chosen });
  const change = { field, from: null, to: chosen[field] };
  const byAna = {
    actor: { kind: 'agent', id: ana.id },
    interactionId: null,
    at: '',
    occurredAt: '',
    details: {},
  } as const;
  desk.snapshot.changes.set(state.id, [...desk.history(state.id), { kind: 'updated', changes: [change], ...byAna }]);
}

describe('what a person has chosen', () => {
  it.each(FIELDS)(
    '%s is not undone by a later fact, which changes it where nobody has',
    (field, first, later, chosen) => {
      const free = deskAfter(first);
      const before = theCase(free)[field];
      free.tell(...later);
      expect(theCase(free)[field]).not.toEqual(before);
      const taken = deskAfter(first);
      choose(taken, field, chosen);
      taken.tell(...later);
      expect(theCase(taken)[field]).toEqual(chosen[field]);
    },
  );

  it('of the assignee is not undone by who answered', () => {
    const first = [started, missed];
    const assignee = theCase(deskAfter(first)).assigneeId;
    const [other, extension] = assignee === ana.id ? [rui.id, '202'] : [ana.id, '201'];
    const free = deskAfter(first);
    free.tell(answered(extension));
    expect(theCase(free).assigneeId).toBe(other);
    const taken = deskAfter(first);
    choose(taken, 'assigneeId', { assigneeId: assignee });
    taken.tell(answered(extension));
    expect(theCase(taken).assigneeId).toBe(assignee);
  });

  it('of where a call is not stays so, whatever is told of it', () => {
    const { interaction } = CALL_FOLD.fold(null, [started, missed]);
    const stored = { outcome: 'recorded:detached', caseId: null, interaction };
    const later = CALL_FOLD.fold(interaction, [answered('201')]);
    const { verdict } = reviseInteraction(
      stored,
      later,
      aSnapshot({ agents: [ana], groups: [support], lines }),
      aMoment(),
    );
    expect(verdict).toEqual({ outcome: 'kept' });
  });
});
