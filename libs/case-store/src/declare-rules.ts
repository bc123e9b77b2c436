import { readBusinessHours, readRule, referencesOf, type RuleFault } from '#libs/case-domain';
import { declaredId } from '#libs/interaction';
import { findRuleNames } from './find-rule-names.js';
import type { Queryable } from './queryable.js';
import type { AssignmentRuleRow } from './sql/assignment-rules/assignment-rule-row.js';
import { breakAssignmentRules } from './sql/assignment-rules/break-assignment-rules.js';
import { declareAssignmentRules } from './sql/assignment-rules/declare-assignment-rules.js';
import type { BusinessHoursRow } from './sql/business-hours/business-hours-row.js';
import { declareBusinessHours } from './sql/business-hours/declare-business-hours.js';

/** A rule as the configuration file has it: what it asks for and does is written as the API takes it. */
export interface DeclaredAssignmentRule {
  readonly name: string;
  /** Its place in the file unless told. */
  readonly position: number | null;
  readonly active: boolean;
  readonly match: string;
  readonly conditions: unknown;
  readonly actions: unknown;
  readonly stop: boolean;
}

/** What a configuration file says about where cases go. */
export interface DeclaredRouting {
  readonly assignmentRules?: readonly DeclaredAssignmentRule[];
  readonly groups: readonly { readonly name: string; readonly businessHours?: object | null }[];
  readonly account: { readonly businessHours?: object | null };
}

/** One thing that is wrong with a file, by the place in it. */
export interface RoutingProblem {
  readonly path: string;
  readonly problem: string;
}

/** What is wrong with the rules and hours of a file, as far as it can be told without the tables. */
export function problemsOfRouting({ assignmentRules = [], groups, account }: DeclaredRouting): RoutingProblem[] {
  const named = { resolve: (_kind: string, name: string) => name };
  const ofRules = assignmentRules.flatMap((rule, index) =>
    readRule(rule, named).faults.map((fault) => problemAt(`assignmentRules[${index}]`, fault)),
  );
  const hours = [
    { path: 'account.businessHours', given: account.businessHours },
    ...groups.map(({ businessHours }, index) => ({ path: `groups[${index}].businessHours`, given: businessHours })),
  ];
  return [
    ...ofRules,
    ...hours.flatMap(({ path, given }) =>
      given ? readBusinessHours(given).faults.map((fault) => problemAt(path, fault)) : [],
    ),
  ];
}

/** `/conditions/0/op` of a rule is `.conditions[0].op` of the file. */
function problemAt(path: string, { pointer, detail }: RuleFault): RoutingProblem {
  const steps = pointer.split('/').slice(1);
  const at = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
  return { path: `${path}${at}`, problem: detail.charAt(0).toLowerCase() + detail.slice(1).replace(/\.$/, '') };
}

/**
 * Writes the rules and hours of the file, after the groups and agents. A rule that names what is not there is kept, inactive,
 * with why; what left the file is forgotten.
 */
export async function declareRouting(client: Queryable, accountId: string, declared: DeclaredRouting): Promise<void> {
  const { assignmentRules = [], groups, account } = declared;
  await declareBusinessHours(client, accountId, [
    ...hoursIn(null, account.businessHours),
    ...groups.flatMap(({ name, businessHours }) => hoursIn(declaredId(accountId, 'group', name), businessHours)),
  ]);
  const names = await findRuleNames(client, accountId, assignmentRules, { plain: true });
  const rows = assignmentRules.map((rule, index): AssignmentRuleRow => {
    const { value, faults } = readRule(rule, names);
    const [first] = faults;
    const read = value ?? { match: 'all' as const, conditions: [], actions: {} };
    return {
      ...read,
      ...referencesOf(read),
      id: declaredId(accountId, 'rule', rule.name),
      name: rule.name,
      position: rule.position ?? index,
      active: rule.active && value !== null,
      stop: rule.stop,
      brokenBecause: first === undefined ? null : `${first.pointer}: ${first.detail}`,
      managedBy: 'file',
    };
  });
  await declareAssignmentRules(client, accountId, rows);
  await breakAssignmentRules(client, accountId);
}

function hoursIn(groupId: string | null, given: object | null | undefined): BusinessHoursRow[] {
  const hours = given ? readBusinessHours(given).value : null;
  return hours === null ? [] : [{ groupId, ...hours, managedBy: 'file' }];
}
