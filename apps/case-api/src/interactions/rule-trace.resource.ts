import type { RuleTrace } from '#libs/case-domain';
import { Json, Many, Text, Texts, Truth, Uuid } from '../resources/properties.js';

export class RuleConditionResource {
  @Text({ description: 'JSON Pointer into the rule.', example: '/conditions/0' }) pointer!: string;
  @Text({ example: 'interaction.channel' }) field!: string;
  @Text({ example: 'is' }) op!: string;
  @Truth() holds!: boolean;
  @Json({ required: false, description: 'What the field said; absent where it is about a person and is not kept.' })
  value?: unknown;
}

export class RuleSkipResource {
  @Text({ example: 'group_id' }) action!: string;
  @Text({
    description:
      '`set_before`: a rule before it said otherwise; `inactive`, `not_a_problem`, `problem_required`; `other_group`, `other_assignee`: something that counts more decided; `not_in_group`; `not_new`: the case was there before.',
    example: 'set_before',
  })
  because!: string;
}

/** What came of one assignment rule. */
export class RuleTraceResource {
  @Uuid() id!: string;
  @Text({ description: 'As it was called then.', example: 'VIP to the second line' }) name!: string;
  @Truth() holds!: boolean;
  @Many(() => RuleConditionResource, { description: 'Of a rule that does not hold, the first that kept it from it.' })
  conditions!: RuleConditionResource[];
  @Texts({ description: 'Actions that were carried out.' }) applied!: string[];
  @Many(() => RuleSkipResource) skipped!: RuleSkipResource[];
  @Truth({ description: 'It ended the list.' }) stopped!: boolean;
}

export function ruleTraceOf(trace: RuleTrace): RuleTraceResource {
  const { id, name, holds, conditions, applied = [], skipped = [], stopped = false } = trace;
  return {
    id,
    name,
    holds,
    conditions: conditions.map((one) => ({ ...one })),
    applied: [...applied],
    skipped: skipped.map((one) => ({ ...one })),
    stopped,
  };
}
