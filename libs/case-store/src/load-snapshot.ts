import {
  type CaseState,
  endpointKeyOf,
  type Group,
  identityOf,
  type KnownIdentity,
  type Snapshot,
  threadKeyOf,
  type ThreadTarget,
} from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';
import { type AccountSetup, assignsByItself } from './account-directory.js';
import { ConcurrentChange } from './conflicts.js';
import type { Queryable } from './queryable.js';
import { loadMembers, type MemberRow } from './sql/accounts/load-members.js';
import { loadOpenLoads } from './sql/accounts/load-open-loads.js';
import { lockGroups } from './sql/accounts/lock-groups.js';
import { findFamilies } from './sql/cases/find-families.js';
import { loadCases } from './sql/cases/load-cases.js';
import { lockFamilyRoots } from './sql/cases/lock-family-roots.js';
import { loadIdentities } from './sql/contacts/load-identities.js';
import { loadLastAssignees } from './sql/contacts/load-last-assignees.js';
import { loadThreads, type ThreadName } from './sql/threads/load-threads.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Loads, in a few statements for all interactions together, everything that their decisions need, and locks what they
 * may change:
 * 1. where their references lead
 * 2. those cases, the cases they were merged into and their families, locked from the root downwards
 * 3. who the senders are
 * 4. the groups that may assign by themselves, locked, with their members as they are now
 * Every transaction takes its locks in this order, and within a step in the order of ids.
 */
export async function loadSnapshot(
  client: Queryable,
  setup: AccountSetup,
  interactions: readonly Interaction[],
): Promise<Snapshot> {
  const accountId = setup.rules.id;
  const threads = await readThreads(client, accountId, interactions);
  const cases = await readCases(client, accountId, namedCases(threads, interactions));
  const identities = await readIdentities(client, accountId, interactions);
  const candidates = candidateGroups(setup, interactions, cases);
  const sticky = await readSticky(client, accountId, identities, candidates);
  const groups = await readGroups(client, setup, candidates);
  return {
    account: setup.rules,
    cases,
    threads,
    identities,
    agents: new Map(setup.agents),
    agentsById: new Map(setup.agentsById),
    groups,
    endpoints: new Map(setup.endpoints),
    sticky,
  };
}

async function readThreads(
  client: Queryable,
  accountId: string,
  interactions: readonly Interaction[],
): Promise<Map<string, ThreadTarget>> {
  const names = new Map<string, ThreadName>();
  for (const interaction of interactions) {
    for (const { kind, value } of [...interaction.threadKeys, ...interaction.references]) {
      if (kind !== 'case' && kind !== 'case_number') {
        names.set(threadKeyOf(kind, value), { kind, value });
      }
    }
  }
  const rows = names.size === 0 ? [] : await loadThreads(client, accountId, [...names.values()]);
  return new Map(
    rows.map(({ kind, value, caseId, interactionId }) => [threadKeyOf(kind, value), { caseId, interactionId }]),
  );
}

function namedCases(threads: ReadonlyMap<string, ThreadTarget>, interactions: readonly Interaction[]): string[] {
  const ids = new Set([...threads.values()].map((target) => target.caseId));
  for (const interaction of interactions) {
    for (const { kind, value } of interaction.references) {
      if (kind === 'case' && UUID.test(value)) {
        ids.add(value);
      }
    }
  }
  return [...ids];
}

async function readCases(
  client: Queryable,
  accountId: string,
  named: readonly string[],
): Promise<Map<string, CaseState>> {
  if (named.length === 0) {
    return new Map();
  }
  const families = await findFamilies(client, accountId, named);
  const roots = [...new Set(families.map((member) => member.rootCaseId))];
  await lockFamilyRoots(client, accountId, roots);
  const ids = [...new Set([...families.map((member) => member.id), ...roots])];
  const cases = new Map((await loadCases(client, accountId, ids, roots)).map((state) => [state.id, state]));
  for (const { mergedIntoId } of cases.values()) {
    // Merged between the two statements: its survivor is not among the locked.
    if (mergedIntoId !== null && !cases.has(mergedIntoId)) {
      throw new ConcurrentChange('case_family');
    }
  }
  return cases;
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
