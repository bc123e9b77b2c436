import type { ExplainedRule } from './explanation.js';

type Field = readonly [name: string, text: string];

/** Why an action of a rule was not carried out, in words; a reason that is not known is told as it is. */
const WHY: Readonly<Record<string, string>> = {
  set_before: 'a rule before it says otherwise',
  inactive: 'what it names is not active',
  not_a_problem: 'it is no open problem',
  problem_required: 'an incident belongs to a problem',
  other_group: 'something that counts more says where the case belongs',
  other_assignee: 'something that counts more says whose it is',
  not_in_group: 'the agent is no member of the group',
  not_new: 'the case was there before',
};

/** Which assignment rules were looked at, what held and what was done. Every text may come from a stranger. */
export function ruleLines(rules: readonly ExplainedRule[]): Field[] {
  return rules.flatMap((rule): Field[] => [
    ['rule', `${rule.name}: ${rule.holds ? didOf(rule) : 'does not hold'}`],
    ...rule.conditions.map((one): Field => ['', `${one.holds ? 'held' : 'did not hold'}: ${conditionOf(one)}`]),
    ...(rule.skipped ?? []).map((one): Field => ['', `not ${one.action}: ${WHY[one.because] ?? one.because}`]),
  ]);
}

function didOf({ applied = [], stopped }: ExplainedRule): string {
  const done = applied.length === 0 ? 'holds, nothing of it was done' : `holds, gave ${applied.join(', ')}`;
  return stopped === true ? `${done}; none after it was looked at` : done;
}

function conditionOf(condition: ExplainedRule['conditions'][number]): string {
  const { pointer, field, op } = condition;
  const said = 'value' in condition ? `, it was ${JSON.stringify(condition.value)}` : '';
  return `${field} ${op} (${pointer})${said}`;
}
