import type { AgentDetail, AgentRow, GroupDetail } from '#libs/case-store';
import type { Leaving } from '#libs/case-domain';
import { differing, managedByFile, refuseDeclared } from '../assignment/managed.js';
import { groupIdIn } from '../assignment/named.js';
import type { Values } from '../body/field.js';
import type { Fault } from '../body/place.js';
import { ProblemException } from '../http/problem.js';
import type { AGENT_PATCH } from './agent-body.js';

export type AgentPatch = Values<typeof AGENT_PATCH>;

/** Public names of what people decide. */
const NAMES = {
  email: 'email',
  name: 'name',
  role: 'role',
  active: 'active',
  extensions: 'extensions',
  defaultGroupId: 'default_group_id',
  skills: 'skills',
  timeZone: 'time_zone',
} as const satisfies Partial<Record<keyof AgentRow, string>>;

/** What the configuration file says of an agent; it has no words for the rest. */
const DECLARED = new Set(['email', 'name', 'role', 'active', 'extensions', 'default_group_id']);

/** An agent after a request, and what is wrong with that beyond single values. */
export interface Wished {
  readonly row: AgentRow;
  readonly groupIds: readonly string[];
  readonly faults: readonly Fault[];
}

/** `before`: a new agent without groups, or one that is there. */
export function wishedAgent(
  before: AgentRow & Pick<AgentDetail, 'memberships'>,
  patch: AgentPatch,
  groups: readonly GroupDetail[],
): Wished {
  const faults: Fault[] = [];
  const present = before.memberships.map(({ groupId }) => groupId);
  const wished = patch.group_ids?.flatMap((one, place) => groupIdIn(groups, one, `/group_ids/${place}`, faults) ?? []);
  const groupIds = [...new Set(wished ?? present)];
  const named = patch.default_group_id;
  const chosen = named ? groupIdIn(groups, named, '/default_group_id', faults) : undefined;
  if (chosen !== undefined && !groupIds.includes(chosen)) {
    const detail = 'Must be one of the groups that the agent is a member of.';
    faults.push({ pointer: '/default_group_id', code: 'validation-failed', detail });
  }
  // The first group is the agent's own unless told, and one that she leaves is it no more.
  const kept =
    before.defaultGroupId !== null && groupIds.includes(before.defaultGroupId) ? before.defaultGroupId : null;
  const defaultGroupId = named === null ? null : (chosen ?? kept ?? groupIds[0] ?? null);
  const row: AgentRow = {
    id: before.id,
    email: patch.email ?? before.email,
    name: patch.name ?? before.name,
    role: patch.role ?? before.role,
    active: patch.active ?? before.active,
    extensions: patch.extensions ?? before.extensions,
    defaultGroupId: named === undefined && patch.group_ids === undefined ? before.defaultGroupId : defaultGroupId,
    skills: patch.skills ?? before.skills,
    timeZone: patch.time_zone === undefined ? before.timeZone : patch.time_zone,
  };
  return { row, groupIds, faults };
}

/** What changes: public names of fields, and groups by their ids. */
export interface AgentChanges {
  readonly fields: readonly string[];
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

export function changesOf(before: AgentDetail, { row, groupIds }: Wished): AgentChanges {
  const present = before.memberships.map(({ groupId }) => groupId);
  const joined = groupIds.filter((id) => !present.includes(id));
  const left = present.filter((id) => !groupIds.includes(id));
  const fields = differing<AgentRow>(before, row, NAMES);
  return { fields: joined.length + left.length === 0 ? fields : [...fields, 'group_ids'], joined, left };
}

/** Throws 409 for what the configuration file declares, and for an address that another agent has. */
export function refuseConflicts(
  all: readonly AgentDetail[],
  before: AgentDetail | null,
  { row }: Wished,
  { fields, left }: AgentChanges,
): void {
  if (before !== null) {
    refuseDeclared(before.place, fields, DECLARED);
    const declared = before.memberships.find(
      ({ groupId, managedBy }) => managedBy === 'file' && left.includes(groupId),
    );
    if (declared !== undefined) {
      throw managedByFile('The membership', before.place);
    }
  }
  const holder = all.find(({ id, email }) => id !== before?.id && email === row.email);
  if (holder !== undefined) {
    const detail = `The address ${row.email} is that of another agent.`;
    throw new ProblemException({ code: 'name-taken', detail, members: { holder_id: holder.id } });
  }
}

/** What the agent leaves by the changes. */
export function leavingsOf(before: AgentDetail, { row }: Wished, { left }: AgentChanges): Leaving[] {
  const agentId = before.id;
  return before.active && !row.active
    ? [{ who: 'agent', agentId, groupId: null }]
    : left.map((groupId) => ({ who: 'agent', agentId, groupId }));
}
