import { readRule, type ReadRule, referencesOf, type RuleNames, writtenActions } from '#libs/case-domain';
import type { AssignmentRuleRow, AssignmentRuleView } from '#libs/case-store';
import type { Complete, Values } from '../body/field.js';
import type { Fault } from '../body/place.js';
import type { ProblemDraft } from '../http/problem.js';
import type { NEW_RULE, RULE_PATCH } from './assignment-rule-body.js';

type NewRule = Complete<typeof NEW_RULE>;
type RulePatch = Values<typeof RULE_PATCH>;

const MOST_RULES = 100;

/** What a rule asks for and does, and what is wrong with that. Parts that were not sent are as they were. */
export function readParts(
  sent: Pick<RulePatch, 'match' | 'conditions' | 'actions'>,
  before: AssignmentRuleView | null,
  names: RuleNames,
): { readonly read: ReadRule | null; readonly faults: readonly Fault[] } {
  const stored = before === null ? undefined : writtenActions(before.actions);
  const { value, faults } = readRule(
    {
      match: sent.match ?? before?.match ?? 'all',
      conditions: sent.conditions === undefined ? before?.conditions : sent.conditions,
      actions: sent.actions === undefined ? stored : sent.actions,
    },
    names,
  );
  return { read: value, faults };
}

/** Why the account cannot have another rule now. */
export function conflictOfNew(all: readonly AssignmentRuleView[]): ProblemDraft | null {
  return all.filter(({ managedBy }) => managedBy === 'api').length < MOST_RULES
    ? null
    : { code: 'limit-reached', detail: `There are ${MOST_RULES} rules: delete one first.` };
}

/** A new rule is the last one unless told. */
export function rowOfNew(
  all: readonly AssignmentRuleView[],
  id: string,
  wish: NewRule,
  read: ReadRule,
): AssignmentRuleRow {
  return {
    ...read,
    ...referencesOf(read),
    id,
    name: wish.name,
    position: wish.position ?? Math.max(...all.map(({ position }) => position), -1) + 1,
    active: wish.active ?? true,
    stop: wish.stop ?? false,
    brokenBecause: null,
    managedBy: 'api',
  };
}

/** The rule after the changes, and the public names of the parts that differ. */
export function changesOf(
  before: AssignmentRuleView,
  patch: RulePatch,
  read: ReadRule,
): { readonly row: AssignmentRuleRow; readonly changed: string[] } {
  const active = patch.active ?? before.active;
  const row: AssignmentRuleRow = {
    ...before,
    ...read,
    ...referencesOf(read),
    name: patch.name ?? before.name,
    position: patch.position ?? before.position,
    active,
    stop: patch.stop ?? before.stop,
    brokenBecause: active ? null : before.brokenBecause,
  };
  const parts = ['name', 'position', 'active', 'match', 'stop'] as const;
  const changed: string[] = parts.filter((part) => row[part] !== before[part]);
  return {
    row,
    changed: [
      ...changed,
      ...(isSame(row.conditions, before.conditions) ? [] : ['conditions']),
      ...(isSame(writtenActions(row.actions), writtenActions(before.actions)) ? [] : ['actions']),
      ...(row.brokenBecause === before.brokenBecause ? [] : ['broken_because']),
    ],
  };
}

/** The table keeps the members of objects in an order of its own. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);
}

function inOrder(_name: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
}

/** Why a rule cannot be changed here, when the configuration file declares it. */
export function conflictOfDeclared({ managedBy, name }: AssignmentRuleView): ProblemDraft | null {
  return managedBy === 'api'
    ? null
    : {
        code: 'managed-by-configuration',
        detail: `The rule ${name} is declared at assignmentRules of the configuration: change it there and start again.`,
      };
}
