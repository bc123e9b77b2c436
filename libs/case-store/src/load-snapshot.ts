import {
  type CaseState,
  endpointKeyOf,
  type Group,
  identityOf,
  type KnownIdentity,
  type Snapshot,
} from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';
import { type AccountSetup, assignsByItself } from './account-directory.js';
import { loadEarlierTraffic } from './load-earlier-traffic.js';
import { loadThreadTargets } from './load-thread-targets.js';
import type { Queryable } from './queryable.js';
import { loadMembers, type MemberRow } from './sql/groups/load-members.js';
import { loadOpenLoads } from './sql/agents/load-open-loads.js';
import { lockGroups } from './sql/groups/lock-groups.js';
import { loadIdentities } from './sql/contacts/load-identities.js';
import { loadLastAssignees } from './sql/contacts/load-last-assignees.js';

/**
 * Loads, in a few statements for all interactions together, everything that their decisions need, and locks what they
 * may change:
 * 1. where their references lead, and which of those cases a merge may touch
 * 2. those cases, the cases they were merged into and their families, locked from the root downwards
 * 3. who the senders are, and how much of them was let through lately
 * 4. the groups that may assign by themselves, locked, with their members as they are now
 * Every transaction takes its locks in this order, and within a step in the order of ids.
 */
export async function loadSnapshot(
  client: Queryable,
  setup: AccountSetup,
  interactions: readonly Interaction[],
): Promise<Snapshot> {
  const accountId = setup.rules.id;
  const targets = await loadThreadTargets(client, accountId, interactions);
  const identities = await readIdentities(client, accountId, interactions);
  const traffic = await loadEarlierTraffic(client, accountId, setup.rules.backStops, interactions);
  const candidates = candidateGroups(setup, interactions, targets.cases);
  const sticky = await readSticky(client, accountId, identities, candidates);
  const groups = await readGroups(client, setup, candidates);
  return {
    account: setup.rules,
    ...targets,
    identities,
    agents: new Map(setup.agents),
    agentsById: new Map(setup.agentsById),
    groups,
    endpoints: new Map(setup.endpoints),
    sticky,
    traffic,
  };
}

async function readIdentities(
  client: Queryable,
  accountId: string,
  interactions: readonly Interaction[],
): Promise<Map<string, KnownIdentity>> {
  const parties = new Map<string, { kind: string; value: string }>();
  for (const { sender, forwarded } of interactions) {
    for (const party of forwarded ? [sender, forwarded.author] : [sender]) {
      if (party.kind !== 'anonymous') {
        parties.set(identityOf(party), party);
      }
    }
  }
  const rows = parties.size === 0 ? [] : await loadIdentities(client, accountId, [...parties.values()]);
  return new Map(
    rows.map(({ contactId, verified, shared, blocked, ...party }) => {
      return [identityOf(party), { contactId, verified, shared, blocked }];
    }),
  );
}

/** Groups that a decision about these interactions may assign in. */
function candidateGroups(
  setup: AccountSetup,
  interactions: readonly Interaction[],
  cases: ReadonlyMap<string, CaseState>,
): Group[] {
  const ids = new Set([setup.rules.defaultGroupId, ...[...cases.values()].map((state) => state.groupId)]);
  for (const { endpoint } of interactions) {
    const known = endpoint ? setup.endpoints.get(endpointKeyOf(endpoint.kind, endpoint.address)) : undefined;
    if (known !== undefined) {
      ids.add(known.groupId);
    }
  }
  return [...ids].flatMap((id) => setup.groups.get(id) ?? []).filter((group) => group.members.length > 0);
}

async function readSticky(
  client: Queryable,
  accountId: string,
  identities: ReadonlyMap<string, KnownIdentity>,
  candidates: readonly Group[],
): Promise<Snapshot['sticky']> {
  const contacts = [...new Set([...identities.values()].map((identity) => identity.contactId))];
  if (contacts.length === 0 || candidates.length === 0) {
    return new Map();
  }
  const groupIds = candidates.map((group) => group.id);
  const rows = await loadLastAssignees(client, accountId, contacts, groupIds);
  return new Map(
    rows.map(({ contactId, groupId, agentId, at }) => [`${contactId}\n${groupId}`, { agentId, at: at.toISOString() }]),
  );
}

async function readGroups(
  client: Queryable,
  setup: AccountSetup,
  candidates: readonly Group[],
): Promise<Map<string, Group>> {
  const groups = new Map(setup.groups);
  const locked = candidates.filter(assignsByItself).map((group) => group.id);
  if (locked.length === 0) {
    return groups;
  }
  await lockGroups(client, setup.rules.id, locked);
  const members = await loadMembers(client, setup.rules.id, locked);
  const loads = await readLoads(client, setup.rules.id, members);
  for (const id of locked) {
    const group = setup.groups.get(id);
    if (group !== undefined) {
      const present = members.filter((member) => member.groupId === id);
      groups.set(id, { ...group, members: present.map((member) => memberOf(member, loads)) });
    }
  }
  return groups;
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
  };
}
