import type { Interaction } from '#libs/interaction';
import type { AssignmentRule } from '../decision/assignment-rules.js';
import type { RuleTrace } from '../decision/evidence.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { priorityFor, tagsOf, typeFor } from '../new-case/facts-of-case.js';
import { chooseGroup } from '../new-case/group.js';
import { endpointOf } from '../people/endpoint.js';
import { resolveRequester } from '../people/requester.js';
import { type Ruling, rule } from './ruling.js';
import { subjectOf } from './rule-subject.js';
import { tracesOf } from './settled-ruling.js';

/** What a case would be given, as far as rules have a say in it. `assigneeId` and `strategy`: by rules alone. */
export interface RuledFields {
  readonly groupId: string;
  readonly assigneeId: string | null;
  readonly strategy: string | null;
  readonly priority: string | null;
  readonly type: string | null;
  readonly problemId: string | null;
  readonly tags: readonly string[];
}

/** What rules would make of the case that an interaction opens. Nothing is written, and nobody is chosen by a strategy. */
export interface RuleDryRun {
  readonly traces: readonly RuleTrace[];
  /** With the rules that it is compared with. */
  readonly before: RuledFields;
  readonly after: RuledFields;
}

/** `before`: the rules that it is compared with; `after`: those that are tried. Each in their order. */
export function dryRunRules(
  interaction: Interaction,
  { before, after }: { readonly before: readonly AssignmentRule[]; readonly after: readonly AssignmentRule[] },
  snapshot: Snapshot,
  moment: Moment,
): RuleDryRun {
  const resolved = resolveRequester(interaction, snapshot, moment);
  const ask = (rules: readonly AssignmentRule[]): Ruling =>
    rule(rules, subjectOf(interaction, resolved, snapshot), true);
  const tried = ask(after);
  const group = chooseGroup(interaction, null, snapshot, tried.groupId);
  const fields = fieldsOf(interaction, tried, snapshot);
  const assignment = fields.assigneeId === null ? null : BY_RULE;
  const settled = {
    groupId: group.groupId,
    group,
    assignment: assignment ?? (tried.strategy === null ? null : BY_STRATEGY),
  };
  return {
    traces: tracesOf(tried, settled, snapshot),
    before: fieldsOf(interaction, ask(before), snapshot),
    after: fields,
  };
}

const BY_RULE = { rule: 'A4', strategy: null, candidatesCount: 1, chosenBecause: '' } as const;
const BY_STRATEGY = { ...BY_RULE, rule: 'A6' } as const;

function fieldsOf(interaction: Interaction, ruling: Ruling, snapshot: Snapshot): RuledFields {
  const endpoint = endpointOf(interaction, snapshot);
  const { groupId } = chooseGroup(interaction, null, snapshot, ruling.groupId);
  const { assigneeId } = ruling;
  const isMember = snapshot.groups.get(groupId)?.members.some((member) => member.agentId === assigneeId) === true;
  return {
    groupId,
    assigneeId: isMember ? assigneeId : null,
    strategy: isMember ? null : ruling.strategy,
    priority: ruling.priority ?? priorityFor(interaction, endpoint),
    type: ruling.type ?? typeFor(endpoint),
    problemId: ruling.problemId,
    tags: [...new Set([...tagsOf(interaction), ...ruling.tags])],
  };
}
