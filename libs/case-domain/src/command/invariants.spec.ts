import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  aBareCommand,
  aCreation,
  aMerge,
  aMoment,
  anAssignment,
  anUpdate,
  aReopening,
  aResolution,
  aSnapshot,
  byId,
  onBehalfOf,
  TEAM as AGENTS,
  ANA,
  SUPPORT_TEAM as SUPPORT,
  SALES_TEAM,
  LAB,
  STEP_FIELDS,
  OLD_STATUS,
  type WishStep,
  type CommandStep,
  commandStep,
} from '#libs/testing';
import {
  advance,
  applyChange,
  type CaseChange,
  type CaseCommand,
  type CaseState,
  type CaseWish,
  type Changed,
  closeDue,
  consequencesOf,
  decideCommand,
  effectsOf,
  fold,
  mayMove,
  problemCascade,
  type Snapshot,
  survivorOf,
} from '../index.js';
import { fitsGroup } from './place.js';

const START = Date.parse('2026-03-02T10:00:00.000Z');
const DAY = 86_400_000;

class World {
  readonly snapshot: Snapshot;
  readonly events = new Map<string, CaseChange[]>();
  readonly complete = new Set<string>();
  done = 0;
  private now = START;

  constructor(incidentRequiresProblem: boolean) {
    const groups = [SUPPORT, SALES_TEAM];
    const statuses = [LAB, OLD_STATUS];
    const account = { incidentRequiresProblem };
    const parts = { agents: AGENTS, groups, statuses, customFields: STEP_FIELDS, account };
    this.snapshot = { ...aSnapshot(parts), complete: this.complete };
  }

  take(one: CommandStep): void {
    this.now += 1000;
    const moment = aMoment({ now: new Date(this.now).toISOString() });
    const state = this.at(one.which);
    if (one.act === 'close') {
      this.now += 6 * DAY;
      const closed = state && closeDue(state, this.snapshot.account, new Date(this.now).toISOString());
      return closed ? this.carryOut([closed]) : undefined;
    }
    const decided = decideCommand(this.commandOf(one, state?.id ?? 'nowhere'), this.snapshot, moment);
    if ('code' in decided || decided.verdict.outcome === 'unchanged') {
      return;
    }
    this.done += 1;
    const before = new Map(this.snapshot.cases);
    advance(this.snapshot, decided.effects);
    const effects = consequencesOf(decided.effects, this.snapshot, moment, [problemCascade]);
    const { cases } = 'needs' in effects ? effectsOf({}) : effects;
    this.record(cases, before);
  }

  private carryOut(cases: readonly Changed[]): void {
    const before = new Map(this.snapshot.cases);
    advance(this.snapshot, effectsOf({ cases }));
    this.record(cases, before);
  }

  private record(cases: readonly Changed[], before: ReadonlyMap<string, CaseState>): void {
    const states = new Map(before);
    for (const { state, change } of cases) {
      const earlier = states.get(state.id) ?? null;
      expect(applyChange(earlier, change)).toEqual(state);
      expect(state.version).toBe((earlier?.version ?? 0) + 1);
      checkMove(earlier, state, change, this.snapshot);
      states.set(state.id, state);
      this.complete.add(state.id);
      this.events.set(state.id, [...(this.events.get(state.id) ?? []), change]);
    }
    this.snapshot.cases.forEach((state) => {
      checkAmongOthers(state, this.snapshot);
      checkEnd(state, this.snapshot);
    });
  }

  private at(which: number): CaseState | undefined {
    const all = [...this.snapshot.cases.values()];
    return all[which % Math.max(all.length, 1)];
  }

  private commandOf({ act, agent, wish: named, asAgent, sources }: CommandStep, caseId: string): CaseCommand {
    const asker = asAgent ? { asker: onBehalfOf(ANA, { admin: true }) } : {};
    switch (act) {
      case 'create':
        return aCreation(this.wishOf(named), asker);
      case 'assign':
        return anAssignment(caseId, agent, asker);
      case 'auto':
        return anAssignment(caseId, 'auto', asker);
      case 'resolve':
        return aResolution(caseId, asker);
      case 'reopen':
        return aReopening(caseId, asker);
      case 'merge':
        return aMerge(
          caseId,
          sources.map((which) => this.at(which)?.id ?? 'nowhere'),
          { ...asker, confirmCrossRequester: true, addParticipants: agent === ANA.id },
        );
      case 'unassign':
      case 'delete':
      case 'restore':
      case 'purge':
        return aBareCommand(act, caseId, asker.asker);
      default:
        return anUpdate(caseId, this.wishOf(named), asker);
    }
  }

