import { describe, expect, it } from '@jest/globals';
import type { CallFact, Interaction } from '#libs/interaction';
import {
  aCall,
  aCallFact,
  aCallParty,
  aCase,
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
  type SnapshotParts,
} from '#libs/testing';
import { CALL_FOLD, type CaseState, decideInteraction } from '../index.js';

const SPELLED = '+351 910 000 001';
const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const rui = anAgent({ email: 'rui@acme.example', extensions: ['202'] });
const eva = anAgent({ email: 'eva@acme.example', extensions: ['203'] });
const support = aGroup({ members: [aMember(ana), aMember(rui, { openLoad: 9, capacity: 1 })] });

function snapshotOf(parts: SnapshotParts = {}) {
  return aSnapshot({
    account: { timeZone: 'Europe/Lisbon' },
    agents: [ana, rui, eva],
    groups: [support],
    lines: { [LINE]: anEndpoint(LINE) },
    ...parts,
  });
}

function callOf(...facts: CallFact[]): Interaction {
  return CALL_FOLD.fold(null, facts).interaction;
}

function decided(interaction: Interaction, parts: SnapshotParts = {}) {
  return decideInteraction(interaction, snapshotOf(parts), aMoment());
}

/** The case after the call that joined it, and the change that did it. */
function joined(interaction: Interaction, target: CaseState, parts: SnapshotParts = {}) {
  const { verdict, effects } = decided(interaction, { cases: [target], ...parts });
  const [main] = effects.cases;
  return { ...verdict, kind: main?.change.kind, actor: main?.change.actor, state: main?.state };
}

const [started, ringing, answered, ended] = aCall();
const talked = callOf(started, answered);
const dialled = aCallFact('started', 0, { direction: 'outbound', from: aCallParty(LINE), to: aCallParty(CALLER) });
const dialledFrom = (number: string) => ({ ...dialled, context: { caseNumber: number } });

describe('a call that an agent took', () => {
  it('46 inbound answered: an open case, the answering agent’s, whatever else they have to do', () => {
    const decision = decided(talked);
    const { state, contact, changes } = openingOf(decision);
    expect(state).toMatchObject({
      subject: `Call from ${SPELLED}, 2 Mar 2026 10:15`,
      description: 'Line: +351 21 000 0000\nQueue: Support\nWaited: 9 s\nAgents: 201',
      category: 'open',
      assigneeId: ana.id,
      groupId: support.id,
      source: 'call_inbound',
      requester: { kind: 'contact', id: contact?.id },
      submitter: { kind: 'contact', id: contact?.id },
      supplied: { phone: CALLER },
      lastRequesterAt: instantAt(0),
    });
    expect(decision.evidence.assignment).toMatchObject({ rule: 'A2' });
    expect(decision.verdict).toMatchObject({ outcome: 'created', visibility: 'internal' });
    expect(changes.map(({ kind }) => kind)).toEqual(['created']);
    expect(decision.effects.turns).toMatchObject([{ agentId: ana.id, groupId: support.id }]);
    const byRui = callOf(started, { ...answered, agent: { email: 'RUI@acme.example' } });
    expect(openingOf(decided(byRui)).state.assigneeId).toBe(rui.id);
  });

  it('47 is the last agent’s after a blind transfer, and not who was only asked', () => {
    const given = aCallFact('transferred', 30, { legId: 'l-1', transfer: { kind: 'blind' } });
    const taken = aCallFact('answered', 35, { legId: 'l-2', agent: { extension: '202' }, answeredBy: 'agent' });
    const held = aCallFact('held', 20, { legId: 'l-1' });
    expect(openingOf(decided(callOf(started, answered, given, taken, ended))).state.assigneeId).toBe(rui.id);
    expect(openingOf(decided(callOf(started, answered, held, taken, ended))).state.assigneeId).toBe(ana.id);
  });

  it.each([
    ['nobody knows', { extension: '999' }],
    ['is in another group', { extension: '203' }],
  ])('by somebody whom %s goes where every case goes', (_, agent) => {
    const decision = decided(callOf(started, { ...answered, agent }));
    expect(openingOf(decision).state).toMatchObject({ category: 'new', assigneeId: null });
    expect(decision.evidence.assignment).toMatchObject({ rule: 'A7' });
  });

  it('by an agent who left, or whose extension two have, is nobody’s', () => {
    const gone = { ...ana, active: false };
    const twin = { ...rui, extensions: ['201'] };
    expect(openingOf(decided(talked, { agents: [gone, rui] })).state.assigneeId).toBeNull();
    expect(openingOf(decided(talked, { agents: [ana, twin] })).state.assigneeId).toBeNull();
  });

  it('that belongs to a new case makes it the agent’s, and leaves other cases their own', () => {
    const about = callOf({ ...started, context: { caseNumber: '7' } }, answered);
    const at = (target: CaseState) => joined(about, target, { numbers: { '7': target.id } });
    const fresh = at(aCase({ category: 'new', assigneeId: null }));
    const state = { category: 'open', assigneeId: ana.id, interactionCount: 2 };
    expect(fresh).toMatchObject({ outcome: 'attached', kind: 'assigned', visibility: 'internal', state });
    expect(at(aCase({ category: 'pending', assigneeId: rui.id })).state).toMatchObject({
      category: 'open',
      assigneeId: rui.id,
    });
    expect(at(aResolvedCase({ assigneeId: rui.id }))).toMatchObject({
      outcome: 'reopened',
      kind: 'reopened',
      actor: { kind: 'system' },
      state: { category: 'open', assigneeId: rui.id },
    });
    const closed = aClosedCase({});
    expect(decided(about, { cases: [closed], numbers: { '7': closed.id } }).verdict).toMatchObject({
      outcome: 'followed_up',
      relation: { kind: 'follow_up', caseId: closed.id },
    });
  });
});

