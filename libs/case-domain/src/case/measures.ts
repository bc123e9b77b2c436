import { CATEGORIES, type CaseState, type Category } from './case-state.js';

/** A case in a category from an instant on. */
export interface CategoryChange {
  /** ISO 8601. */
  readonly at: string;
  readonly to: Category;
}

/** How long things took, in whole seconds (domain.md §13); what is still going on counts to now. */
export interface CaseMeasures {
  /** Until somebody of us first answered; null while nobody has. */
  readonly firstReply: number | null;
  /** Until it was last resolved; null while it is not. */
  readonly resolution: number | null;
  /** While the requester waited for us: new, open and on hold. */
  readonly requesterWait: number;
  /** While it was our turn: new and open. */
  readonly agentWork: number;
  readonly byCategory: Readonly<Record<Category, number>>;
}

/** Measures a case by its changes of category, oldest first; the first of them is its beginning. */
export function measuresOf(
  state: Pick<CaseState, 'createdAt' | 'firstResponseAt' | 'resolvedAt' | 'closedAt'>,
  changes: readonly CategoryChange[],
  now: string,
): CaseMeasures {
  const milliseconds = new Map<Category, number>(CATEGORIES.map((category) => [category, 0]));
  const end = Date.parse(state.closedAt ?? now);
  changes.forEach(({ at, to }, index) => {
    const until = changes[index + 1]?.at;
    const spent = Math.max(0, (until === undefined ? end : Date.parse(until)) - Date.parse(at));
    milliseconds.set(to, (milliseconds.get(to) ?? 0) + spent);
  });
  const sum = (...categories: Category[]): number =>
    seconds(categories.reduce((total, category) => total + (milliseconds.get(category) ?? 0), 0));
  return {
    firstReply: between(state.createdAt, state.firstResponseAt),
    resolution: between(state.createdAt, state.resolvedAt),
    requesterWait: sum('new', 'open', 'on_hold'),
    agentWork: sum('new', 'open'),
    byCategory: Object.fromEntries(CATEGORIES.map((category) => [category, sum(category)])) as Record<Category, number>,
  };
}

/** What a change made final of a case's measures, in whole seconds. */
export interface FinalMeasures {
  /** Null unless this was the first reply. */
  readonly firstReply: number | null;
  /** Null unless it was resolved for the first time; it may be reopened. */
  readonly firstResolution: number | null;
  /** It was closed and is never reopened: all that it took is known. */
  readonly closed: boolean;
}

/**
 * What became final between two states of a case, of which the first is missing when it was opened here; null when
 * nothing did. Over the life of a case each is told at most once, however often it is reopened.
 */
export function finalMeasuresOf(before: CaseState | undefined, after: CaseState): FinalMeasures | null {
  const { createdAt, firstResponseAt, resolvedAt, closedAt, reopenCount } = after;
  const isReplied = firstResponseAt !== null && (before === undefined || before.firstResponseAt === null);
  const isResolved = resolvedAt !== null && reopenCount === 0 && (before === undefined || before.resolvedAt === null);
  const closed = closedAt !== null && (before === undefined || before.closedAt === null);
  if (!isReplied && !isResolved && !closed) {
    return null;
  }
  return {
    firstReply: isReplied ? between(createdAt, firstResponseAt) : null,
    firstResolution: isResolved ? between(createdAt, resolvedAt) : null,
    closed,
  };
}

/** Messages can be older than the case that they open, so nothing took less than no time. */
function between(from: string, to: string | null): number | null {
  return to === null ? null : seconds(Math.max(0, Date.parse(to) - Date.parse(from)));
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
