import { describe, expect, it } from '@jest/globals';
import {
  aBareCommand,
  aCase,
  aClosedCase,
  aGroup,
  aMember,
  aMoment,
  ANA,
  aResolution,
  aResolvedCase,
  aSnapshot,
  BEN,
  anOwnedCase as owned,
  SUPPORT_TEAM,
  TEAM,
} from '#libs/testing';
import {
  advance,
  type CaseState,
  caseEventId,
  type CaseCommand,
  consequencesOf,
  decideCommand,
  type Effects,
  type NeedsMore,
  problemCascade,
} from '../index.js';

const SALES = aGroup({ name: 'Sales', members: [aMember(BEN)] });
const problem = owned({ type: 'problem' });
const one = (overrides: Partial<CaseState> = {}): CaseState =>
  aCase({ type: 'incident', problemId: problem.id, ...overrides });

/** What a command about the problem comes to with what follows from it. */
function followed(
  command: CaseCommand,
  cases: readonly CaseState[],
  complete?: readonly string[],
): Effects | NeedsMore {
  const groups = [SUPPORT_TEAM, SALES];
  const snapshot = aSnapshot({ agents: TEAM, groups, cases: [problem, ...cases], complete });
  const decided = decideCommand(command, snapshot, aMoment());
  if ('code' in decided) {
    throw new Error(decided.code);
  }
  advance(snapshot, decided.effects);
  return consequencesOf(decided.effects, snapshot, aMoment(), [problemCascade]);
}

function incidentsAfter(command: CaseCommand, ...cases: CaseState[]): readonly CaseState[] {
  const effects = followed(command, cases);
  return 'needs' in effects ? [] : effects.cases.slice(1).map(({ state }) => state);
}

describe('a problem that is resolved', () => {
  it('24 resolves its incidents of every category, in its words and at its instant', () => {
    const work = (['open', 'pending', 'on_hold'] as const).map((category) => one({ category, assigneeId: BEN.id }));
    const after = incidentsAfter(aResolution(problem.id), one(), ...work);
    expect(after).toHaveLength(4);
    for (const state of after) {
      expect(state).toMatchObject({
        category: 'resolved',
        resolution: 'Sent a new kettle.',
        resolutionSource: 'problem_cascade',
        resolvedAt: aMoment().now,
      });
    }
  });

  it('says which event it follows from, and that nobody did it', () => {
    const effects = followed(aResolution(problem.id), [one()]);
    expect('needs' in effects ? null : effects.cases[1]?.change).toMatchObject({
      kind: 'cascade_resolved',
      actor: { kind: 'system' },
      causeEventId: caseEventId(problem.id, problem.version + 1),
    });
  });

  it('gives what nobody had to its own assignee, where she is in the group, and takes nothing from anybody', () => {
    const [theirs, nobodys, elsewhere] = [
      one({ category: 'open', assigneeId: BEN.id }),
      one(),
      one({ groupId: SALES.id }),
    ];
    const after = incidentsAfter(aResolution(problem.id), theirs, nobodys, elsewhere);
    expect(after.map(({ assigneeId }) => assigneeId)).toEqual([BEN.id, ANA.id, null]);
  });

  it('leaves alone what is resolved, closed or in the trash, and the incidents of others', () => {
    const related = { type: 'incident', problemId: problem.id } as const;
    const others = [
      aResolvedCase(related),
      aClosedCase(related),
      one({ deletedAt: '2026-03-01T10:00:00.000Z' }),
      one({ problemId: 'another' }),
    ];
    expect(incidentsAfter(aResolution(problem.id), ...others)).toEqual([]);
  });

  it('needs all of its incidents, and nothing follows from anything else', () => {
    const needed = followed(aResolution(problem.id), [], []);
    expect('needs' in needed ? [...needed.needs.relativesOf] : null).toEqual([problem.id]);
    expect(incidentsAfter(aBareCommand('unassign', problem.id), one())).toEqual([]);
  });
});
