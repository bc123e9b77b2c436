import { writtenActions } from '#libs/case-domain';
import type { AssignmentRuleView } from '#libs/case-store';
import { Json, Instant, Integer, Many, One, OneOf, Text, Truth, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

export class AssignmentRuleResource {
  @Uuid() id!: string;
  @Text({ example: 'VIP to the second line' }) name!: string;
  @Integer({ description: 'Order among the rules.', example: 1 }) position!: number;
  @Truth() active!: boolean;
  @OneOf(['all', 'any'], { description: 'Whether all conditions have to hold, or any.' }) match!: 'all' | 'any';
  @Json({ description: 'A list of `{field, op, value}`, and of `{any: […]}` and `{all: […]}` of them.' })
  conditions!: unknown;
  @Json({ description: 'A list of objects with one action each.' }) actions!: unknown;
  @Truth({ description: 'Where it holds, none after it is looked at.' }) stop!: boolean;
  @Text({ nullable: true, description: 'Why it was switched off by itself.', example: null }) broken_because!:
    string | null;
  @OneOf(['api', 'file']) managed_by!: 'api' | 'file';
  @Integer({ description: 'Rises by 1 with every change; the ETag.', example: 3 }) version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
}

export class AssignmentRuleListResource {
  @Many(() => AssignmentRuleResource) data!: AssignmentRuleResource[];
  @One(() => PageResource) page!: PageResource;
}

export function assignmentRuleResourceOf(rule: AssignmentRuleView): AssignmentRuleResource {
  return {
    id: rule.id,
    name: rule.name,
    position: rule.position,
    active: rule.active,
    match: rule.match,
    conditions: rule.conditions,
    actions: writtenActions(rule.actions),
    stop: rule.stop,
    broken_because: rule.brokenBecause,
    managed_by: rule.managedBy,
    version: rule.version,
    created_at: rule.createdAt.toISOString(),
    updated_at: rule.updatedAt.toISOString(),
  };
}
