import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  aGroup,
  aMember,
  aMoment,
  anAgent,
  anInteraction,
  aResolvedCase,
  aSnapshot,
  contactOf,
  openingOf,
  SUPPORT_ID,
} from '#libs/testing';
import { advance, decideInteraction, type AssignmentStrategy, type Member, type Snapshot } from '../index.js';

const NOW = '2026-03-02T10:00:00.000Z';
const agents = ['ana', 'ben', 'cas'].map((name) => anAgent({ email: `${name}@acme.example` })).sort(byId);
const [first, second, third] = agents as [(typeof agents)[0], (typeof agents)[0], (typeof agents)[0]];

function byId(left: { id: string }, right: { id: string }): number {
  return left.id < right.id ? -1 : 1;
}

function team(strategy: AssignmentStrategy, members: readonly Partial<Member>[] = [{}, {}, {}]): Snapshot {
  const all = members.map((member, index) => aMember(agents[index]!, member));
  return aSnapshot({ agents, groups: [aGroup({ strategy, members: all })] });
}

function assign(snapshot: Snapshot) {
  const decision = decideInteraction(anInteraction(), snapshot, aMoment({ now: NOW }));
  advance(snapshot, decision.effects);
  const { state, evidence, turn } = openingOf(decision);
  return { agentId: state.assigneeId, evidence: evidence.assignment, turn };
}

describe('a group’s strategy', () => {
  it('61 round robin gives 300 cases of one instant to 3 agents, 100 each', () => {
    const snapshot = team('round_robin');
    const turns = Array.from({ length: 300 }, () => assign(snapshot).agentId);
    for (const { id } of agents) {
      expect(turns.filter((agentId) => agentId === id)).toHaveLength(100);
    }
  });

  it('round robin begins with those who never had a turn, then the longest without one', () => {
    const snapshot = team('round_robin', [{ lastAssignedAt: NOW }, {}, { lastAssignedAt: '2026-03-01T00:00:00.000Z' }]);
    expect([1, 2, 3].map(() => assign(snapshot).agentId)).toEqual([second.id, third.id, first.id]);
  });

  it('62 least open breaks ties by the oldest turn, then by id', () => {
    const snapshot = team('least_open', [{ openLoad: 2 }, { openLoad: 1, lastAssignedAt: NOW }, { openLoad: 1 }]);
    expect(assign(snapshot)).toMatchObject({ agentId: third.id, evidence: { rule: 'A6', candidatesCount: 3 } });
    expect(assign(snapshot).agentId).toBe(second.id);
    expect(assign(team('least_open')).agentId).toBe(first.id);
  });

  it('least open share compares loads with capacities', () => {
    const members = [
      { openLoad: 3, capacity: 4 },
      { openLoad: 4, capacity: 10 },
      { openLoad: 1, capacity: 2 },
    ];
    expect(assign(team('least_open_pct', members)).agentId).toBe(second.id);
  });

  it('63 leaves the case new when all are at capacity, and says why', () => {
    const full = { openLoad: 2, capacity: 2 };
    expect(assign(team('round_robin', [full, full]))).toMatchObject({
      agentId: null,
      evidence: { rule: 'A7', strategy: 'round_robin', candidatesCount: 0 },
    });
  });

  it('manual chooses nobody', () => {
    const evidence = { rule: 'A7', strategy: 'manual', chosenBecause: 'the group assigns by hand' };
    expect(assign(team('manual'))).toMatchObject({ agentId: null, turn: null, evidence });
  });

  it('never goes over a capacity, whatever was open before', () => {
    const member = fc.record({ openLoad: fc.nat(5), capacity: fc.integer({ min: 1, max: 5 }) });
    const strategy = fc.constantFrom('round_robin', 'least_open', 'least_open_pct');
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 3 }), strategy, (members, chosen) => {
        const snapshot = team(chosen, members);
        const room = members.reduce((sum, one) => sum + Math.max(0, one.capacity - one.openLoad), 0);
        const taken = Array.from({ length: room + 2 }, () => assign(snapshot).agentId).filter((id) => id !== null);
        expect(taken).toHaveLength(room);
      }),
    );
  });
});

describe('the last assignee of a requester', () => {
  const key = `${contactOf('carol@example.org')}\n${SUPPORT_ID}`;
  const withSticky = (at: string, parts: Parameters<typeof aSnapshot>[0] = {}) => {
    const groups = [aGroup({ strategy: 'round_robin', members: agents.map((agent) => aMember(agent)) })];
    return aSnapshot({
      agents,
      groups,
      identities: { 'carol@example.org': {} },
      sticky: { [key]: { agentId: third.id, at } },
      ...parts,
    });
  };

  it('64 is asked again within the window and while active, before the strategy', () => {
    expect(assign(withSticky('2026-02-23T10:00:00.000Z'))).toMatchObject({
      agentId: third.id,
      evidence: { rule: 'A5' },
    });
    expect(assign(withSticky('2026-02-23T09:59:59.999Z')).evidence?.rule).toBe('A6');
    const left = agents.map((agent) => (agent.id === third.id ? { ...agent, active: false } : agent));
    expect(assign(withSticky(NOW, { agents: left })).agentId).toBe(first.id);
    expect(assign(withSticky(NOW, { account: { stickyDays: 0 } })).evidence?.rule).toBe('A6');
  });
});

describe('loads', () => {
  it('follow a case that reopens', () => {
    const snapshot = team('least_open');
    const state = aResolvedCase({ assigneeId: second.id });
    snapshot.cases.set(state.id, state);
    snapshot.threads.set('message_id\n<root@x>', { caseId: state.id, interactionId: 'i' });
    const reply = anInteraction({ references: [{ kind: 'message_id', value: '<root@x>', via: 'in_reply_to' }] });
    advance(snapshot, decideInteraction(reply, snapshot, aMoment({ now: NOW })).effects);
    const loads = snapshot.groups.get(SUPPORT_ID)?.members.map((member) => member.openLoad);
    expect(loads).toEqual([0, 1, 0]);
  });
});
