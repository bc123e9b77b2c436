import { type CaseState, isLive } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';

const DAY = 24 * 60 * 60 * 1000;

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

/**
 * The newest other case of the family that still takes messages (I-15): unresolved, or resolved and reopenable.
 * The caller holds the lock of the family's root, so that two replies cannot both find none.
 */
export function continuationOf(closed: CaseState, snapshot: Snapshot, now: string): CaseState | null {
  let newest: CaseState | null = null;
  for (const state of snapshot.cases.values()) {
    const usable =
      state.rootCaseId === closed.rootCaseId &&
      state.id !== closed.id &&
      isLive(state) &&
      (state.category !== 'resolved' || isReopenable(state, snapshot, now));
    if (usable && (newest === null || isNewer(state, newest))) {
      newest = state;
    }
  }
  return newest;
}

function isNewer(left: CaseState, right: CaseState): boolean {
  return left.createdAt === right.createdAt ? left.id > right.id : left.createdAt > right.createdAt;
}
