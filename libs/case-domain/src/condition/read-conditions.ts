import type { Branch, Comparison, Condition, ConditionSet, FieldDefinition, Operand, Subject } from './condition.js';
import { type Operator, OPERATORS, OPERATORS_OF, operandsOf } from './operator.js';

/** One thing that is wrong with a rule, by the JSON Pointer into it. */
export interface RuleFault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** What reading a rule needs to know. */
export interface RuleLanguage<Of extends Subject> {
  readonly fieldOf: (name: string) => FieldDefinition<Of> | null;
  /** What people can write where a field is asked for, for the sentence that refuses another. */
  readonly fieldNames: readonly string[];
  /** The id of what is named, such as `group` and `name:Support`; null where there is none that can be used. */
  readonly resolve: (kind: string, name: string) => string | null;
}

/** At most so many at each level; and so many comparisons in one rule. */
const MOST_CONDITIONS = 20;
const MOST_COMPARISONS = 40;
const MOST_OPERANDS = 50;
const LONGEST_OPERAND = 255;

type Report = (pointer: string, detail: string, code?: string) => null;

/** Reads the conditions of a rule, and names all that is wrong with them at once; null with faults. Never throws. */
export function readConditions<Of extends Subject>(
  match: unknown,
  given: unknown,
  language: RuleLanguage<Of>,
): { readonly value: ConditionSet | null; readonly faults: readonly RuleFault[] } {
  const faults: RuleFault[] = [];
  const report: Report = (pointer, detail, code = 'validation-failed') => {
    faults.push({ pointer, code, detail });
    return null;
  };
  if (match !== 'all' && match !== 'any') {
    report('/match', 'Must be one of: all, any.');
  }
  const conditions = listOf(given, '/conditions', MOST_CONDITIONS, report)?.map((one, index) =>
    conditionOf(one, `/conditions/${index}`, language, report),
  );
  const count = (conditions ?? []).reduce((sum, one) => sum + (one === null ? 0 : sizeOf(one)), 0);
  if (count > MOST_COMPARISONS) {
    report('/conditions', `Must have at most ${MOST_COMPARISONS} comparisons in all.`, 'too-many-items');
  }
  if (match === 'any' && conditions?.length === 0) {
    report('/conditions', 'Any of none never holds: name one, or let all of none match everything.');
  }
  const value = { match, conditions } as ConditionSet;
  return { value: faults.length > 0 ? null : value, faults };
}

function sizeOf(condition: Condition): number {
  return 'any' in condition ? condition.any.length : 'all' in condition ? condition.all.length : 1;
}

function listOf(given: unknown, pointer: string, most: number, report: Report): readonly unknown[] | null {
  if (!Array.isArray(given)) {
    return report(pointer, 'Must be a list.', given === undefined ? 'field-required' : undefined);
  }
  return given.length > most ? report(pointer, `Must have at most ${most} items.`, 'too-many-items') : given;
}

function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function conditionOf<Of extends Subject>(
  given: unknown,
  pointer: string,
  language: RuleLanguage<Of>,
  report: Report,
): Condition | null {
  const match = isObject(given) ? (['any', 'all'] as const).find((one) => Object.hasOwn(given, one)) : undefined;
  if (!isObject(given) || match === undefined) {
    return comparisonOf(given, pointer, language, report);
  }
  if (Object.keys(given).length > 1) {
    return report(pointer, `Beside ${match} nothing else stands here.`);
  }
  const parts = listOf(given[match], `${pointer}/${match}`, MOST_CONDITIONS, report);
  if (parts?.length === 0) {
    return report(`${pointer}/${match}`, 'Must have one item at least.');
  }
  const read = (parts ?? []).map((one, index) => comparisonOf(one, `${pointer}/${match}/${index}`, language, report));
  return parts === null || read.includes(null) ? null : ({ [match]: read } as unknown as Branch);
}

const MEMBERS = ['field', 'op', 'value'];

