import { describe, expect, it } from '@jest/globals';
import { aCase, aGroup, aMember, anAgent, aSnapshot, SUPPORT_ID } from '#libs/testing';
import { wakesOf, waitingDue } from './waiting.js';

const NOW = '2026-03-02T10:00:00.000Z';
const ana = anAgent({ email: 'ana@acme.example' });
const waiting = aCase({ groupId: SUPPORT_ID });
const support = (member = {}) =>
  aSnapshot({
    agents: [ana],
    cases: [waiting],
    groups: [aGroup({ strategy: 'round_robin', members: [aMember(ana, member)], waiting: ['email'] })],
  });

describe('63 a case that waits', () => {
  it('is given to who can take it, by the timer, with the reason', () => {
    const { verdict, effects } = waitingDue({ caseId: waiting.id }, support(), NOW);
    expect(verdict).toEqual({ outcome: 'assigned', caseId: waiting.id });
    expect(effects.cases).toMatchObject([
      {
        state: { category: 'open', assigneeId: ana.id },
        change: { kind: 'assigned', actor: { kind: 'automation' }, details: { assignment: { rule: 'A6' } } },
      },
    ]);
    expect(effects.turns).toHaveLength(1);
  });

  it.each([
    ['nobody is free', support({ openLoad: 2, capacity: 2 }), waiting],
    ['somebody wanted it to be nobody’s', support(), { ...waiting, autoAssign: false }],
    ['somebody has it by now', support(), { ...waiting, category: 'open', assigneeId: ana.id }],
    ['it is in the trash', support(), { ...waiting, deletedAt: NOW }],
  ] as const)('is left where it is when %s', (_, snapshot, state) => {
    snapshot.cases.set(state.id, state);
    expect(waitingDue({ caseId: state.id }, snapshot, NOW).verdict.outcome).toBe('not_due');
  });
});

describe('those who give away what waits', () => {
  const owned = aCase({ category: 'open', assigneeId: ana.id, groupId: SUPPORT_ID });
  const setup = support();
  const said = (...passage: Parameters<typeof wakesOf>[0][number]) => wakesOf([passage], setup);

  it.each([
    ['pending', { category: 'pending' }],
    ['resolved', { category: 'resolved', resolvedAt: NOW }],
    ['somebody else’s', { assigneeId: 'b' }],
    ['in the trash', { deletedAt: NOW }],
  ] as const)('are told that an agent has room when a case is %s', (_, change) => {
    expect(said(owned, { ...owned, ...change }).agentIds).toEqual([ana.id]);
  });

  it('are told that a case begins to wait, and not that it goes on', () => {
    expect(said(null, waiting).groupIds).toEqual([SUPPORT_ID]);
    expect(said(owned, waiting)).toEqual({ agentIds: [ana.id], groupIds: [SUPPORT_ID] });
    expect(said(waiting, { ...waiting, subject: 'Kettle' })).toEqual({ agentIds: [], groupIds: [] });
    expect(said(waiting, { ...waiting, groupId: 'unknown' }).groupIds).toEqual([]);
  });

  it('are told of an agent who is gone and has a case again', () => {
    const gone = { ...setup, agentsById: new Map([[ana.id, { ...ana, active: false }]]) };
    expect(wakesOf([[{ ...owned, deletedAt: NOW }, owned]], gone).agentIds).toEqual([ana.id]);
  });
});
