import type { RuleDryRun, RuledFields } from '#libs/case-domain';
import type { Opening } from '#libs/case-store';
import { RuleTraceResource, ruleTraceOf } from '../interactions/rule-trace.resource.js';
import { Json, Instant, Integer, Many, Text, Uuid } from '../resources/properties.js';

export class RuledChangeResource {
  @Text({ description: 'Of the case.', example: 'group_id' }) field!: string;
  @Json({ description: 'By the rules that it is compared with.' }) from!: unknown;
  @Json({ description: 'By those that are tried.' }) to!: unknown;
}

export class RuledInteractionResource {
  @Uuid() interaction_id!: string;
  @Uuid({ description: 'The case that it opened.' }) case_id!: string;
  @Integer({ example: 12 }) case_number!: number;
  @Text({ example: 'email' }) channel!: string;
  @Instant() occurred_at!: string;
  @Many(() => RuleTraceResource, { description: 'Rules that hold; of a single interaction all that were looked at.' })
  rules!: RuleTraceResource[];
  @Many(() => RuledChangeResource) changes!: RuledChangeResource[];
}

export class RuleDryRunResource {
  @Integer({ description: 'How many interactions were tried.', example: 100 }) tried!: number;
  @Integer({ description: 'Of how many some rule holds.', example: 12 }) matched!: number;
  @Integer({ description: 'Of how many something would be otherwise.', example: 7 }) changed!: number;
  @Many(() => RuledInteractionResource, { description: 'Those of which some rule holds, the newest first.' })
  results!: RuledInteractionResource[];
}

const NAMES = {
  groupId: 'group_id',
  assigneeId: 'assignee_id',
  strategy: 'strategy',
  priority: 'priority',
  type: 'type',
  problemId: 'problem_id',
  tags: 'tags',
} as const satisfies Readonly<Record<keyof RuledFields, string>>;

export function ruledInteractionOf(
  { interaction, caseId, caseNumber }: Opening,
  { traces, before, after }: RuleDryRun,
  isAlone: boolean,
): RuledInteractionResource {
  return {
    interaction_id: interaction.id,
    case_id: caseId,
    case_number: Number(caseNumber),
    channel: interaction.channel,
    occurred_at: interaction.occurredAt,
    rules: traces.filter(({ holds }) => holds || isAlone).map(ruleTraceOf),
    changes: (Object.keys(NAMES) as (keyof RuledFields)[])
      .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
      .map((field) => ({ field: NAMES[field], from: before[field], to: after[field] })),
  };
}
