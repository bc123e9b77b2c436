import { type CustomField, type CustomFieldOption, customValue, saysSomethingOf } from '../case/custom-field.js';
import type { CaseState } from '../case/case-state.js';
import { sameValue } from '../case/change.js';
import type { Circumstances } from './circumstances.js';
import type { Asked } from './place.js';

type Values = CaseState['customFields'];

const LONGEST_NAME = 100;

/**
 * Custom fields after a wish, key by key; null takes a value away. Only what differs from what the case has is looked at,
 * so that whoever sends a case back as it was read is not told of fields and choices that have left the account since.
 */
export function customFieldsAfter({ before, wish }: Asked, circumstances: Circumstances): Values {
  const values = new Map(Object.entries(before.customFields));
  for (const [key, wished] of Object.entries(wish.customFields ?? {})) {
    const present = values.get(key);
    if (sameValue(wished, present)) {
      continue;
    }
    const value =
      wished === null ? cleared(key, present, circumstances) : accepted(key, wished, present, circumstances);
    if (value === undefined) {
      values.delete(key);
    } else {
      values.set(key, value);
    }
  }
  return Object.fromEntries(values);
}

/** A value is taken away whether or not the field is used any more; only a key that nothing has is a mistake. */
function cleared(key: string, present: unknown, { snapshot, findings }: Circumstances): undefined {
  if (present === undefined && !snapshot.customFields.has(key)) {
    findings.fault(pointerOf(key), 'unknown-field', UNKNOWN);
  }
}

const UNKNOWN = 'The account has no such custom field.';

function accepted(key: string, wished: unknown, present: unknown, { snapshot, findings }: Circumstances): unknown {
  const field = snapshot.customFields.get(key);
  if (field === undefined) {
    findings.fault(pointerOf(key), 'unknown-field', UNKNOWN);
    return present;
  }
  if (!field.active) {
    findings.fault(pointerOf(key), 'validation-failed', 'The field is not used any more: it takes no new values.');
    return present;
  }
  const value = customValue(withChosen(field, present), wished);
  if (!value.ok) {
    findings.fault(pointerOf(key), 'validation-failed', value.detail);
    return present;
  }
  return value.value;
}

/** What was chosen among several stays chosen, though nobody else can choose it any more. */
function withChosen(field: CustomField, present: unknown): CustomField {
  if (field.type !== 'multi_select' || !Array.isArray(present)) {
    return field;
  }
  const isKept = (option: CustomFieldOption): boolean => option.active || present.includes(option.key);
  return { ...field, options: field.options.map((option) => ({ ...option, active: isKept(option) })) };
}

/**
 * What has to be said before a case is resolved by hand. A cascade, a merge, rules and timers give no commands, and
 * are not held up.
 */
export function checkRequiredFields(values: Values, { snapshot, findings }: Circumstances): void {
  const said = new Map(Object.entries(values));
  for (const { key, label, required, active } of snapshot.customFields.values()) {
    if (required && active && !saysSomethingOf(said.get(key))) {
      findings.fault(pointerOf(key), 'field-required', `A case is not resolved without it: ${label}.`);
    }
  }
}

/** JSON Pointer (RFC 6901) to a field of that key, which may be anything that somebody sent. */
function pointerOf(key: string): string {
  return `/custom_fields/${key.slice(0, LONGEST_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