function comparisonOf<Of extends Subject>(
  given: unknown,
  pointer: string,
  language: RuleLanguage<Of>,
  report: Report,
): Comparison | null {
  if (!isObject(given)) {
    return report(pointer, 'Must be an object with field, op and value.');
  }
  const unknown = Object.keys(given).filter((name) => !MEMBERS.includes(name));
  unknown.forEach((name) =>
    report(`${pointer}/${escaped(name)}`, 'Not a field here. Known: field, op, value.', 'unknown-field'),
  );
  const { field: name, op } = given;
  const field = typeof name === 'string' && name.length <= 100 ? language.fieldOf(name) : null;
  if (field === null || typeof name !== 'string') {
    const code = name === undefined ? 'field-required' : 'unknown-field';
    return report(`${pointer}/field`, `Must be one of: ${language.fieldNames.join(', ')}.`, code);
  }
  const known = OPERATORS.find((one) => one === op);
  if (known === undefined || !OPERATORS_OF[field.type].includes(known)) {
    return report(`${pointer}/op`, `${name} can have: ${OPERATORS_OF[field.type].join(', ')}.`);
  }
  const value = valueOf(known, given['value'], { field, pointer: `${pointer}/value`, language, report });
  if (value === null || unknown.length > 0) {
    return null;
  }
  return value === undefined ? { field: name, op: known } : { field: name, op: known, value };
}

function escaped(name: string): string {
  return name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}

interface OperandPlace<Of extends Subject> {
  readonly field: FieldDefinition<Of>;
  readonly pointer: string;
  readonly language: RuleLanguage<Of>;
  readonly report: Report;
}

/** Undefined where nothing belongs; null with faults. */
function valueOf<Of extends Subject>(
  op: Operator,
  given: unknown,
  place: OperandPlace<Of>,
): Operand | readonly Operand[] | undefined | null {
  const { pointer, report } = place;
  switch (operandsOf(op)) {
    case 'none':
      return given === undefined ? undefined : report(pointer, `${op} takes no value.`);
    case 'one':
      return operandOf(given, place);
    case 'list': {
      const list = listOf(given, pointer, MOST_OPERANDS, report);
      if (list?.length === 0) {
        return report(pointer, 'Must have one item at least.');
      }
      const read = (list ?? []).map((one, index) => operandOf(one, { ...place, pointer: `${pointer}/${index}` }));
      return list === null || read.includes(null) ? null : (read as Operand[]);
    }
  }
}

const DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

function operandOf<Of extends Subject>(given: unknown, place: OperandPlace<Of>): Operand | null {
  const { field, pointer, report } = place;
  if (given === undefined) {
    return report(pointer, 'Must be given.', 'field-required');
  }
  switch (field.type) {
    case 'flag':
      return typeof given === 'boolean' ? given : report(pointer, 'Must be true or false.');
    case 'number':
      return Number.isFinite(given) ? (given as number) : report(pointer, 'Must be a number.');
    case 'date':
      return typeof given === 'string' && DATE.test(given) && !Number.isNaN(Date.parse(given))
        ? given
        : report(pointer, 'Must be a day, YYYY-MM-DD.');
    case 'scalar':
      return typeof given === 'boolean' || Number.isFinite(given) ? (given as boolean | number) : textOf(given, place);
    default:
      return textOf(given, place);
  }
}

/** Control characters and halves of characters are in no text that anything can be compared with. */
const UNSTORABLE = /[\p{Cc}\p{Surrogate}]/u;

function textOf<Of extends Subject>(
  given: unknown,
  { field, pointer, language, report }: OperandPlace<Of>,
): string | null {
  const longest = field.longest ?? LONGEST_OPERAND;
  if (typeof given !== 'string' || given.trim() === '' || given.length > longest || UNSTORABLE.test(given)) {
    return report(pointer, `Must be text of one line, of 1 to ${longest} characters.`);
  }
  const text = given.normalize('NFC');
  if (field.choices !== undefined) {
    return field.choices.includes(text) ? text : report(pointer, `Must be one of: ${field.choices.join(', ')}.`);
  }
  if (field.refersTo === undefined) {
    return text;
  }
  // Hours are those of a group.
  const kind = field.refersTo === 'hours' ? 'group' : field.refersTo;
  return (
    language.resolve(field.refersTo, text) ?? report(pointer, `There is no such active ${kind}.`, `unknown-${kind}`)
  );
}
