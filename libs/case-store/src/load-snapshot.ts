import {
  type AccountSetup,
  type ContactBook,
  type CaseState,
  type Found,
  type Group,
  type Needs,
  overdueKeyOf,
  type Snapshot,
} from '#libs/case-domain';
import { ConcurrentChange } from './conflicts.js';
import { loadCalls } from './load-calls.js';
import { loadLeftBehind } from './load-left-behind.js';
import { loadPeople } from './load-people.js';
import type { Queryable } from './queryable.js';
import { findLiveRequesters } from './sql/contacts/find-live-requesters.js';
import { findEditedCases } from './sql/case-events/find-edited-cases.js';
import { countIncidents } from './sql/cases/count-incidents.js';
import { findPurgedCases } from './sql/cases/find-purged-cases.js';
import { loadCases } from './sql/cases/load-cases.js';
import { loadKnownAttachments } from './sql/attachments/load-known-attachments.js';
import { loadKnownComments } from './sql/comments/load-known-comments.js';
import { loadContactTraits } from './sql/contacts/load-contact-traits.js';
import { loadLastAssignees } from './sql/contacts/load-last-assignees.js';
import { findRelatives } from './sql/families/find-relatives.js';
import { findFamilies } from './sql/families/find-families.js';
import { loadKnownLinks } from './sql/links/load-known-links.js';
import { lockFamilyRoots } from './sql/families/lock-family-roots.js';
import { loadLegalHolds } from './sql/legal-holds/load-legal-holds.js';
import { loadToldOverdue } from './sql/tasks/load-told-overdue.js';
import { lockGroupsOf } from './lock-groups-of.js';

/**
 * Locks what decisions may change and loads what they read, in a few statements for all of them together:
 * 1. contacts that may change (`loadPeople`)
 * 2. the cases, their relatives where those are needed, the cases they were merged into and their families, locked
 *    from the root downwards
 * 3. which of them somebody has edited, and which are on hold, where that matters
 * 4. who served the contacts last in the groups that come into question
 * 5. those of these groups that assign by themselves, locked, with their members as they are now, and whether cases wait
 *    in them
 * Every transaction takes its locks in this order, and within a step in the order of ids. Ends in `ConcurrentChange`
 * when a case was merged, or given a relative, while its family was being locked.
 */
export async function loadSnapshot(
  client: Queryable,
  setup: AccountSetup,
  found: Found,
  needs: Needs,
): Promise<Snapshot> {
  const accountId = setup.rules.id;
  const people = await loadPeople(client, accountId, needs);
  const cases = await lockCases(client, accountId, needs);
  const edited = needs.edits && cases.size > 0 ? await findEditedCases(client, accountId, [...cases.keys()]) : [];
  const held = needs.legalHolds && cases.size > 0 ? await loadLegalHolds(client, accountId, [...cases.keys()]) : [];
  const candidates = groupsInQuestion(setup, needs, cases);
  const sticky = await readSticky(client, accountId, [...needs.contacts], candidates);
  const groups = await lockGroupsOf(client, setup, candidates);
  return {
    account: setup.rules,
    threads: found.threads,
    numbers: found.numbers,
    identities: found.identities,
    traffic: { earlier: found.traffic, passed: new Map() },
    ...(await loadCalls(client, accountId, found, needs, cases)),
    cases,
    statuses: setup.statuses,
    customFields: setup.customFields,
    people,
    liveRequesters: new Set(await liveAmong(client, accountId, people, needs)),
    contacts: found.contacts,
    comments: await loadComments(client, accountId, [...needs.comments]),
    interactions: new Map(found.interactions),
    leftBehind: await loadLeftBehind(client, accountId, [...needs.leaving]),
    attachments: await lockAttachments(client, accountId, [...needs.attachments]),
    links: await loadLinks(client, accountId, [...needs.linksAmong]),
    purged: found.purged,
    complete: needs.relativesOf,
    incidentCounts: await countLive(client, accountId, [...needs.incidentCountsOf]),
    edited: new Set(edited),
    toldOverdue: await loadOverdue(client, accountId, [...needs.overdueOf]),
    legalHolds: new Map(held.map(({ caseId, reason }) => [caseId, reason])),
    agents: new Map(setup.agents),
    agentsById: new Map(setup.agentsById),
    endpoints: new Map(setup.endpoints),
    groups,
    sticky,
    assignmentRules: setup.assignmentRules,
    contactTraits: await readTraits(client, setup, [...needs.contacts]),
  };
}

