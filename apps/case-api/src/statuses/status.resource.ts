import { CATEGORIES, type Category } from '#libs/case-domain';
import type { StatusView } from '#libs/case-store';
import { Instant, Integer, Many, One, OneOf, Text, Truth, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

export class StatusResource {
  @Uuid() id!: string;
  @Text({ description: 'Names it beside its id, as `key:with_the_lab`; never changes.', example: 'with_the_lab' })
  key!: string;
  @Text({ example: 'With the lab' }) agent_label!: string;
  @Text({ description: 'What requesters read.', example: 'In progress' }) requester_label!: string;
  @OneOf(CATEGORIES, { description: 'What it means; never changes.' }) category!: Category;
  @Integer({ description: 'Order within the category.', example: 1 }) position!: number;
  @Truth({ description: 'Cases can be given it.' }) active!: boolean;
  @Truth({ description: 'What cases of the category are given unless told; one of each category.' })
  is_default!: boolean;
  @OneOf(['api', 'file']) managed_by!: 'api' | 'file';
  @Integer({ description: 'Rises by 1 with every change; the ETag.', example: 3 }) version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
}

export class StatusListResource {
  @Many(() => StatusResource) data!: StatusResource[];
  @One(() => PageResource) page!: PageResource;
}

/** All statuses are managed by the API: the configuration file declares none. */
export function statusResourceOf(status: StatusView): StatusResource {
  return {
    id: status.id,
    key: status.key,
    agent_label: status.agentLabel,
    requester_label: status.requesterLabel,
    category: status.category,
    position: status.position,
    active: status.active,
    is_default: status.isDefault,
    managed_by: 'api',
    version: status.version,
    created_at: status.createdAt.toISOString(),
    updated_at: status.updatedAt.toISOString(),
  };
}
