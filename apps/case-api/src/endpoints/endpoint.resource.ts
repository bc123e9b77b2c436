import { CASE_TYPES, type CaseState, PRIORITIES } from '#libs/case-domain';
import { ENDPOINT_KINDS, type EndpointDetail, type EndpointKind } from '#libs/case-store';
import { Instant, Integer, Many, One, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

export class EndpointResource {
  @Uuid() id!: string;
  @OneOf(ENDPOINT_KINDS) kind!: EndpointKind;
  @Text({ description: 'As interactions spell it.', example: '+351210000000' }) address!: string;
  @Text({ nullable: true, description: 'What people call it.', example: 'Support line' }) label!: string | null;
  @Uuid({ description: 'Where its cases go.' }) group_id!: string;
  @OneOf(PRIORITIES, { nullable: true }) default_priority!: CaseState['priority'];
  @OneOf(CASE_TYPES, { nullable: true }) default_type!: CaseState['type'];
  @Texts({ nullable: true, description: 'What opens a case by itself here; null is as in the account.' })
  auto_create!: readonly string[] | null;
  @Truth() active!: boolean;
  @OneOf(['api', 'file']) managed_by!: 'api' | 'file';
  @Integer({ description: 'Rises by 1 with every change; the ETag.', example: 3 }) version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
}

export class EndpointListResource {
  @Many(() => EndpointResource) data!: EndpointResource[];
  @One(() => PageResource) page!: PageResource;
}

export function endpointResourceOf(endpoint: EndpointDetail): EndpointResource {
  return {
    id: endpoint.id,
    kind: endpoint.kind,
    address: endpoint.address,
    label: endpoint.label,
    group_id: endpoint.groupId,
    default_priority: endpoint.defaultPriority,
    default_type: endpoint.defaultType,
    auto_create: endpoint.autoCreate,
    active: endpoint.active,
    managed_by: endpoint.managedBy,
    version: endpoint.version,
    created_at: endpoint.createdAt.toISOString(),
    updated_at: endpoint.updatedAt.toISOString(),
  };
}
