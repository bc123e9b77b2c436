import {
  type EndpointDetail,
  type GroupDetail,
  type GroupRow,
  findLeavingCases,
  listEndpoints,
  loadAccount,
  type Queryable,
} from '#libs/case-store';
import { differing, refuseDeclared } from '../assignment/managed.js';
import { groupCalled } from '../assignment/named.js';
import type { Values } from '../body/field.js';
import type { Fault } from '../body/place.js';
import { ProblemException } from '../http/problem.js';
import type { GROUP_PATCH } from './group-body.js';

export type GroupPatch = Values<typeof GROUP_PATCH>;

/** Public names of what people decide. */
const NAMES = {
  name: 'name',
  active: 'active',
  strategy: 'strategy',
  capacityPerAgent: 'capacity_per_agent',
  requiredSkills: 'required_skills',
  reopenPolicy: 'reopen_policy',
  reopenWindowDays: 'reopen_window_days',
  keepOwnerOnReopen: 'keep_owner_on_reopen',
  signatureText: 'signature_text',
  signatureHtml: 'signature_html',
} as const satisfies Partial<Record<keyof GroupRow, string>>;

/** The configuration file has no words for these. */
const FREE = new Set(['required_skills', 'signature_text', 'signature_html']);
const DECLARED = new Set(Object.values(NAMES).filter((name) => !FREE.has(name)));

/** A group after a request, and what is wrong with that beyond single values. */
export interface WishedGroup {
  readonly row: GroupRow;
  /** Takes over where the group is not to be used any more; null: nobody was named. */
  readonly replacement: GroupDetail | null;
  readonly faults: readonly Fault[];
}

export const NEW_GROUP_ROW: Omit<GroupRow, 'id' | 'name'> = {
  active: true,
  strategy: 'manual',
  capacityPerAgent: null,
  requiredSkills: [],
  reopenPolicy: null,
  reopenWindowDays: null,
  keepOwnerOnReopen: true,
  signatureText: null,
  signatureHtml: null,
};

export function wishedGroup(before: GroupRow, patch: GroupPatch, all: readonly GroupDetail[]): WishedGroup {
  const faults: Fault[] = [];
  const row: GroupRow = {
    id: before.id,
    name: patch.name ?? before.name,
    active: patch.active ?? before.active,
    strategy: patch.strategy ?? before.strategy,
    capacityPerAgent: patch.capacity_per_agent === undefined ? before.capacityPerAgent : patch.capacity_per_agent,
    requiredSkills: patch.required_skills ?? before.requiredSkills,
    reopenPolicy: patch.reopen_policy === undefined ? before.reopenPolicy : patch.reopen_policy,
    reopenWindowDays: patch.reopen_window_days === undefined ? before.reopenWindowDays : patch.reopen_window_days,
    keepOwnerOnReopen: patch.keep_owner_on_reopen ?? before.keepOwnerOnReopen,
    signatureText: patch.signature_text === undefined ? before.signatureText : patch.signature_text,
    signatureHtml: patch.signature_html === undefined ? before.signatureHtml : patch.signature_html,
  };
  if (row.reopenPolicy === 'window' && row.reopenWindowDays === null) {
    const detail = 'The policy window needs the days within which a case is reopened.';
    faults.push({ pointer: '/reopen_window_days', code: 'field-required', detail });
  }
  return { row, replacement: replacementIn(before, patch, all, faults), faults };
}

function replacementIn(
  before: GroupRow,
  { active, replacement_group_id: called }: GroupPatch,
  all: readonly GroupDetail[],
  faults: Fault[],
): GroupDetail | null {
  if (called === undefined) {
    return null;
  }
  const pointer = '/replacement_group_id';
  const found = groupCalled(all, called);
  if (active !== false) {
    faults.push({ pointer, code: 'validation-failed', detail: 'Comes with "active": false alone.' });
  }
  if (found?.active !== true || found.id === before.id) {
    faults.push({ pointer, code: 'unknown-group', detail: 'Must be another active group of the account.' });
  }
  return found ?? null;
}

/** Public names of the fields that differ. Throws 409 for those that the file declares, and for a name that is taken. */
export function checkedChanges(all: readonly GroupDetail[], before: GroupDetail | null, row: GroupRow): string[] {
  const changed = before === null ? [] : differing<GroupRow>(before, row, NAMES);
  refuseDeclared(before?.place ?? null, changed, DECLARED);
  const holder = all.find(({ id, name }) => id !== row.id && name === row.name);
  if (holder !== undefined) {
    const detail = `${row.name} is the name of another group.`;
    throw new ProblemException({ code: 'name-taken', detail, members: { holder_id: holder.id } });
  }
  return changed;
}

/** Throws 409 while something needs the group, and nothing that takes over was named. */
export async function refuseRetiring(
  client: Queryable,
  accountId: string,
  { id: groupId }: GroupDetail,
  replacement: GroupDetail | null,
): Promise<void> {
  if ((await loadAccount(client, accountId))?.default_group_id === groupId) {
    inUse('It is the default group of the account: give the account another one first.');
  }
  const endpoints = (await listEndpoints(client, accountId)).filter((one) => one.groupId === groupId);
  const declared = endpoints.find(({ managedBy, active }) => managedBy === 'file' && active);
  if (declared !== undefined) {
    inUse(`${nameOf(declared)} leads to it, which the configuration declares: change it there and start again.`);
  }
  if (replacement !== null) {
    return;
  }
  const used = endpoints.find(({ active }) => active);
  if (used !== undefined) {
    inUse(`${nameOf(used)} leads to it: name replacement_group_id, the group that takes over.`);
  }
  if ((await findLeavingCases(client, accountId, { agentId: null, groupId, tasks: true }, 1)).length > 0) {
    inUse('Cases that are not resolved are in it: name replacement_group_id, the group that takes over.');
  }
}

function nameOf({ kind, address }: EndpointDetail): string {
  return `The ${kind.replace('_', ' ')} ${address}`;
}

function inUse(detail: string): never {
  throw new ProblemException({ code: 'in-use', detail });
}
