import type { Actor } from '../case/case-change.js';
import type { CaseState, Category } from '../case/case-state.js';

/** Where a case comes from: nowhere, one of the categories, or closed. */
export type From = 'nothing' | Category | 'closed';
export type To = Category | 'closed';
type By = readonly Actor['kind'][];

const NOBODY: By = [];
const EVERYBODY: By = ['agent', 'app', 'automation', 'system'];
const BY_HAND: By = ['agent', 'app'];
const NOT_INGESTION: By = ['agent', 'app', 'automation'];
const INGESTION: By = ['system'];
const TIMERS_AND_MERGES: By = ['automation', 'system'];

/**
 * Who may lead a case from where to where (domain.md §4). `system` is ingestion, the cascade and merges; what a contact
 * writes is carried out by it. Beside the table, whoever moves it:
 * - new is nobody's, and open, pending and on hold are somebody's (I-1, I-2), so one is left by assigning and reached by
 *   unassigning;
 * - resolved has its resolution (I-3);
 * - within a category statuses change freely, until the case is closed.
 */
const MOVES: Readonly<Record<From, Readonly<Record<To, By>>>> = {
  nothing: {
    new: EVERYBODY,
    open: EVERYBODY,
    pending: BY_HAND,
    on_hold: BY_HAND,
    resolved: BY_HAND,
    closed: NOBODY,
  },
  new: {
    new: EVERYBODY,
    open: EVERYBODY,
    pending: NOT_INGESTION,
    on_hold: NOT_INGESTION,
    resolved: EVERYBODY,
    closed: INGESTION,
  },
  open: {
    new: EVERYBODY,
    open: EVERYBODY,
    pending: NOT_INGESTION,
    on_hold: NOT_INGESTION,
    resolved: EVERYBODY,
    closed: INGESTION,
  },
  pending: {
    new: EVERYBODY,
    open: EVERYBODY,
    pending: EVERYBODY,
    on_hold: NOT_INGESTION,
    resolved: EVERYBODY,
    closed: INGESTION,
  },
  on_hold: {
    new: EVERYBODY,
    open: EVERYBODY,
    pending: NOT_INGESTION,
    on_hold: EVERYBODY,
    resolved: EVERYBODY,
    closed: INGESTION,
  },
  resolved: {
    new: INGESTION,
    open: EVERYBODY,
    pending: BY_HAND,
    on_hold: BY_HAND,
    resolved: NOT_INGESTION,
    closed: TIMERS_AND_MERGES,
  },
  closed: {
    new: NOBODY,
    open: NOBODY,
    pending: NOBODY,
    on_hold: NOBODY,
    resolved: NOBODY,
    // It is closed already: the timer that comes a second time changes nothing.
    closed: ['automation'],
  },
};

/** Whether the table lets somebody lead a case there. */
export function mayMove(from: From, to: To, by: Actor['kind']): boolean {
  return MOVES[from][to].includes(by);
}

/** Where a case is in the table. */
export function placeInTable({ closedAt, category }: Pick<CaseState, 'closedAt' | 'category'>): From {
  return closedAt === null ? category : 'closed';
}
