import { describe, expect, it } from '@jest/globals';
import {
  aBareCommand,
  aClosedCase,
  aCreation,
  anUpdate,
  aResolution,
  aResolvedCase,
  byId,
  afterCommand as after,
  ANA,
  faultsOf,
  anOwnedCase as owned,
  refusalOf,
  SUPPORT_TEAM,
} from '#libs/testing';
import type { CaseState, Fault } from '../index.js';

describe('a type that is changed by hand', () => {
  it('21 a task is not unassigned', () => {
    const due = { dueOn: '2026-03-29', dueAt: '2026-03-29T11:00:00.000Z', dueTimeZone: 'Europe/Lisbon' };
    const task = owned({ type: 'task', ...due });
    expect(refusalOf(aBareCommand('unassign', task.id), { cases: [task] }).code).toBe('task-needs-assignee');
    expect(after(anUpdate(task.id, { type: 'question' }), { cases: [task] })).toMatchObject({
      kind: 'type_changed',
      dueOn: null,
      dueAt: null,
      dueTimeZone: null,
    });
    const moved = after(anUpdate(task.id, { dueOn: '2026-01-01' }), { cases: [task] });
    expect(moved).toMatchObject({ kind: 'task_due_changed', dueAt: '2026-01-01T12:00:00.000Z' });
  });

  it('18 a task has its day and somebody to do it', () => {
    const group = byId(SUPPORT_TEAM.id);
    const both = ['/assignee_id assignee-required', '/due_on due-date-required'];
    expect(faultsOf(aCreation({ type: 'task', groupId: group, assigneeId: null })).sort()).toEqual(both);
    const state = owned();
    expect(faultsOf(anUpdate(state.id, { type: 'task' }), { cases: [state] })).toEqual(['/due_on due-date-required']);
  });

  it('19 a day without a noon is refused', () => {
    const wish = { type: 'task', dueOn: '2011-12-30', assigneeId: byId(ANA.id) } as const;
    expect(faultsOf(aCreation(wish), { account: { timeZone: 'Pacific/Apia' } })).toEqual([
      '/due_on due-date-not-in-zone',
    ]);
  });

  it('22 an incident belongs to a problem, unless the account does without', () => {
    const state = owned();
    const incident = anUpdate(state.id, { type: 'incident' });
    expect(faultsOf(incident, { cases: [state] })).toEqual(['/problem_id problem-required']);
    const account = { incidentRequiresProblem: false };
    expect(after(incident, { cases: [state], account })).toMatchObject({ type: 'incident', problemId: null });
    const problem = owned({ type: 'problem' });
    const linked = anUpdate(state.id, { type: 'incident', problemId: byId(problem.id) });
    expect(after(linked, { cases: [state, problem] })).toMatchObject({ kind: 'type_changed', problemId: problem.id });
    const own = owned({ type: 'incident', problemId: problem.id });
    const parts = { cases: [own, problem] };
    expect(faultsOf(anUpdate(own.id, { type: 'question' }), parts)).toEqual(['/problem_id problem-not-allowed']);
    expect(faultsOf(anUpdate(own.id, { problemId: null }), parts)).toEqual(['/problem_id problem-required']);
    expect(after(anUpdate(own.id, { type: null, problemId: null }), parts)).toMatchObject({
      type: null,
      problemId: null,
    });
  });

  it('23 only a live, unresolved problem of the account takes incidents', () => {
    const state = owned();
    const refused = (problem: CaseState): string => {
      const command = anUpdate(state.id, { type: 'incident', problemId: byId(problem.id) });
      const { code, faults } = refusalOf(command, { cases: [state, problem] });
      return faults.map((fault: Fault) => fault.code).join() || code;
    };
    expect(refused(owned())).toBe('not-a-problem');
    expect(refused(state)).toBe('not-a-problem');
    const itself = owned({ type: 'problem' });
    const selfish = anUpdate(itself.id, { type: 'incident', problemId: byId(itself.id) });
    expect(faultsOf(selfish, { cases: [itself] })).toEqual(['/problem_id not-a-problem']);
    expect(refused(owned({ type: 'problem', deletedAt: '2026-03-02T09:00:00.000Z' }))).toBe('not-a-problem');
    expect(refused(aClosedCase({ type: 'problem' }))).toBe('problem-already-resolved');
    expect(refused(aResolvedCase({ type: 'problem' }))).toBe('problem-already-resolved');
    const elsewhere = anUpdate(state.id, { type: 'incident', problemId: byId('of another account') });
    expect(faultsOf(elsewhere, { cases: [state] })).toContain('/problem_id unknown-case');
    const full = owned({ type: 'problem' });
    const command = anUpdate(state.id, { type: 'incident', problemId: byId(full.id) });
    const parts = { cases: [state, full], incidentCounts: { [full.id]: 5000 } };
    expect(refusalOf(command, parts).code).toBe('limit-reached');
  });

  it('29 a problem with live incidents stays one', () => {
    const problem = owned({ type: 'problem' });
    const incident = owned({ type: 'incident', problemId: problem.id });
    const command = anUpdate(problem.id, { type: null });
    expect(refusalOf(command, { cases: [problem, incident] }).code).toBe('problem-has-incidents');
    const closed = aClosedCase({ type: 'incident', problemId: problem.id });
    expect(after(command, { cases: [problem, closed] }).type).toBeNull();
  });

  it('a parent is no subcase and lives, and is not resolved before its subcases', () => {
    const [state, parent] = [owned(), owned()];
    const under = (other: CaseState) => anUpdate(state.id, { parentId: byId(other.id) });
    expect(after(under(parent), { cases: [state, parent] })).toMatchObject({
      kind: 'parent_changed',
      parentId: parent.id,
    });
    const child = owned({ parentId: parent.id });
    for (const [other, cases] of [
      [state, []],
      [aClosedCase(), []],
      [child, [parent]],
      [parent, [owned({ parentId: state.id })]],
      [parent, [owned({ parentId: state.id, deletedAt: '2026-09-01T00:00:00.000Z' })]],
    ] as const) {
      expect(faultsOf(under(other), { cases: [state, other, ...cases] })).toEqual(['/parent_id parent-not-allowed']);
    }
    expect(refusalOf(aResolution(parent.id), { cases: [parent, child] }).code).toBe('subcases-unresolved');
    const done = aResolvedCase({ parentId: parent.id });
    expect(after(aResolution(parent.id), { cases: [parent, done] }).category).toBe('resolved');
  });
});
