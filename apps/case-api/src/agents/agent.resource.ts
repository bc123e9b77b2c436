import {
  AGENT_ROLES,
  type AgentDetail,
  type AgentRole,
  PRESENCE_CHANNELS,
  PRESENCE_STATES,
  type PresenceChannel,
  type PresenceState,
} from '#libs/case-store';
import { Instant, Integer, Many, One, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

export class SkillResource {
  @Text({ example: 'french' }) key!: string;
  @Integer({ description: '1 to 10.', example: 7 }) level!: number;
}

export class PresenceResource {
  @OneOf(PRESENCE_CHANNELS) channel!: PresenceChannel;
  @OneOf(PRESENCE_STATES) state!: PresenceState;
  @Instant() since!: string;
}

export class AgentResource {
  @Uuid() id!: string;
  @Text({ example: 'ana@acme.example' }) email!: string;
  @Text({ example: 'Ana Silva' }) name!: string;
  @OneOf(AGENT_ROLES) role!: AgentRole;
  @Truth({ description: 'Can be given cases, and acted for.' }) active!: boolean;
  @Texts({ description: 'Of their telephones.' }) extensions!: readonly string[];
  @Texts({ description: 'Groups that the agent is a member of.' }) group_ids!: readonly string[];
  @Uuid({ nullable: true }) default_group_id!: string | null;
  @Many(() => SkillResource) skills!: readonly SkillResource[];
  @Text({ nullable: true, description: 'null is as in the account.', example: 'Europe/Lisbon' })
  time_zone!: string | null;
  @Many(() => PresenceResource, {
    description: 'What the agent has said about being there; who has said nothing of a kind of work is there for it.',
  })
  presence!: readonly PresenceResource[];
  @OneOf(['api', 'file']) managed_by!: 'api' | 'file';
  @Integer({ description: 'Rises by 1 with every change but those of presence; the ETag.', example: 3 })
  version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
  @Integer({ required: false, description: 'Cases that somebody else has, or that are new again, by this change.' })
  released_cases?: number;
  @Integer({ required: false, description: 'Tasks that stay with the agent until somebody takes them over.' })
  flagged_tasks?: number;
}

export class AgentListResource {
  @Many(() => AgentResource) data!: AgentResource[];
  @One(() => PageResource) page!: PageResource;
}

export function agentResourceOf(agent: AgentDetail): AgentResource {
  return {
    id: agent.id,
    email: agent.email,
    name: agent.name,
    role: agent.role,
    active: agent.active,
    extensions: agent.extensions,
    group_ids: agent.memberships.map(({ groupId }) => groupId),
    default_group_id: agent.defaultGroupId,
    skills: Object.entries(agent.skills)
      .map(([key, level]) => ({ key, level }))
      .sort((one, other) => (one.key < other.key ? -1 : 1)),
    time_zone: agent.timeZone,
    presence: agent.presence,
    managed_by: agent.managedBy,
    version: agent.version,
    created_at: agent.createdAt.toISOString(),
    updated_at: agent.updatedAt.toISOString(),
  };
}
