import { type AccountHours, type AssignmentRule, type AssignmentRules, assignmentRulesOf } from '#libs/case-domain';
import { declaredId, USUAL_WEEK } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';

/** The rules of an account that has none, with the hours that are usual, unless told. */
export function someAssignmentRules(
  rules: readonly AssignmentRule[] = [],
  hours: Partial<AccountHours> = {},
): AssignmentRules {
  const usual = { timeZone: 'Europe/Lisbon', week: USUAL_WEEK, holidays: [] };
  return assignmentRulesOf(rules, { account: usual, groups: new Map(), ...hours });
}

/** A rule that always holds and does nothing unless told. */
export function anAssignmentRule(name: string, overrides: Partial<AssignmentRule> = {}): AssignmentRule {
  const id = declaredId(defaultAccountId, 'rule', name);
  return { id, name, match: 'all', conditions: [], actions: {}, stop: false, ...overrides };
}
