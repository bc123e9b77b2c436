import type { AssignmentStrategy, Group, Member, Snapshot } from '../decision/snapshot.js';

/** Negative when the first member is to be chosen before the second. */
type Order = (left: Member, right: Member) => number;

/** Oldest assignment first, those who never had one before all, ties by id so that every process agrees. */
const longestWithoutCase: Order = (left, right) =>
  compare(left.lastAssignedAt ?? '', right.lastAssignedAt ?? '') || compare(left.agentId, right.agentId);

const leastOpen: Order = (left, right) => left.openLoad - right.openLoad || longestWithoutCase(left, right);

const leastOpenShare: Order = (left, right) => shareOf(left) - shareOf(right) || leastOpen(left, right);

/** `manual` never chooses; `skills` waits for skills to be recorded. */
const ORDERS: Readonly<Record<AssignmentStrategy, Order | null>> = {
  manual: null,
  round_robin: longestWithoutCase,
  least_open: leastOpen,
  least_open_pct: leastOpenShare,
  skills: null,
};

/** Whether choosing an assignee in the group needs its lock. */
export function assignsByItself({ active, strategy, members }: Group): boolean {
  return active && strategy !== 'manual' && members.length > 0;
}

/** What a group's strategy says: the agent, or null when it chooses nobody. */
export interface StrategyChoice {
  readonly agentId: string | null;
  readonly candidatesCount: number;
}

/** Chooses among the active members who have room for one more open case. */
export function chooseByStrategy(group: Group, snapshot: Snapshot): StrategyChoice {
  const order = ORDERS[group.strategy];
  if (order === null || !group.active) {
    return { agentId: null, candidatesCount: 0 };
  }
  const candidates = group.members.filter((member) => isActive(member.agentId, snapshot) && hasRoom(member));
  const [first, ...others] = candidates;
  const chosen = others.reduce((best, member) => (best && order(member, best) < 0 ? member : best), first);
  return { agentId: chosen?.agentId ?? null, candidatesCount: candidates.length };
}

export function isActive(agentId: string, snapshot: Snapshot): boolean {
  return snapshot.agentsById.get(agentId)?.active === true;
}

export function hasRoom(member: Member): boolean {
  return member.capacity === null || member.openLoad < member.capacity;
}

/** Share of the capacity in use; without a limit there is always room, so nothing of it is. */
function shareOf(member: Member): number {
  return member.capacity === null ? 0 : member.openLoad / member.capacity;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
