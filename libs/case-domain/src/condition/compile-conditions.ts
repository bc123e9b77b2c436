import {
  branchOf,
  type Comparison,
  type ConditionSet,
  type FieldDefinition,
  type FieldsOf,
  isBranch,
  type Subject,
} from './condition.js';
import { type Test, testOf } from './holds.js';

/** One comparison and what came of it. */
export interface ConditionTrace {
  /** JSON Pointer into the rule, such as `/conditions/1/any/0`. */
  readonly pointer: string;
  readonly field: string;
  readonly op: string;
  readonly holds: boolean;
  /** What the field said; absent where that is about a person and is not to be noted. */
  readonly value?: unknown;
}

/** Conditions, ready to be asked often. */
export interface CompiledConditions<Of extends Subject> {
  /** Asks no more than is needed. */
  readonly hold: Test<Of>;
  /** Of a subject of which they do not hold: the first comparison that kept them from it. */
  readonly firstMiss: (subject: Of, wants: TraceWishes) => ConditionTrace | null;
  /** Every comparison, in the order of the rule. */
  readonly trace: (subject: Of, wants: TraceWishes) => readonly ConditionTrace[];
}

export interface TraceWishes {
  /** Values about people are shown too: to whoever asks, and not kept anywhere. */
  readonly personal: boolean;
}

interface Part<Of extends Subject> {
  readonly test: Test<Of>;
  readonly leaves: readonly Leaf<Of>[];
}

interface Leaf<Of extends Subject> {
  readonly pointer: string;
  readonly comparison: Comparison;
  readonly field: FieldDefinition<Of>;
  readonly test: Test<Of>;
}

/** Makes conditions ready. A field that there is none of any more never holds. */
export function compileConditions<Of extends Subject>(
  { match, conditions }: ConditionSet,
  fields: FieldsOf<Of>,
): CompiledConditions<Of> {
  const parts = conditions.map((condition, index): Part<Of> => {
    const pointer = `/conditions/${index}`;
    if (!isBranch(condition)) {
      const leaf = leafOf(condition, pointer, fields);
      return { test: leaf.test, leaves: [leaf] };
    }
    const branch = branchOf(condition);
    const leaves = branch.parts.map((one, place) => leafOf(one, `${pointer}/${branch.match}/${place}`, fields));
    return { test: together(branch.match, leaves), leaves };
  });
  return {
    hold: together(match, parts),
    firstMiss(subject, wants) {
      const missing = parts.find(({ test }) => !test(subject));
      const leaf = missing?.leaves.find(({ test }) => !test(subject));
      return leaf === undefined ? null : traceOf(leaf, subject, wants);
    },
    trace: (subject, wants) => parts.flatMap(({ leaves }) => leaves.map((leaf) => traceOf(leaf, subject, wants))),
  };
}

function together<Of extends Subject>(match: 'all' | 'any', parts: readonly { readonly test: Test<Of> }[]): Test<Of> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    return only.test;
  }
  return match === 'all' || parts.length === 0
    ? (subject) => parts.every(({ test }) => test(subject))
    : (subject) => parts.some(({ test }) => test(subject));
}

function leafOf<Of extends Subject>(comparison: Comparison, pointer: string, fields: FieldsOf<Of>): Leaf<Of> {
  const field = fields(comparison.field);
  return field === null
    ? { pointer, comparison, field: GONE, test: () => false }
    : { pointer, comparison, field, test: testOf(comparison, field) };
}

const GONE = { type: 'flag', description: '', read: () => null } as const;
/** Of a text that is shown. */
const MOST_SHOWN = 100;

function traceOf<Of extends Subject>(
  { pointer, comparison, field, test }: Leaf<Of>,
  subject: Of,
  { personal }: TraceWishes,
): ConditionTrace {
  const told = { pointer, field: comparison.field, op: comparison.op, holds: test(subject) };
  if (field.isPersonal === true && !personal) {
    return told;
  }
  const { value } = comparison;
  const operand = typeof value === 'object' ? value[0] : value;
  return { ...told, value: shown(field.read(subject, operand ?? null)) };
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.slice(0, 20).map(shown);
  }
  return typeof value === 'string' && value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : (value ?? null);
}