async function lockCases(client: Queryable, accountId: string, needs: Needs): Promise<Map<string, CaseState>> {
  const caseIds = [...needs.cases, ...(await relativesOf(client, accountId, needs))];
  if (caseIds.length === 0) {
    return new Map();
  }
  const families = await findFamilies(client, accountId, caseIds);
  const roots = [...new Set(families.map((member) => member.rootCaseId))];
  await lockFamilyRoots(client, accountId, roots);
  const ids = [...new Set([...families.map((member) => member.id), ...roots])];
  const cases = new Map((await loadCases(client, accountId, ids, roots)).map((state) => [state.id, state]));
  const ended = [...cases.values()].flatMap(({ mergedIntoId }) => mergedIntoId ?? []);
  await expectPurged(
    client,
    accountId,
    ended.filter((id) => !cases.has(id)),
  );
  // Who adds a relative holds the lock of the case that it is added to, so what is missing by now came in between.
  if ((await relativesOf(client, accountId, needs)).some((id) => !cases.has(id))) {
    throw new ConcurrentChange('case_family');
  }
  return cases;
}

/**
 * What locked cases were merged into is locked as well, unless it was purged: then a chain of merges ends before it. Ends
 * in `ConcurrentChange` when a case was merged after its chain had been followed.
 */
async function expectPurged(client: Queryable, accountId: string, caseIds: readonly string[]): Promise<void> {
  const purged = caseIds.length === 0 ? [] : await findPurgedCases(client, accountId, caseIds, []);
  const known = new Set(purged.map(({ id }) => id));
  if (caseIds.some((id) => !known.has(id))) {
    throw new ConcurrentChange('case_family');
  }
}

async function loadComments(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<Snapshot['comments']> {
  const known = ids.length === 0 ? [] : await loadKnownComments(client, accountId, ids);
  return new Map(known.map((comment) => [comment.id, comment]));
}

async function lockAttachments(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<Snapshot['attachments']> {
  const known = ids.length === 0 ? [] : await loadKnownAttachments(client, accountId, ids);
  return new Map(known.map((one) => [one.id, one]));
}

async function loadLinks(client: Queryable, accountId: string, caseIds: readonly string[]): Promise<Snapshot['links']> {
  const known = caseIds.length === 0 ? [] : await loadKnownLinks(client, accountId, caseIds);
  return new Map(known.map((one) => [one.id, one]));
}

async function relativesOf(client: Queryable, accountId: string, needs: Needs): Promise<string[]> {
  return needs.relativesOf.size === 0 ? [] : findRelatives(client, accountId, [...needs.relativesOf]);
}

async function loadOverdue(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<Snapshot['toldOverdue']> {
  const rows = caseIds.length === 0 ? [] : await loadToldOverdue(client, accountId, caseIds);
  return new Set(rows.map(({ caseId, dueAt }) => overdueKeyOf(caseId, dueAt.toISOString())));
}

async function countLive(
  client: Queryable,
  accountId: string,
  problemIds: readonly string[],
): Promise<Snapshot['incidentCounts']> {
  const rows = problemIds.length === 0 ? [] : await countIncidents(client, accountId, problemIds);
  return new Map(rows.map(({ problemId, incidents }) => [problemId, incidents]));
}

/** The groups that are needed, and those of cases that may be assigned anew; one without members assigns nobody. */
function groupsInQuestion(setup: AccountSetup, needs: Needs, cases: ReadonlyMap<string, CaseState>): Group[] {
  const theirs = needs.assignments ? [...cases.values()].map((state) => state.groupId) : [];
  const ids = new Set([...needs.groups, ...theirs]);
  return [...ids].flatMap((id) => setup.groups.get(id) ?? []).filter((group) => group.members.length > 0);
}

async function readSticky(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
  candidates: readonly Group[],
): Promise<Snapshot['sticky']> {
  if (contactIds.length === 0 || candidates.length === 0) {
    return new Map();
  }
  const groupIds = candidates.map((group) => group.id);
  const rows = await loadLastAssignees(client, accountId, contactIds, groupIds);
  return new Map(
    rows.map(({ contactId, groupId, agentId, at }) => [`${contactId}\n${groupId}`, { agentId, at: at.toISOString() }]),
  );
}

async function readTraits(
  client: Queryable,
  { rules, assignmentRules }: AccountSetup,
  contactIds: readonly string[],
): Promise<Snapshot['contactTraits']> {
  const isAsked = assignmentRules.asksContacts && contactIds.length > 0;
  const rows = isAsked ? await loadContactTraits(client, rules.id, contactIds) : [];
  return new Map(rows.map(({ id, ...traits }) => [id, traits]));
}

async function liveAmong(
  client: Queryable,
  accountId: string,
  people: ContactBook,
  { liveRequesters }: Needs,
): Promise<string[]> {
  return liveRequesters ? findLiveRequesters(client, accountId, people.written()) : [];
}
