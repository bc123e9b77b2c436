import { type CaseState, PARTICIPANT_ROLES, type ParticipantRole, type Status, STATUSES } from '#libs/case-domain';
import { Integer, OneOf, Text, Texts, Truth, Uuid } from './properties.js';

/** A thing with an id and the name that people know it by. */
export class NamedResource {
  @Uuid() id!: string;
  @Text({ nullable: true, example: 'Support' }) name!: string | null;
}

/** Who caused something. */
export class ActorResource {
  @OneOf(['agent', 'contact', 'automation', 'system', 'app']) kind!: string;
  @Text({ nullable: true }) id!: string | null;
}

/** A contact or an agent. */
export class PersonResource extends NamedResource {
  @OneOf(['contact', 'agent']) kind!: CaseState['requester']['kind'];
  @Text({ nullable: true, example: 'rita@example.org' }) email!: string | null;
  @Text({ nullable: true, example: '+351210000000' }) phone!: string | null;
}

/** Somebody who may write to a case beside its requester. */
export class ParticipantResource {
  @OneOf(['contact', 'agent']) kind!: 'contact' | 'agent';
  @Uuid({ nullable: true, description: 'Null of whom an address alone is known.' }) id!: string | null;
  @Text({ nullable: true, example: 'Rita Alves' }) name!: string | null;
  @Text({ nullable: true, example: 'rita@example.org' }) email!: string | null;
  @Text({ nullable: true }) phone!: string | null;
  @OneOf(PARTICIPANT_ROLES) role!: ParticipantRole;
}

/** Why the requester is who it is. */
export class RequesterMatchResource {
  @Text({ description: 'Rule that hit, R0 to R8.', example: 'R4' }) method!: string;
  @OneOf(['verified', 'exact', 'weak', 'ambiguous', 'anonymous']) confidence!: string;
  @Texts({ description: 'Ids of all contacts that could have been meant.' }) candidates!: readonly string[];
}

export class CaseMentionResource {
  @Uuid() id!: string;
  @Integer({ example: 42 }) number!: number;
}

/** A case as another one mentions it. */
export class RelatedCaseResource extends CaseMentionResource {
  @Text({ example: 'My lamp is broken' }) subject!: string;
  @OneOf(STATUSES) status!: Status;
}

export class PageResource {
  @Text({ nullable: true, description: 'Pass it as `cursor` for the next page.' }) next_cursor!: string | null;
  @Truth() has_more!: boolean;
}
