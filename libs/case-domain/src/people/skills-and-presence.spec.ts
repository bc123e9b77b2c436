import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aGroup, aMember, aMoment, anAgent, anInteraction, aSnapshot, openingOf } from '#libs/testing';
import {
  advance,
  type AssignmentStrategy,
  decideInteraction,
  type Group,
  type Member,
  type Snapshot,
} from '../index.js';

const NOW = '2026-03-02T10:00:00.000Z';
const agents = ['ana', 'ben', 'cas']
  .map((name) => anAgent({ email: `${name}@acme.example` }))
  .sort((left, right) => (left.id < right.id ? -1 : 1));
const [first, second, third] = agents as [(typeof agents)[0], (typeof agents)[0], (typeof agents)[0]];
const FRENCH = { key: 'french', minLevel: 4, weight: 1 };
const LAMPS = { key: 'lamps', minLevel: 1, weight: 3 };

function team(strategy: AssignmentStrategy, members: readonly Partial<Member>[], group: Partial<Group> = {}): Snapshot {
  const all = members.map((member, index) => aMember(agents[index]!, member));
  return aSnapshot({ agents, groups: [aGroup({ strategy, members: all, ...group })] });
}

function assign(snapshot: Snapshot) {
  const decision = decideInteraction(anInteraction(), snapshot, aMoment({ now: NOW }));
  advance(snapshot, decision.effects);
  const { state, evidence } = openingOf(decision);
  return { agentId: state.assigneeId, category: state.category, evidence: evidence.assignment };
}

describe('skills', () => {
  it('choose by the sum of level and weight, then by who has least open', () => {
    const members = [
      { skills: { french: 10, lamps: 1 } },
      { skills: { french: 4, lamps: 5 }, openLoad: 1 },
      { skills: { french: 7, lamps: 4 } },
    ];
    const snapshot = team('skills', members, { requiredSkills: [FRENCH, LAMPS] });
    expect([assign(snapshot), assign(snapshot)].map(({ agentId }) => agentId)).toEqual([third.id, second.id]);
  });

  it('66 leave the case new when nobody has them, with every strategy', () => {
    const strategies = ['round_robin', 'least_open', 'least_open_pct', 'skills'] as const;
    for (const strategy of strategies) {
      const members: Partial<Member>[] = [{ skills: { french: 3 } }, { skills: { lamps: 9 } }, {}];
      expect(assign(team(strategy, members, { requiredSkills: [FRENCH] }))).toMatchObject({
        agentId: null,
        category: 'new',
        evidence: {
          rule: 'A7',
          strategy,
          candidatesCount: 0,
          chosenBecause: 'nobody can take it now (3 without the skills)',
        },
      });
    }
  });
});

describe('presence', () => {
  it('counts for its own kind of work alone', () => {
    const snapshot = team('round_robin', [{ away: ['email'] }, { away: ['voice'] }, { away: ['email', 'voice'] }]);
    expect(assign(snapshot)).toMatchObject({
      agentId: second.id,
      evidence: { candidatesCount: 1, chosenBecause: 'first by round_robin (2 not online)' },
    });
    expect(assign(snapshot).agentId).toBe(second.id);
  });
});

describe('cases that wait', () => {
  it('F5 are not overtaken by one that comes while somebody is free', () => {
    const snapshot = team('round_robin', [{}, {}, {}], { waiting: ['email'] });
    expect(assign(snapshot)).toMatchObject({
      agentId: null,
      evidence: { rule: 'A7', candidatesCount: 3, chosenBecause: 'cases that came before it wait' },
    });
  });

  it('hold up nothing of another kind of work', () => {
    expect(assign(team('round_robin', [{}], { waiting: ['voice'] })).agentId).toBe(first.id);
  });

  it('63 of one batch go one after the other: once one waits, all that follow do', () => {
    const member = fc.record({ openLoad: fc.nat(3), capacity: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 3 }), (members) => {
        const snapshot = team('least_open', members);
        const taken = Array.from({ length: 10 }, () => assign(snapshot).agentId !== null);
        expect(taken.lastIndexOf(true)).toBeLessThan(taken.indexOf(false));
      }),
    );
  });
});
