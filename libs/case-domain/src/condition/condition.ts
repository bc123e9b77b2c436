import type { FieldType, Operator } from './operator.js';

export type Operand = string | number | boolean;

/** One field against what the rule says. `value`: absent of `present` and `absent`, a list of `in` and `not_in`. */
export interface Comparison {
  readonly field: string;
  readonly op: Operator;
  readonly value?: Operand | readonly Operand[];
}

/** One level of grouping inside the conditions of a rule. */
export type Branch = { readonly any: readonly Comparison[] } | { readonly all: readonly Comparison[] };
export type Condition = Comparison | Branch;

/** The conditions of a rule (api-resources.md §8): all of them, or any. None hold always. */
export interface ConditionSet {
  readonly match: 'all' | 'any';
  readonly conditions: readonly Condition[];
}

/** What a rule is asked about. Things that are made of it for comparing are kept with it. */
export interface Subject {
  /** By the field's name. */
  readonly memo: Map<string, unknown>;
}

/** A field of some kind of subject: what it is called in rules, what it says, and what a rule may compare it with. */
export interface FieldDefinition<Of extends Subject> {
  readonly type: FieldType;
  readonly description: string;
  /** What it says of a subject; null says nothing. Of a `belonging`, whether the subject belongs to the operand. */
  readonly read: (subject: Of, operand: Operand | null) => unknown;
  /** The words of a `choice`, and of an `ordered` one in their order. */
  readonly choices?: readonly string[];
  /** The operands are ids; people write names as well. */
  readonly refersTo?: string;
  /** What it says is about a person: it is not noted with what was decided. */
  readonly isPersonal?: boolean;
  /** Characters of an operand; 255 unless told. */
  readonly longest?: number;
}

/** The fields that rules of one kind can ask for; null: there is none of that name. */
export type FieldsOf<Of extends Subject> = (name: string) => FieldDefinition<Of> | null;

export function isBranch(condition: Condition): condition is Branch {
  return !('field' in condition);
}

/** The comparisons of a branch, and how they count together. */
export function branchOf(branch: Branch): { readonly match: 'all' | 'any'; readonly parts: readonly Comparison[] } {
  return 'any' in branch ? { match: 'any', parts: branch.any } : { match: 'all', parts: branch.all };
}

/** Every comparison of the conditions, on both levels. */
export function comparisonsOf({ conditions }: ConditionSet): readonly Comparison[] {
  return conditions.flatMap((one) => (isBranch(one) ? branchOf(one).parts : [one]));
}
