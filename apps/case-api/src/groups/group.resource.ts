import type { AssignmentStrategy, ReopenPolicy } from '#libs/case-domain';
import type { GroupDetail } from '#libs/case-store';
import { REOPEN_POLICIES } from '../account/account-body.js';
import { Instant, Integer, Many, One, OneOf, Text, Truth, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';
import { STRATEGIES } from './group-body.js';

export class RequiredSkillResource {
  @Text({ example: 'french' }) key!: string;
  @Integer({ example: 5 }) min_level!: number;
  @Integer({ description: 'What a level counts for the strategy skills.', example: 1 }) weight!: number;
}

export class GroupMemberResource {
  @Uuid() agent_id!: string;
  @Integer({ nullable: true, description: 'Instead of the group’s.', example: 5 }) capacity!: number | null;
  @Integer({ example: 0 }) position!: number;
  @OneOf(['api', 'file']) managed_by!: 'api' | 'file';
}

export class GroupResource {
  @Uuid() id!: string;
  @Text({ example: 'Support' }) name!: string;
  @Truth() active!: boolean;
  @OneOf(STRATEGIES) strategy!: AssignmentStrategy;
  @Integer({ nullable: true, example: 10 }) capacity_per_agent!: number | null;
  @Many(() => RequiredSkillResource) required_skills!: readonly RequiredSkillResource[];
  @OneOf(REOPEN_POLICIES, { nullable: true }) reopen_policy!: ReopenPolicy | null;
  @Integer({ nullable: true, example: 14 }) reopen_window_days!: number | null;
  @Truth() keep_owner_on_reopen!: boolean;
  @Text({ nullable: true }) signature_text!: string | null;
  @Text({ nullable: true }) signature_html!: string | null;
  @Many(() => GroupMemberResource) members!: readonly GroupMemberResource[];
  @OneOf(['api', 'file']) managed_by!: 'api' | 'file';
  @Integer({ description: 'Rises by 1 with every change; the ETag.', example: 3 }) version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
  @Integer({ required: false, description: 'Cases that are in another group, or somebody else has, by this change.' })
  released_cases?: number;
  @Integer({ required: false, description: 'Tasks that moved with them and need somebody who can go on with them.' })
  flagged_tasks?: number;
}

export class GroupListResource {
  @Many(() => GroupResource) data!: GroupResource[];
  @One(() => PageResource) page!: PageResource;
}

export function groupResourceOf(group: GroupDetail): GroupResource {
  return {
    id: group.id,
    name: group.name,
    active: group.active,
    strategy: group.strategy,
    capacity_per_agent: group.capacityPerAgent,
    required_skills: group.requiredSkills.map(({ key, minLevel, weight }) => ({ key, min_level: minLevel, weight })),
    reopen_policy: group.reopenPolicy,
    reopen_window_days: group.reopenWindowDays,
    keep_owner_on_reopen: group.keepOwnerOnReopen,
    signature_text: group.signatureText,
    signature_html: group.signatureHtml,
    members: group.members.map((member) => ({
      agent_id: member.agentId,
      capacity: member.capacity,
      position: member.position,
      managed_by: member.managedBy,
    })),
    managed_by: group.managedBy,
    version: group.version,
    created_at: group.createdAt.toISOString(),
    updated_at: group.updatedAt.toISOString(),
  };
}
