import type { CaseState } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';

const DAY = 24 * 60 * 60 * 1000;

/** Takes messages without a new case: neither closed nor in the trash. */
export function isLive(state: CaseState): boolean {
  return state.closedAt === null && state.deletedAt === null;
}

/** Whether a message of the customer reopens this resolved case; the group's policy overrides the account's. */
export function isReopenable(state: CaseState, snapshot: Snapshot, now: string): boolean {
  const group = snapshot.groups.get(state.groupId);
  const policy = group?.reopenPolicy ?? snapshot.account.reopenPolicy;
  if (policy !== 'window') {
    return policy === 'until_closed';
  }
  const days = group?.reopenWindowDays ?? snapshot.account.reopenWindowDays;
  return days === null || state.resolvedAt === null || Date.parse(now) - Date.parse(state.resolvedAt) <= days * DAY;
}
