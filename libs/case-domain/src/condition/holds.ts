import { foldText } from '../search/fold-text.js';
import type { Comparison, FieldDefinition, Operand, Subject } from './condition.js';

/** Whether a comparison holds of a subject. */
export type Test<Of extends Subject> = (subject: Of) => boolean;

type Read<Of extends Subject> = (subject: Of) => unknown;

/**
 * A comparison, ready to be asked often. What says nothing is none of the things that a rule names, comes before everything
 * that has an order, and contains nothing.
 */
export function testOf<Of extends Subject>(comparison: Comparison, field: FieldDefinition<Of>): Test<Of> {
  const { op, value } = comparison;
  const operands = value === undefined ? [] : typeof value === 'object' ? value : [value];
  if (field.type === 'belonging') {
    const belongs: Test<Of> = (subject) => operands.some((operand) => field.read(subject, operand) === true);
    return op === 'is' || op === 'in' ? belongs : not(belongs);
  }
  const read = preparedReader(comparison.field, field);
  switch (op) {
    case 'is':
    case 'in':
      return equalTo(read, operands.map(prepared(field)));
    case 'is_not':
    case 'not_in':
      return not(equalTo(read, operands.map(prepared(field))));
    case 'contains':
      return containing(field, read, operands);
    case 'not_contains':
      return not(containing(field, read, operands));
    case 'present':
      return saysSomething(read);
    case 'absent':
      return not(saysSomething(read));
    case 'less_than':
    case 'before':
      return ordered(field, read, operands[0], (order) => order < 0);
    case 'at_least':
      return ordered(field, read, operands[0], (order) => order >= 0);
    case 'after':
      return ordered(field, read, operands[0], (order) => order > 0);
  }
}

function not<Of extends Subject>(test: Test<Of>): Test<Of> {
  return (subject) => !test(subject);
}

/** Reads a field in the form in which it is compared, once for each subject. */
function preparedReader<Of extends Subject>(name: string, field: FieldDefinition<Of>): Read<Of> {
  const prepare = prepared(field);
  return (subject) => {
    if (subject.memo.has(name)) {
      return subject.memo.get(name);
    }
    const given = field.read(subject, null);
    const value = Array.isArray(given) ? given.map(prepare) : prepare(given);
    subject.memo.set(name, value);
    return value;
  };
}

/** A value as it is compared. */
function prepared({ type }: { readonly type: string }): (value: unknown) => unknown {
  switch (type) {
    case 'text':
    case 'set':
    case 'scalar':
      return (value) => (typeof value === 'string' ? foldText(value) : value);
    case 'words':
      return (value) => (typeof value === 'string' ? spaced(value) : value);
    default:
      return (value) => value;
  }
}

const NO_WORD = /[^\p{L}\p{N}]+/gu;

/** Words between blanks, with one at each end. */
function spaced(text: string): string {
  return ` ${foldText(text).replace(NO_WORD, ' ').trim()} `;
}

function equalTo<Of extends Subject>(read: Read<Of>, operands: readonly unknown[]): Test<Of> {
  const [only] = operands;
  if (operands.length === 1) {
    return (subject) => read(subject) === only;
  }
  const known = new Set(operands);
  return (subject) => known.has(read(subject));
}

function containing<Of extends Subject>(
  field: FieldDefinition<Of>,
  read: Read<Of>,
  [operand]: readonly Operand[],
): Test<Of> {
  const wanted = prepared(field)(operand);
  return (subject) => {
    const value = read(subject);
    if (Array.isArray(value)) {
      return value.includes(wanted);
    }
    return typeof value === 'string' && typeof wanted === 'string' && value.includes(wanted);
  };
}

function saysSomething<Of extends Subject>(read: Read<Of>): Test<Of> {
  return (subject) => {
    const value = read(subject);
    return typeof value === 'string'
      ? value.trim() !== ''
      : value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
  };
}

function ordered<Of extends Subject>(
  { choices }: FieldDefinition<Of>,
  read: Read<Of>,
  operand: Operand | undefined,
  holds: (order: number) => boolean,
): Test<Of> {
  if (choices !== undefined) {
    const place = choices.indexOf(String(operand));
    return (subject) => holds(choices.indexOf(String(read(subject))) - place);
  }
  return (subject) => {
    const value = read(subject);
    if (value === null || value === undefined) {
      return holds(-1);
    }
    // A text has no order beside a number.
    return typeof value === typeof operand && holds(value < (operand ?? 0) ? -1 : value === operand ? 0 : 1);
  };
}