describe('a call that nobody took', () => {
  it.each([
    ['missed', aCallFact('ended', 41, { end: { reason: 'no_answer' } }), 'Missed call from'],
    ['abandoned', aCallFact('ended', 41, { end: { by: 'caller' } }), 'Abandoned call from'],
  ])('because it was %s: a new case that says so', (_, end, words) => {
    const { state } = openingOf(decided(callOf(started, ringing, end)));
    expect(state).toMatchObject({
      category: 'new',
      assigneeId: null,
      subject: `${words} ${SPELLED}, 2 Mar 2026 10:15`,
    });
    expect(state.description).toContain('Waited: 41 s');
  });

  it.each([
    ['auto_create_off', callOf(started, ended), { account: { autoCreate: new Set(['email']) } }],
    ['blocked_call', callOf(started, aCallFact('ended', 9, { end: { reason: 'blocked' } })), {}],
    ['too_old', callOf(aCallFact('ended', 0, { origin: { receivedAt: instantAt(31 * 24 * 3600) } })), {}],
    ['internal_call', callOf(aCallFact('started', 0, { direction: 'internal' }), answered), {}],
    ['test', callOf({ ...started, context: { test: true } }, ended), {}],
    ['outbound', callOf(dialled, ended), {}],
  ])('is recorded because of %s', (because, call, parts) => {
    expect(decided(call, parts)).toMatchObject({ verdict: { outcome: 'recorded', because }, effects: { cases: [] } });
  });

  it('53 from a withheld number is nobody’s: a contact of its own', () => {
    const hidden = callOf({ ...started, from: { raw: 'anonymous', presentation: 'withheld' } }, ended);
    const { state, contact } = openingOf(decided(hidden));
    expect(state).toMatchObject({
      subject: 'Abandoned call from withheld number, 2 Mar 2026 10:15',
      requesterMatch: { method: 'R7', confidence: 'anonymous' },
      supplied: { phone: null },
    });
    expect(contact).toMatchObject({ kind: 'anonymous', identity: null });
  });
});

describe('a call of ours', () => {
  const taken = callOf(dialled, answered);
  it('51 outbound dialled from a case: attached, and the agent is who moved it', () => {
    const call = callOf(dialledFrom('7'), answered);
    const at = (target: CaseState) => joined(call, target, { numbers: { '7': target.id } });
    const actor = { kind: 'agent', id: ana.id };
    expect(at(aCase({ category: 'open', assigneeId: rui.id }))).toMatchObject({ outcome: 'attached', actor });
    expect(at(aCase({ category: 'pending', assigneeId: rui.id }))).toMatchObject({ kind: 'status_changed', actor });
    const reopened = at(aResolvedCase({ assigneeId: rui.id }));
    expect(reopened).toMatchObject({ outcome: 'reopened', actor, state: { lastAgentAt: instantAt(0) } });
  });

  it('51 dialled from a closed case makes a follow-up, from one in the trash a related case', () => {
    const call = callOf(dialledFrom('7'), answered);
    for (const [target, outcome] of [
      [aClosedCase({}), 'followed_up'],
      [aCase({ deletedAt: instantAt(-9) }), 'created'],
    ] as const) {
      const { verdict } = decided(call, { cases: [target], numbers: { '7': target.id } });
      expect(verdict).toMatchObject({ outcome, relation: { caseId: target.id } });
    }
  });

  it('that was taken opens a case for whom we called, by the agent who called', () => {
    const { state, contact } = openingOf(decided(taken));
    expect(state).toMatchObject({
      subject: `Call to ${SPELLED}, 2 Mar 2026 10:15`,
      source: 'call_outbound',
      assigneeId: ana.id,
      requester: { kind: 'contact', id: contact?.id },
      submitter: { kind: 'agent', id: ana.id },
      supplied: { phone: CALLER },
      participants: [],
      lastRequesterAt: null,
      lastAgentAt: instantAt(0),
    });
    expect(contact).toMatchObject({ identity: { kind: 'phone', value: CALLER } });
  });

  it('F21 that nobody took shows in its case and changes nothing', () => {
    const target = aResolvedCase({});
    const call = callOf(dialledFrom('7'), ended);
    expect(joined(call, target, { numbers: { '7': target.id } })).toMatchObject({
      outcome: 'attached',
      kind: 'interaction_attached',
      state: { category: 'resolved', interactionCount: 2, lastAgentAt: target.lastAgentAt },
    });
  });
});
