import type { CustomFieldOption, CustomFieldType } from '#libs/case-domain';
import type { CaseFieldRow, CaseFieldView } from '#libs/case-store';
import type { Complete, Values } from '../body/field.js';
import type { Fault } from '../body/place.js';
import type { ProblemDraft } from '../http/problem.js';
import type { CASE_FIELD_PATCH, NEW_CASE_FIELD } from './case-field-body.js';

type NewCaseField = Complete<typeof NEW_CASE_FIELD>;
type CaseFieldPatch = Values<typeof CASE_FIELD_PATCH>;
type Options = readonly CustomFieldOption[];

const MOST_FIELDS = 200;
/** Of all levels together. */
const MOST_OPTIONS = 2000;
const WITH_OPTIONS: ReadonlySet<CustomFieldType> = new Set(['dropdown', 'multi_select', 'dependent_field']);

const fault = (detail: string, code = 'validation-failed', pointer = '/options'): Fault => ({ pointer, code, detail });

/** What is wrong with a new field beyond its single values. */
export function faultsOfNew({ type, options }: Partial<NewCaseField>, reading: readonly Fault[]): Fault[] {
  if (type === undefined || reading.some(({ pointer }) => pointer.startsWith('/options'))) {
    return [];
  }
  if (options === undefined) {
    return WITH_OPTIONS.has(type) ? [fault(`A ${type} has choices: name them.`, 'field-required')] : [];
  }
  return faultsOfOptions(type, options);
}

/** What is wrong with changes of a field beyond their single values. */
export function faultsOfPatch({ type }: CaseFieldView, { options }: CaseFieldPatch): Fault[] {
  return options === undefined ? [] : faultsOfOptions(type, options);
}

function faultsOfOptions(type: CustomFieldType, options: Options): Fault[] {
  if (!WITH_OPTIONS.has(type)) {
    return options.length === 0 ? [] : [fault(`A ${type} has no choices: leave this out.`)];
  }
  if (!options.some(({ active }) => active)) {
    return [fault('One of them must be active.')];
  }
  if (countOf(options) > MOST_OPTIONS) {
    return [fault(`There may be ${MOST_OPTIONS} of them, in all levels together.`, 'too-many-items')];
  }
  const deep = type === 'dependent_field' ? -1 : options.findIndex(({ children }) => children.length > 0);
  return deep < 0
    ? []
    : [
        fault(
          'Only the choices of a dependent_field have further ones.',
          'validation-failed',
          `/options/${deep}/children`,
        ),
      ];
}

function countOf(options: Options): number {
  return options.reduce((count, { children }) => count + 1 + countOf(children), 0);
}

/** Why the account cannot have the new field now. */
export function conflictOfNew(all: readonly CaseFieldView[], { key }: NewCaseField): ProblemDraft | null {
  const holder = all.find((field) => field.key === key);
  if (holder !== undefined) {
    const detail = `The key ${key} is that of another field, and keys never change.`;
    return { code: 'name-taken', detail, members: { holder_id: holder.id } };
  }
  if (all.length >= MOST_FIELDS) {
    return { code: 'limit-reached', detail: `There are ${MOST_FIELDS} fields; delete one that was never used.` };
  }
  return null;
}

/** A new field is the last one unless told. */
export function rowOfNew(all: readonly CaseFieldView[], id: string, wish: NewCaseField): CaseFieldRow {
  return {
    id,
    key: wish.key,
    label: wish.label,
    type: wish.type,
    description: wish.description ?? '',
    required: wish.required ?? false,
    active: wish.active ?? true,
    position: wish.position ?? Math.max(...all.map(({ position }) => position), -1) + 1,
    options: wish.options ?? [],
  };
}

/** The field after the changes, and the public names of the parts that differ. */
export function changesOf(before: CaseFieldView, patch: CaseFieldPatch): { row: CaseFieldRow; changed: string[] } {
  const row: CaseFieldRow = {
    ...before,
    label: patch.label ?? before.label,
    description: patch.description ?? before.description,
    required: patch.required ?? before.required,
    active: patch.active ?? before.active,
    position: patch.position ?? before.position,
    options: patch.options ?? before.options,
  };
  const parts = ['label', 'description', 'required', 'active', 'position'] as const;
  const changed: string[] = parts.filter((part) => row[part] !== before[part]);
  return { row, changed: sameOptions(row.options, before.options) ? changed : [...changed, 'options'] };
}

function sameOptions(some: Options, others: Options): boolean {
  return some.length === others.length && some.every((one, index) => sameOption(one, others[index]));
}

function sameOption(one: CustomFieldOption, other: CustomFieldOption | undefined): boolean {
  return (
    other?.key === one.key &&
    other.label === one.label &&
    other.active === one.active &&
    sameOptions(one.children, other.children)
  );
}

/** The keys that lead to each choice which is there before and not any more. */
export function removedPaths(before: Options, after: Options, above: readonly string[] = []): (readonly string[])[] {
  return before.flatMap(({ key, children }) => {
    const path = [...above, key];
    const kept = after.find((one) => one.key === key);
    return [...(kept === undefined ? [path] : []), ...removedPaths(children, kept?.children ?? [], path)];
  });
}

/** What cases have of a choice, as JSON of custom fields. */
export function valueOfPath({ key, type }: Pick<CaseFieldView, 'key' | 'type'>, path: readonly string[]): string {
  return JSON.stringify({ [key]: type === 'dropdown' ? path[0] : path });
}
