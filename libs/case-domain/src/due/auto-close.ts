import type { CaseState } from '../case/case-state.js';
import { changeCase, type Changed } from '../case/change.js';
import type { AccountRules } from '../decision/snapshot.js';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The change that closes a resolved case whose time is up: N x 24 h after its last resolve, to the millisecond.
 * Null while it is not due, is excluded, or is closed or deleted already. `now` is an ISO instant.
 */
export function closeDue(state: CaseState, account: AccountRules, now: string): Changed | null {
  const days = account.resolvedAutoCloseDays;
  const mayClose =
    state.category === 'resolved' && state.closedAt === null && state.deletedAt === null && !state.excludeFromAutoClose;
  if (!mayClose || days === null || state.resolvedAt === null) {
    return null;
  }
  if (Date.parse(now) - Date.parse(state.resolvedAt) < days * DAY) {
    return null;
  }
  const fields = {
    closedAt: now,
    closedReason: 'auto_close',
    statusId: account.closedStatusId ?? state.statusId,
  } as const;
  const details = { resolved_at: state.resolvedAt, after_days: days };
  const actor = { kind: 'automation', id: null } as const;
  return changeCase(state, 'closed', fields, { actor, interactionId: null, at: now, occurredAt: now, details });
}
