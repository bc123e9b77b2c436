import { describe, expect, it } from '@jest/globals';
import { aCase, aGroup, aMember, anAgent, aSnapshot, contactOf, SUPPORT_ID } from '#libs/testing';
import type { Snapshot } from '../index.js';
import { type AssignmentQuestion, chooseAssignee, keptAssignee, stickyContact } from './assignee.js';

const NOW = '2026-03-02T10:00:00.000Z';
const CAROL = contactOf('carol@example.org');
const [ana, ben, cas, dee] = ['ana', 'ben', 'cas', 'dee'].map((name) => anAgent({ email: `${name}@acme.example` })) as [
  ReturnType<typeof anAgent>,
  ReturnType<typeof anAgent>,
  ReturnType<typeof anAgent>,
  ReturnType<typeof anAgent>,
];
const agents = [ana, ben, cas, dee];

/** Ben looked after Carol last; Cas is the first by round robin. */
function support(overrides: Parameters<typeof aGroup>[0] = {}): Snapshot {
  const members = [ana, ben, dee].map((agent) => aMember(agent, { lastAssignedAt: NOW }));
  return aSnapshot({
    agents,
    groups: [aGroup({ strategy: 'round_robin', members: [...members, aMember(cas)], ...overrides })],
    sticky: { [`${CAROL}\n${SUPPORT_ID}`]: { agentId: ben.id, at: '2026-03-01T10:00:00.000Z' } },
  });
}

const question = (overrides: Partial<AssignmentQuestion> = {}): AssignmentQuestion => ({
  groupId: SUPPORT_ID,
  contactId: CAROL,
  answeredBy: null,
  channel: 'email',
  now: NOW,
  ...overrides,
});

describe('59 the order of assignment: each beats the next', () => {
  it('A1 leaves the case to the agent who wants it, though another one talked with the customer', () => {
    const { agentId, evidence } = chooseAssignee(question({ wantedBy: dee.id, answeredBy: ana.id }), support());
    expect([agentId, evidence.chosenBecause]).toEqual([null, 'is left to the agent who wants it in the call bar']);
  });

  it('A2 gives it to who talked with the customer, though another one looked after her last', () => {
    expect(chooseAssignee(question({ answeredBy: ana.id }), support())).toMatchObject({
      agentId: ana.id,
      evidence: { rule: 'A2' },
    });
  });

  it('A2 asks neither for room nor for presence; A5 asks for room', () => {
    const full = { openLoad: 1, capacity: 1, away: ['email', 'voice'] as const };
    const busy = support({ members: [aMember(ana, full), aMember(ben, full), aMember(cas)] });
    expect(chooseAssignee(question({ answeredBy: ana.id }), busy).agentId).toBe(ana.id);
    expect(chooseAssignee(question(), busy)).toMatchObject({ agentId: cas.id, evidence: { rule: 'A6' } });
  });

  it('A3 is asked first where the case has somebody', () => {
    const state = aCase({ assigneeId: dee.id, groupId: SUPPORT_ID, category: 'open' });
    expect(keptAssignee(state, support())).toBe(dee.id);
    expect(keptAssignee({ ...state, assigneeId: anAgent({ email: 'x@acme.example' }).id }, support())).toBeNull();
  });

  it('A5 goes before the strategy, A6 chooses, and A7 leaves it new', () => {
    expect(chooseAssignee(question(), support())).toMatchObject({ agentId: ben.id, evidence: { rule: 'A5' } });
    expect(chooseAssignee(question({ contactId: null }), support())).toMatchObject({
      agentId: cas.id,
      evidence: { rule: 'A6', strategy: 'round_robin', candidatesCount: 4 },
    });
    expect(chooseAssignee(question({ contactId: null }), support({ members: [] }))).toMatchObject({
      agentId: null,
      turn: null,
      evidence: { rule: 'A7' },
    });
  });
});

describe('64 whoever looked after a requester', () => {
  it('is not asked for anonymous callers and shared lines', () => {
    const requester = { kind: 'contact', id: CAROL } as const;
    expect(stickyContact(requester, 'weak')).toBe(CAROL);
    expect(stickyContact(requester, 'anonymous')).toBeNull();
    expect(stickyContact(requester, 'ambiguous')).toBeNull();
  });

  it('does not get back what was taken from her', () => {
    expect(chooseAssignee(question({ without: ben.id }), support()).agentId).toBe(cas.id);
    expect(chooseAssignee(question({ without: cas.id, contactId: null }), support()).agentId).not.toBe(cas.id);
  });

  it('is left to the cases that wait, when she can take one of them', () => {
    const waiting = support({ waiting: ['email'] });
    expect(chooseAssignee(question(), waiting).evidence.chosenBecause).toBe('cases that came before it wait');
    // A group that gives nothing away by itself has nobody waiting for her.
    expect(chooseAssignee(question(), support({ waiting: ['email'], strategy: 'manual' })).agentId).toBe(ben.id);
    expect(chooseAssignee(question({ hasWaited: true }), waiting).agentId).toBe(ben.id);
  });
});
