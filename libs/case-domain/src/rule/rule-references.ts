import { comparisonsOf } from '../condition/condition.js';
import type { AccountHours, AssignmentRule, AssignmentRules } from '../decision/assignment-rules.js';
import { asksContact, HOURS_OF_ACCOUNT, ruleField } from './rule-fields.js';
import type { ReadRule } from './read-rule.js';

/** What a rule names: without them it cannot do what it says. */
export interface RuleReferences {
  readonly groupIds: readonly string[];
  readonly agentIds: readonly string[];
  readonly problemIds: readonly string[];
}

export function referencesOf(rule: ReadRule): RuleReferences {
  const { groupId, assigneeId, problemId } = rule.actions;
  const compared = comparisonsOf(rule).flatMap(({ field, value }) => {
    const isNamed = ruleField(field)?.refersTo !== undefined && value !== undefined;
    return isNamed ? (typeof value === 'object' ? value.map(String) : [String(value)]) : [];
  });
  const groups = [...compared.filter((id) => id !== HOURS_OF_ACCOUNT), ...some(groupId)];
  return { groupIds: [...new Set(groups)], agentIds: some(assigneeId), problemIds: some(problemId) };
}

function some(id: string | undefined): string[] {
  return id === undefined ? [] : [id];
}

/** The active rules of an account, which stand in their order, with what they ask for. */
export function assignmentRulesOf(rules: readonly AssignmentRule[], hours: AccountHours): AssignmentRules {
  return {
    rules,
    hours,
    groupIds: [...new Set(rules.flatMap(({ actions }) => some(actions.groupId)))],
    problemIds: [...new Set(rules.flatMap(({ actions }) => some(actions.problemId)))],
    setsStrategy: rules.some(({ actions }) => actions.strategy !== undefined),
    asksContacts: rules.some((rule) => comparisonsOf(rule).some(({ field }) => asksContact(field))),
  };
}
