import { amended, type Cases, childrenOf, type Expected, incidentsOf, isMember, type Modelled } from './model.js';
import type { Step } from './steps.js';

type Change = Exclude<Step, { act: 'create' }>;

const raised = (one: Modelled, fields: Partial<Modelled>): Modelled => ({
  ...one,
  ...fields,
  version: one.version + 1,
});

/** What the command has to come to. `other` is the second case that it names, `turn` how many commands came before. */
export function expectedOf(
  step: Change,
  before: Modelled,
  cases: Cases,
  other: Modelled | null,
  turn: number,
): Expected {
  if (step.act === 'days pass') {
    return { changed: [...cases.values()].filter(isDue).map((one) => raised(one, { isClosed: true })) };
  }
  if (step.act === 'unrelate' && !before.related.includes(other?.id ?? '')) {
    return { refused: ['not-found'] };
  }
  if (step.seen === 'stale') {
    return { refused: ['version-mismatch'] };
  }
  switch (step.act) {
    case 'trash':
      return trashed(before, cases, turn);
    case 'restore':
      return restored(before, cases);
    case 'comment':
      return said(before);
    case 'relate':
    case 'unrelate':
      return related(before, other ?? before, step.act === 'relate');
    case 'reopen':
      return reopened(before, cases);
    case 'resolve':
      return resolved(before, step.resolution, cases);
    default:
      return amended(before, wished(step, before, other), cases, step.act === 'exclude');
  }
}

function isDue({ category, isClosed, trashed, isExcluded }: Modelled): boolean {
  return category === 'resolved' && !isClosed && trashed === null && !isExcluded;
}

/** A link is part of both cases. */
function related(before: Modelled, other: Modelled, are: boolean): Expected {
  if (before.id === other.id) {
    return { refused: ['target-not-allowed'] };
  }
  const refused = settled(before) ?? settled(other);
  if (refused !== null || before.related.includes(other.id) === are) {
    return refused ?? { changed: [] };
  }
  const tied = (one: Modelled, to: string): Modelled => {
    const others = one.related.filter((id) => id !== to);
    return raised(one, { related: are ? [...others, to].sort() : others });
  };
  return { changed: [tied(before, other.id), tied(other, before.id)] };
}

function settled({ trashed, isClosed }: Modelled): Expected | null {
  return trashed !== null || isClosed ? { refused: [trashed === null ? 'case-closed' : 'case-deleted'] } : null;
}

function said(before: Modelled): Expected {
  const refused = settled(before);
  if (refused !== null) {
    return refused;
  }
  return { changed: [raised(before, { comments: before.comments + 1 })] };
}

function reopened(before: Modelled, cases: Cases): Expected {
  const isOpen = before.category !== 'resolved';
  return amended(before, isOpen ? before : inCategory(before, 'open'), cases);
}

/** Incidents that are not resolved are resolved with their problem, in the same words. */
function resolved(before: Modelled, resolution: string, cases: Cases): Expected {
  const after = { ...inCategory(before, 'resolved'), resolution };
  const expected = amended(before, before.category === 'resolved' ? { ...before, resolution } : after, cases);
  if ('refused' in expected || expected.changed.length === 0 || before.type !== 'problem') {
    return expected;
  }
  const following = incidentsOf(before.id, cases).filter(({ category }) => category !== 'resolved');
  const resolvedWith = (one: Modelled): Modelled => {
    return raised({ ...inCategory(one, 'resolved'), resolution, assignee: one.assignee ?? heirOf(before, one) }, {});
  };
  return { changed: [...expected.changed, ...following.map(resolvedWith)] };
}

/** What nobody had is the problem's assignee's, where that one is in the group. */
function heirOf({ assignee }: Modelled, { group }: Modelled): Modelled['assignee'] {
  return assignee !== null && isMember(assignee, group) ? assignee : null;
}

function trashed(before: Modelled, cases: Cases, turn: number): Expected {
  if (before.trashed !== null) {
    return { changed: [] };
  }
  const going = [before, ...childrenOf(before.id, cases)];
  const isGoing = new Set(going.map(({ id }) => id));
  const left = going.flatMap(({ id }) => incidentsOf(id, cases)).filter(({ id }) => !isGoing.has(id));
  return left.length > 0
    ? { refused: ['problem-has-incidents'] }
    : { changed: going.map((one) => raised(one, { trashed: turn })) };
}

/** With its parent, when that is in the trash, and with what went together with that one. */
function restored(before: Modelled, cases: Cases): Expected {
  if (before.trashed === null) {
    return { changed: [] };
  }
  const parent = before.parent === null ? undefined : cases.get(before.parent);
  const head = parent === undefined || parent.trashed === null ? before : parent;
  const companions = [...cases.values()].filter((one) => one.parent === head.id && one.trashed === head.trashed);
  const all = new Map([before, head, ...companions].map((one) => [one.id, one]));
  return { changed: [...all.values()].map((one) => raised(one, { trashed: null, ...lost(one, cases) })) };
}

/** A problem that went or is none any more has no incidents. */
function lost({ isClosed, problem }: Modelled, cases: Cases): Partial<Modelled> {
  const named = problem === null ? undefined : cases.get(problem);
  const isLost = problem !== null && (named?.type !== 'problem' || named.trashed !== null);
  return isLost && !isClosed ? { problem: null, type: null } : {};
}

function inCategory(before: Modelled, category: Modelled['category']): Modelled {
  const isReopened = before.category === 'resolved' && category !== 'resolved';
  return {
    ...before,
    category,
    isLab: category === before.category && before.isLab,
    ...(isReopened ? { resolution: null, reopenCount: before.reopenCount + 1 } : {}),
  };
}

function wished(step: Change, before: Modelled, other: Modelled | null): Modelled {
  switch (step.act) {
    case 'priority':
      return { ...before, priority: step.to };
    case 'status':
      return inCategory(before, step.to);
    case 'lab':
      return { ...inCategory(before, 'on_hold'), isLab: true };
    case 'group':
      return { ...before, group: step.to, auto: before.auto || step.to !== before.group };
    case 'assign':
      return { ...(before.category === 'new' ? inCategory(before, 'open') : before), assignee: step.to, auto: true };
    case 'unassign':
      return { ...(before.category === 'resolved' ? before : inCategory(before, 'new')), assignee: null, auto: false };
    case 'type':
      return { ...before, type: step.to, problem: step.to === 'incident' ? (other?.id ?? null) : null };
    case 'parent':
      return { ...before, parent: step.other === null ? null : (other?.id ?? null) };
    case 'tag':
      return { ...before, tags: [...new Set([...before.tags, step.tag])].sort() };
    case 'untag':
      return { ...before, tags: before.tags.filter((one) => one !== step.tag) };
    case 'follow':
      return { ...before, isFollowed: true };
    case 'exclude':
      return { ...before, isExcluded: step.to };
    default:
      return before;
  }
}
