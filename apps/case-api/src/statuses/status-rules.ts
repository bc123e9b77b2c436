import type { StatusRow, StatusView } from '#libs/case-store';
import type { Complete, Values } from '../body/field.js';
import type { Fault } from '../body/place.js';
import type { ProblemDraft } from '../http/problem.js';
import type { NEW_STATUS, STATUS_PATCH } from './status-body.js';

type NewStatus = Complete<typeof NEW_STATUS>;
type StatusPatch = Values<typeof STATUS_PATCH>;

const MOST_OF_A_CATEGORY = 100;

const fault = (pointer: string, detail: string, code = 'validation-failed'): Fault => ({ pointer, code, detail });
const DEFAULT_IS_ACTIVE = fault('/is_default', 'The default of a category must be active.');

/** What is wrong with a new status beyond its single values. */
export function faultsOfNew({ active, is_default: isDefault }: Partial<NewStatus>): Fault[] {
  return isDefault === true && active === false ? [DEFAULT_IS_ACTIVE] : [];
}

/** Why the account cannot have the new status now. */
export function conflictOfNew(all: readonly StatusView[], { key, category }: NewStatus): ProblemDraft | null {
  const holder = all.find((status) => status.key === key);
  if (holder !== undefined) {
    const detail = `The key ${key} is that of another status, and keys never change.`;
    return { code: 'name-taken', detail, members: { holder_id: holder.id } };
  }
  if (all.filter((status) => status.category === category).length >= MOST_OF_A_CATEGORY) {
    const detail = `There are ${MOST_OF_A_CATEGORY} statuses of the category ${category}; delete one that was never used.`;
    return { code: 'limit-reached', detail };
  }
  return null;
}

/** A new status is the last of its category unless told. */
export function rowOfNew(all: readonly StatusView[], id: string, wish: NewStatus): StatusRow {
  const positions = all.filter(({ category }) => category === wish.category).map(({ position }) => position);
  return {
    id,
    key: wish.key,
    agentLabel: wish.agent_label,
    requesterLabel: wish.requester_label ?? wish.agent_label,
    category: wish.category,
    position: wish.position ?? Math.max(...positions, -1) + 1,
    isDefault: wish.is_default ?? false,
    active: wish.active ?? true,
  };
}

/** What is wrong with changes of a status beyond their single values. */
export function faultsOfPatch(all: readonly StatusView[], before: StatusView, patch: StatusPatch): Fault[] {
  const { active = before.active, is_default: isDefault, replacement_id: names } = patch;
  const faults: Fault[] = [];
  if (isDefault === true && !active) {
    faults.push(DEFAULT_IS_ACTIVE);
  }
  if (isDefault === false && before.isDefault) {
    faults.push(fault('/is_default', 'Make another status of the category the default instead.'));
  }
  if (names !== undefined) {
    faults.push(...faultsOfReplacement(all, before, { names, isLeaving: patch.active === false }));
  }
  return faults;
}

type Replacement = { readonly names: (status: StatusView) => boolean; readonly isLeaving: boolean };

function faultsOfReplacement(
  all: readonly StatusView[],
  before: StatusView,
  { names, isLeaving }: Replacement,
): Fault[] {
  const found = all.find(names);
  const isFit = found?.active === true && found.category === before.category && found.id !== before.id;
  return [
    ...(isLeaving ? [] : [fault('/replacement_id', 'Comes with "active": false alone.')]),
    ...(isFit
      ? []
      : [
          fault(
            '/replacement_id',
            `Must be another active status of the category ${before.category}.`,
            'status-not-available',
          ),
        ]),
  ];
}

/** The status after the changes, and the public names of the fields that differ. */
export function changesOf(before: StatusView, patch: StatusPatch): { row: StatusRow; changed: string[] } {
  const row: StatusRow = {
    ...before,
    agentLabel: patch.agent_label ?? before.agentLabel,
    requesterLabel: patch.requester_label ?? before.requesterLabel,
    position: patch.position ?? before.position,
    active: patch.active ?? before.active,
    isDefault: patch.is_default ?? before.isDefault,
  };
  const fields = [
    ['agent_label', row.agentLabel !== before.agentLabel],
    ['requester_label', row.requesterLabel !== before.requesterLabel],
    ['position', row.position !== before.position],
    ['active', row.active !== before.active],
    ['is_default', row.isDefault !== before.isDefault],
  ] as const;
  return { row, changed: fields.flatMap(([field, differs]) => (differs ? [field] : [])) };
}

/** The status that gives way when another one of its category becomes the default. */
export function formerDefault(all: readonly StatusView[], row: StatusRow): StatusView | null {
  const held = all.find(({ category, isDefault }) => category === row.category && isDefault);
  return row.isDefault && held !== undefined && held.id !== row.id ? held : null;
}
