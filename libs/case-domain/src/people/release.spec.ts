import { describe, expect, it } from '@jest/globals';
import { aCase, aGroup, aMember, anAgent, aResolvedCase, aSnapshot, groupIdOf, SUPPORT_ID } from '#libs/testing';
import type { CaseState } from '../index.js';
import { ASSIGNEE_GONE, type Leaving, releaseCase } from './release.js';

const NOW = '2026-03-02T10:00:00.000Z';
const ana = anAgent({ email: 'ana@acme.example' });
const ben = anAgent({ email: 'ben@acme.example' });
const SALES = groupIdOf('Sales');
const actor = { kind: 'app', id: 'client' } as const;
const cause = { actor, interactionId: null, at: NOW, occurredAt: NOW, details: {} };
const GONE: Leaving = { who: 'agent', agentId: ana.id, groupId: null };

const owned = (overrides: Partial<CaseState> = {}): CaseState =>
  aCase({ category: 'open', assigneeId: ana.id, groupId: SUPPORT_ID, ...overrides });

function released(state: CaseState, leaving: Leaving = GONE, strategy: 'manual' | 'round_robin' = 'manual') {
  const members = [aMember(ana), aMember(ben)];
  const groups = [aGroup({ strategy, members }), aGroup({ name: 'Sales', strategy, members: [aMember(ben)] })];
  const { cases, turns } = releaseCase(state, leaving, aSnapshot({ agents: [ana, ben], groups }), cause);
  return { kinds: cases.map(({ change }) => change.kind), after: cases.at(-1)?.state, turns, cases };
}

describe('65 an agent who is not active any more', () => {
  it.each(['open', 'pending', 'on_hold'] as const)('leaves what is %s new, in the same group', (category) => {
    const { kinds, after } = released(owned({ category }));
    expect(kinds).toEqual(['unassigned']);
    expect(after).toMatchObject({ category: 'new', assigneeId: null, groupId: SUPPORT_ID, autoAssign: true });
  });

  it('is followed by whom the group chooses, which has its own event and takes up a turn', () => {
    const { kinds, after, turns } = released(owned(), GONE, 'round_robin');
    expect(kinds).toEqual(['unassigned', 'assigned']);
    expect(after).toMatchObject({ category: 'open', assigneeId: ben.id, version: owned().version + 2 });
    expect(turns).toMatchObject([{ agentId: ben.id, groupId: SUPPORT_ID }]);
  });

  it('keeps a task, which is flagged, once, and what is resolved', () => {
    const task = owned({ type: 'task', dueOn: '2026-03-09', dueAt: '2026-03-09T12:00:00.000Z', dueTimeZone: 'UTC' });
    const { kinds, after } = released(task, GONE, 'round_robin');
    expect(kinds).toEqual(['tags_changed']);
    expect(after).toMatchObject({ assigneeId: ana.id, category: 'open', tags: [ASSIGNEE_GONE] });
    expect(released(aResolvedCase({ assigneeId: ana.id })).kinds).toEqual([]);
  });

  it('leaves alone what is somebody else’s, closed or in the trash', () => {
    expect(released(owned({ assigneeId: ben.id })).kinds).toEqual([]);
    expect(released(owned({ deletedAt: NOW })).kinds).toEqual([]);
    const member: Leaving = { who: 'agent', agentId: ana.id, groupId: SALES };
    expect(released(owned(), member).kinds).toEqual([]);
  });
});

describe('a group that is not used any more', () => {
  const leaving: Leaving = { who: 'group', groupId: SUPPORT_ID, toGroupId: SALES };

  it('gives its cases to the one that takes over; who is a member there keeps them', () => {
    expect(released(owned({ assigneeId: ben.id }), leaving)).toMatchObject({
      kinds: ['group_changed'],
      after: { groupId: SALES, assigneeId: ben.id, category: 'open' },
    });
    expect(released(owned(), leaving)).toMatchObject({
      kinds: ['unassigned'],
      after: { groupId: SALES, assigneeId: null, category: 'new' },
    });
  });

  it('and a case that nobody has is given to somebody, unless somebody wanted it to be nobody’s', () => {
    const nobodys = owned({ category: 'new', assigneeId: null });
    expect(released(nobodys, leaving, 'round_robin').kinds).toEqual(['group_changed', 'assigned']);
    expect(released({ ...nobodys, autoAssign: false }, leaving, 'round_robin').kinds).toEqual(['group_changed']);
  });
});
