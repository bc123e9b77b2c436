import type { AssignmentStrategy, Group, Member, Snapshot } from '../decision/snapshot.js';
import type { WorkChannel } from '../decision/work.js';

/** Negative when the first member is to be chosen before the second. */
type Order = (left: Member, right: Member) => number;

/** Oldest assignment first, those who never had one before all, ties by id so that every process agrees. */
const longestWithoutCase: Order = (left, right) =>
  compare(left.lastAssignedAt ?? '', right.lastAssignedAt ?? '') || compare(left.agentId, right.agentId);

const leastOpen: Order = (left, right) => left.openLoad - right.openLoad || longestWithoutCase(left, right);

const leastOpenShare: Order = (left, right) => shareOf(left) - shareOf(right) || leastOpen(left, right);

/** Whoever is best at what the group's cases need: the sum of level × weight. */
const mostSkilled = (group: Group): Order => {
  return (left, right) => skillOf(right, group) - skillOf(left, group) || leastOpen(left, right);
};

/** `manual` never chooses. */
const ORDERS: Readonly<Record<AssignmentStrategy, ((group: Group) => Order) | null>> = {
  manual: null,
  round_robin: () => longestWithoutCase,
  least_open: () => leastOpen,
  least_open_pct: () => leastOpenShare,
  skills: mostSkilled,
};

/** Whether choosing an assignee in the group needs its lock. */
export function assignsByItself({ active, strategy, members }: Group): boolean {
  return active && strategy !== 'manual' && members.length > 0;
}

/** What somebody is looked for to do. */
export interface Work {
  readonly channel: WorkChannel;
  /** Who gives the case away and is not to get it back; null: nobody does. */
  readonly without: string | null;
}

/** What a group's strategy says: the agent, or null when it chooses nobody. */
export interface StrategyChoice {
  readonly agentId: string | null;
  readonly candidatesCount: number;
  /** Why members were no candidates, as part of a sentence: `2 at their capacity, 1 not online`; empty when all were. */
  readonly passedOver: string;
}

/** Chooses among the members who can take one more case of this kind. */
export function chooseByStrategy(group: Group, work: Work, snapshot: Snapshot): StrategyChoice {
  const order = ORDERS[group.strategy]?.(group);
  if (order === undefined || !group.active) {
    return { agentId: null, candidatesCount: 0, passedOver: '' };
  }
  const obstacles = group.members.map((member) => obstacleOf(member, group, work, snapshot));
  const candidates = group.members.filter((_, place) => obstacles[place] === null);
  const [first, ...others] = candidates;
  const chosen = others.reduce((best, member) => (best && order(member, best) < 0 ? member : best), first);
  return {
    agentId: chosen?.agentId ?? null,
    candidatesCount: candidates.length,
    passedOver: counted(obstacles.flatMap((obstacle) => obstacle ?? [])),
  };
}

/** Whether a strategy might choose the member now. */
export function isCandidate(member: Member, group: Group, work: Work, snapshot: Snapshot): boolean {
  return ORDERS[group.strategy] !== null && group.active && obstacleOf(member, group, work, snapshot) === null;
}

/** Why a member is given no case now (domain.md §9); the first reason counts. */
function obstacleOf(member: Member, group: Group, { channel, without }: Work, snapshot: Snapshot): string | null {
  if (member.agentId === without || !isActive(member.agentId, snapshot)) {
    return 'not active here';
  }
  if (!hasSkills(member, group)) {
    return 'without the skills';
  }
  if (member.away.includes(channel)) {
    return 'not online';
  }
  return hasRoom(member) ? null : 'at their capacity';
}

function hasSkills({ skills }: Member, { requiredSkills }: Group): boolean {
  return requiredSkills.every(({ key, minLevel }) => (skills[key] ?? 0) >= minLevel);
}

function skillOf({ skills }: Member, { requiredSkills }: Group): number {
  return requiredSkills.reduce((sum, { key, weight }) => sum + (skills[key] ?? 0) * weight, 0);
}

function counted(obstacles: readonly string[]): string {
  return [...new Set(obstacles)]
    .sort()
    .map((one) => `${obstacles.filter((other) => other === one).length} ${one}`)
    .join(', ');
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
