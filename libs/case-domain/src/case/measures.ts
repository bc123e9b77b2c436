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

/** Messages can be older than the case that they open, so nothing took less than no time. */
function between(from: string, to: string | null): number | null {
  return to === null ? null : seconds(Math.max(0, Date.parse(to) - Date.parse(from)));
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
