import { type AccountSetup, assignsByItself, type Group } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { loadOpenLoads } from './sql/agents/load-open-loads.js';
import { findWaiting } from './sql/assignment/find-waiting.js';
import { loadMembers, type MemberRow } from './sql/groups/load-members.js';
import { lockGroups } from './sql/groups/lock-groups.js';

/** Locks those of the groups that assign by themselves, and reads their members as they are now. */
export async function lockGroupsOf(
  client: Queryable,
  setup: AccountSetup,
  candidates: readonly Group[],
): Promise<Map<string, Group>> {
  const groups = new Map(setup.groups);
  const { setsStrategy } = setup.assignmentRules;
  const locked = candidates.filter((group) => setsStrategy || assignsByItself(group)).map((group) => group.id);
  if (locked.length === 0) {
    return groups;
  }
  await lockGroups(client, setup.rules.id, locked);
  const members = await loadMembers(client, setup.rules.id, locked);
  const loads = await readLoads(client, setup.rules.id, setsStrategy ? members.map(asCounted) : members);
  const waiting = await findWaiting(client, setup.rules.id, locked);
  for (const id of locked) {
    const group = setup.groups.get(id);
    if (group !== undefined) {
      const present = members.filter((member) => member.groupId === id);
      const channels = waiting.flatMap(({ groupId, channel }) => (groupId === id ? [channel] : []));
      groups.set(id, { ...group, members: present.map((member) => memberOf(member, loads)), waiting: channels });
    }
  }
  return groups;
}

/** Rules may have a group choose by another strategy than its own. */
function asCounted(member: MemberRow): MemberRow {
  return { ...member, counted: true };
}

async function readLoads(
  client: Queryable,
  accountId: string,
  members: readonly MemberRow[],
): Promise<Map<string, number>> {
  const counted = [...new Set(members.filter((member) => member.counted).map((member) => member.agentId))];
  const rows = counted.length === 0 ? [] : await loadOpenLoads(client, accountId, counted);
  return new Map(rows.map((row) => [row.agentId, row.openLoad]));
}

function memberOf(row: MemberRow, loads: ReadonlyMap<string, number>): Group['members'][number] {
  return {
    agentId: row.agentId,
    openLoad: loads.get(row.agentId) ?? 0,
    capacity: row.capacity,
    lastAssignedAt: row.lastAssignedAt === null ? null : row.lastAssignedAt.toISOString(),
    away: row.away,
    skills: row.skills,
  };
}