  private wishOf({ problem, parent, ...plain }: WishStep): CaseWish {
    const named = (which: number | null) => (which === null ? null : byId(this.at(which)?.id ?? 'nowhere'));
    return {
      ...plain,
      ...(problem === undefined ? {} : { problemId: named(problem) }),
      ...(parent === undefined ? {} : { parentId: named(parent) }),
    };
  }
}

/** What one change may do (I-2, I-4, I-5, I-16). */
function checkMove(before: CaseState | null, after: CaseState, change: CaseChange, snapshot: Snapshot): void {
  const moved = new Set<string>(change.changes.map(({ field }) => field));
  if (after.assigneeId !== null && ['category', 'assigneeId', 'groupId'].some((field) => moved.has(field))) {
    expect(after.category === 'resolved' || fitsGroup(after.assigneeId, after.groupId, snapshot)).toBe(true);
  }
  if (moved.has('statusId')) {
    expect(snapshot.statuses.get(after.statusId)).toMatchObject({ active: true, category: after.category });
  }
  if (before !== null && (before.closedAt !== null || before.deletedAt !== null)) {
    const free = [
      'deletedAt',
      'version',
      'updatedAt',
      ...(before.closedAt === null ? ['type', 'problemId', 'parentId'] : []),
    ];
    expect([...moved].filter((field) => !free.includes(field))).toEqual([]);
  }
  const closes = moved.has('closedAt') && before !== null;
  expect(closes && !mayMove(before.closedAt === null ? before.category : 'closed', 'closed', change.actor.kind)).toBe(
    false,
  );
  checkAlone(after);
}

/** I-1, I-3, I-4, I-6, I-7, I-10, as far as one case shows them. */
function checkAlone(state: CaseState): void {
  const settled = state.category === 'resolved';
  expect(settled || (state.category === 'new') === (state.assigneeId === null)).toBe(true);
  expect(settled).toBe(state.resolvedAt !== null);
  expect(!settled || (state.resolution ?? '').trim() !== '').toBe(true);
  const byItself = state.resolutionSource === 'problem_cascade' || state.resolutionSource === 'merge';
  expect(!settled || state.assigneeId !== null || byItself).toBe(true);
  expect(state.closedAt === null || settled).toBe(true);
  const due = [state.dueOn, state.dueAt, state.dueTimeZone].map((part) => part !== null);
  expect(due).toEqual(due.map(() => state.type === 'task'));
  expect(state.type !== 'task' || state.assigneeId !== null).toBe(true);
  expect(state.problemId === null || state.type === 'incident').toBe(true);
  expect(state.requester.id).not.toBe('');
}

/** I-18: whatever was merged goes on in a case that was not, unless that was purged since. */
function checkEnd(state: CaseState, snapshot: Snapshot): void {
  if (state.mergedIntoId === null) {
    return;
  }
  const end = survivorOf(state.id, snapshot);
  expect(state.closedReason).toBe('merged');
  expect(end?.mergedIntoId === null || snapshot.purged.has(end?.mergedIntoId ?? '')).toBe(true);
}

/** I-7, I-8 and I-17: what lives keeps to its relatives. */
function checkAmongOthers(state: CaseState, { cases, account }: Snapshot): void {
  if (state.closedAt !== null || state.deletedAt !== null) {
    return;
  }
  if (state.type === 'incident' && (account.incidentRequiresProblem || state.problemId !== null)) {
    expect(cases.get(state.problemId ?? '')).toMatchObject({ type: 'problem', deletedAt: null });
    expect(state.problemId).not.toBe(state.id);
  }
  if (state.parentId !== null) {
    expect(cases.get(state.parentId)).toMatchObject({ parentId: null, deletedAt: null });
  }
}

describe('whatever is commanded in whatever order', () => {
  it('77, I-1 to I-8, I-12, I-16 and I-17 hold, and the events of each case fold to the case', () => {
    let done = 0;
    fc.assert(
      fc.property(fc.boolean(), fc.array(commandStep, { maxLength: 40, size: 'max' }), (requires, steps) => {
        const world = new World(requires);
        steps.forEach((one) => world.take(one));
        done += world.done;
        for (const [caseId, changes] of world.events) {
          const state = world.snapshot.cases.get(caseId);
          if (state !== undefined) {
            expect(fold(changes)).toEqual(state);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(done).toBeGreaterThan(500);
  });
});
