import { LINK_KINDS, type LinkKind, type Status, statusOf, STATUSES } from '#libs/case-domain';
import type { LinkView } from '#libs/case-store';
import { AuthorResource } from '../resources/redaction.resource.js';
import { Instant, Many, One, OneOf, Text, Uuid } from '../resources/properties.js';
import { CaseMentionResource, NamedResource, PageResource } from '../resources/shared.resource.js';

/** The case at the other end of a link. */
export class LinkedCaseResource extends CaseMentionResource {
  @Text({ nullable: true, description: 'Null while the case is in the trash.', example: 'My lamp is broken' })
  subject!: string | null;
  @OneOf(STATUSES) status!: Status;
}

/** A tie between two cases, as one of them shows it. */
export class LinkResource {
  @Uuid({ description: 'UUIDv7: sorts by time of creation.' }) id!: string;
  @OneOf(LINK_KINDS, { description: 'People make and take away those that are `related`; the others follow.' })
  kind!: LinkKind;
  @OneOf(['from', 'to'], {
    description: '`to`: it leads from this case to the other one; `from`: it comes from there.',
  })
  direction!: 'from' | 'to';
  @One(() => LinkedCaseResource, { description: 'The other case.' }) case!: LinkedCaseResource;
  @Instant() created_at!: string;
  @One(() => AuthorResource, { nullable: true, description: 'Null where it follows from a rule.' })
  created_by!: AuthorResource | null;
  @One(() => NamedResource, { nullable: true, description: 'The agent for whom a client made it.' })
  on_behalf_of!: NamedResource | null;
}

export class LinkListResource {
  @Many(() => LinkResource) data!: LinkResource[];
  @One(() => PageResource) page!: PageResource;
}

export function linkResourceOf(view: LinkView): LinkResource {
  const { id, kind, direction, linked, createdAt, createdBy, createdByName, onBehalfOf, onBehalfOfName } = view;
  const { id: caseId, number, subject, isInTrash } = linked;
  return {
    id,
    kind,
    direction,
    case: { id: caseId, number: Number(number), subject: isInTrash ? null : subject, status: statusOf(linked) },
    created_at: createdAt.toISOString(),
    created_by: createdBy === null ? null : { kind: createdBy.kind, id: createdBy.id, name: createdByName },
    on_behalf_of: onBehalfOf === null ? null : { id: onBehalfOf, name: onBehalfOfName },
  };
}
