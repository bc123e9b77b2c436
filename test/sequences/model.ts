import type { AgentName, GroupName, Step, TypeName } from './steps.js';

/** As much of a case as the rules go by. */
export interface Modelled {
  readonly id: string;
  readonly category: 'new' | 'open' | 'pending' | 'on_hold' | 'resolved';
  readonly isLab: boolean;
  readonly isClosed: boolean;
  /** Which trashing it went with; null while it is not in the trash. */
  readonly trashed: number | null;
  readonly assignee: AgentName | null;
  readonly group: GroupName;
  readonly auto: boolean;
  readonly version: number;
  readonly resolution: string | null;
  readonly reopenCount: number;
  readonly type: TypeName;
  readonly problem: string | null;
  readonly parent: string | null;
  readonly priority: string | null;
  readonly tags: readonly string[];
  readonly isFollowed: boolean;
  readonly comments: number;
  /** Ids of cases that somebody related with it. */
  readonly related: readonly string[];
  readonly isExcluded: boolean;
}

export type Cases = ReadonlyMap<string, Modelled>;
/** What a command has to come to: one of the codes, or these cases as they are then; none when nothing changes. */
export type Expected = { readonly refused: readonly string[] } | { readonly changed: readonly Modelled[] };

const MEMBERS: Readonly<Record<GroupName, readonly AgentName[]>> = { Support: ['ana', 'ben'], Sales: ['bo', 'ben'] };
export const isMember = (agent: AgentName, group: GroupName): boolean => MEMBERS[group].includes(agent);

const refused = (...codes: string[]): Expected => ({ refused: codes });

/** What is wrong with values, all at once: of one kind it has that kind's name. */
function refusedFor(faults: readonly string[], conflicts: readonly string[]): Expected | null {
  const kinds = [...new Set(faults)];
  if (kinds.length > 0) {
    return refused(kinds.length === 1 ? (kinds[0] ?? '') : 'validation-failed');
  }
  return conflicts.length === 0 ? null : refused(...conflicts);
}

/** What creating has to come to; the id is not known before. */
export function expectedOfCreation(
  step: Extract<Step, { act: 'create' }>,
  cases: Cases,
  other: Modelled | null,
): Expected {
  const group: GroupName = step.assignee === 'bo' ? 'Sales' : 'Support';
  const blank = blankCase(step, group);
  const wish = {
    ...blank,
    problem: step.type === 'incident' ? (other?.id ?? null) : null,
    parent: step.isChild ? (other?.id ?? null) : null,
  };
  const { faults, conflicts } = objectionsTo(null, wish, cases);
  return refusedFor(faults, conflicts) ?? { changed: [wish] };
}

function blankCase({ assignee, type }: { assignee: AgentName | null; type: TypeName }, group: GroupName): Modelled {
  return {
    ...{
      id: 'new',
      category: assignee === null ? 'new' : 'open',
      isLab: false,
      isClosed: false,
      trashed: null,
      assignee,
      group,
    },
    ...{ auto: assignee !== null, version: 1, resolution: null, reopenCount: 0, type, problem: null, parent: null },
    ...{ priority: null, tags: [], isFollowed: false, comments: 0, related: [], isExcluded: false },
  };
}

/** What the rules about the finished case say, before it is written. */
export function objectionsTo(before: Modelled | null, after: Modelled, cases: Cases) {
  const faults: string[] = [];
  const conflicts: string[] = [];
  const isResolving = after.category === 'resolved' && before?.category !== 'resolved';
  const isMoved =
    after.assignee !== before?.assignee ||
    after.group !== before?.group ||
    (after.category !== before?.category && after.category !== 'resolved');
  if (after.category !== 'new' && after.category !== 'resolved' && after.assignee === null) {
    faults.push('assignee-required');
  }
  if (isResolving && after.assignee === null) {
    faults.push('assignee-required');
  }
  if (after.assignee !== null && isMoved && !isMember(after.assignee, after.group)) {
    faults.push('assignee-not-in-group');
  }
  if (isResolving && childrenOf(after.id, cases).some(({ category }) => category !== 'resolved')) {
    conflicts.push('subcases-unresolved');
  }
  if (after.type === 'task' && after.assignee === null) {
    (before?.type === 'task' ? conflicts : faults).push(
      before?.type === 'task' ? 'task-needs-assignee' : 'assignee-required',
    );
  }
  if (before?.type === 'problem' && after.type !== 'problem' && incidentsOf(after.id, cases).length > 0) {
    conflicts.push('problem-has-incidents');
  }
  objectToRelatives(before, after, cases, { faults, conflicts });
  return { faults, conflicts };
}

type Objections = { readonly faults: string[]; readonly conflicts: string[] };

function objectToRelatives(
  before: Modelled | null,
  after: Modelled,
  cases: Cases,
  { faults, conflicts }: Objections,
): void {
  const problem = after.problem === null ? null : (cases.get(after.problem) ?? null);
  if (after.type === 'incident' && problem === null) {
    faults.push('problem-required');
  }
  if (problem !== null && after.problem !== before?.problem) {
    if (problem.type !== 'problem' || problem.id === after.id || problem.trashed !== null) {
      faults.push('not-a-problem');
    } else if (problem.isClosed || problem.category === 'resolved') {
      conflicts.push('problem-already-resolved');
    }
  }
  const parent = after.parent === null ? null : (cases.get(after.parent) ?? null);
  if (parent !== null && after.parent !== before?.parent) {
    const isUnfit = parent.id === after.id || parent.isClosed || parent.trashed !== null || parent.parent !== null;
    if (isUnfit || [...cases.values()].some((one) => one.parent === after.id)) {
      faults.push('parent-not-allowed');
    }
  }
}

/** Those that are not in the trash. */
export function childrenOf(id: string, cases: Cases): Modelled[] {
  return [...cases.values()].filter(({ parent, trashed }) => parent === id && trashed === null);
}

/** Those that are neither closed nor in the trash. */
export function incidentsOf(id: string, cases: Cases): Modelled[] {
  return [...cases.values()].filter((one) => one.problem === id && !one.isClosed && one.trashed === null);
}

/** The first that is true is answered: the case is settled, stays resolved, is made wrong, stays as it is, or changes. */
export function amended(before: Modelled, after: Modelled, cases: Cases, isFree = false): Expected {
  if (before.trashed !== null || before.isClosed) {
    return refused(before.trashed === null ? 'case-closed' : 'case-deleted');
  }
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  if (before.category === 'resolved' && after.category === 'resolved' && !isSame && !isFree) {
    return refused('case-resolved');
  }
  const { faults, conflicts } = objectionsTo(before, after, cases);
  return refusedFor(faults, conflicts) ?? { changed: isSame ? [] : [{ ...after, version: before.version + 1 }] };
}
