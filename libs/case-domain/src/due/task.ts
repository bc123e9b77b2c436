import type { CaseState } from '../case/case-state.js';
import { changeCase, type Changed } from '../case/change.js';
import type { Actor, Cause } from '../case/case-change.js';
import { noonIn } from '../case/noon.js';
import { overdueKeyOf, type Snapshot } from '../decision/snapshot.js';

const TIMER: Actor = { kind: 'automation', id: null };

/**
 * The event that says that a task is overdue, once for each time at which it is due. Null while it is not due, once it
 * is done or in the trash, and when it was told. `now`: ISO 8601.
 */
export function overdueDue(state: CaseState, { toldOverdue }: Snapshot, now: string): Changed | null {
  const { dueAt, dueOn } = state;
  if (dueAt === null || dueAt > now || !isOpenTask(state) || toldOverdue.has(overdueKeyOf(state.id, dueAt))) {
    return null;
  }
  return changeCase(state, 'task_overdue', {}, causeOf(now, { due_on: dueOn, due_at: dueAt }));
}

/** `no_noon`: the day has no noon in the new zone, so the task keeps the time that it had. */
export type RecomputedDue = Changed | 'no_noon' | null;

/** The change that moves a task's due time to noon where the account is by now; null when it is there. */
export function zoneDue(state: CaseState, { account }: Snapshot, now: string): RecomputedDue {
  const { timeZone: dueTimeZone } = account;
  if (state.dueOn === null || state.dueTimeZone === dueTimeZone || !isOpenTask(state)) {
    return null;
  }
  const dueAt = noonIn(dueTimeZone, state.dueOn);
  return dueAt === null
    ? 'no_noon'
    : changeCase(state, 'task_due_recomputed', { dueAt, dueTimeZone }, causeOf(now, { due_on: state.dueOn }));
}

function isOpenTask({ type, category, closedAt, deletedAt }: CaseState): boolean {
  return type === 'task' && category !== 'resolved' && closedAt === null && deletedAt === null;
}

function causeOf(now: string, details: Cause['details']): Cause {
  return { actor: TIMER, interactionId: null, at: now, occurredAt: now, details };
}
