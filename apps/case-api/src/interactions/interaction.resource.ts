import { ApiProperty } from '@nestjs/swagger';
import { IGNORED_BECAUSE } from '#libs/case-domain';
import { CASE_SOURCES, CHANNELS, DIRECTIONS, HANDLINGS, RECORDING_STATUSES } from '#libs/interaction';
import {
  ActorResource,
  CaseMentionResource,
  PageResource,
  RequesterMatchResource,
} from '../resources/shared.resource.js';
import { RedactionResource } from '../resources/redaction.resource.js';
import { CallResource } from './call.resource.js';
import { RuleTraceResource } from './rule-trace.resource.js';
import { Anything, Instant, Integer, Many, One, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';

export class PartyResource {
  @OneOf(['email', 'phone', 'external', 'anonymous']) kind!: string;
  @Text({ example: 'rita@example.org' }) value!: string;
  @Text({ nullable: true, description: 'As claimed; never trusted.', example: 'Rita Alves' }) name!: string | null;
}

export class RecipientResource extends PartyResource {
  @OneOf(['to', 'cc']) role!: string;
}

export class BlobResource {
  @Text({ description: '64 hexadecimal digits; `/v1/interactions/{id}/content/{sha256}` gives the bytes.' })
  sha256!: string;
  @Integer({ description: 'Bytes.', example: 18_230 }) size!: number;
  @Text({ example: 'text/html' }) media_type!: string;
}

export class AttachmentResource extends BlobResource {
  @Text({ example: 'lamp.jpg' }) name!: string;
  @Text({ nullable: true }) content_id!: string | null;
  @Truth() inline!: boolean;
}

export class ContentResource {
  @Text({ example: 'My lamp is broken' }) subject!: string;
  @Text({ description: 'Plain text, or its beginning when `text_reference` holds the whole.' }) text!: string;
  @One(() => BlobResource, { nullable: true }) text_reference!: BlobResource | null;
  @Integer({
    nullable: true,
    description: 'Where in `text` the quoted history begins, in UTF-16 units; nothing is cut.',
  })
  quote_start!: number | null;
  @Text({ nullable: true, description: 'As it came: sanitise it before it is shown. Larger HTML is `html_reference`.' })
  html!: string | null;
  @One(() => BlobResource, { nullable: true }) html_reference!: BlobResource | null;
  @Many(() => AttachmentResource) attachments!: AttachmentResource[];
  @One(() => BlobResource, { nullable: true, description: 'The untouched original.' }) raw!: BlobResource | null;
}

export class TrustResource {
  @OneOf(['pass', 'fail', 'unknown']) verdict!: string;
  @Text() reason!: string;
  @Texts({ description: 'Each method’s own result; no rule reads them.' }) checks!: string[];
}

export class ReferenceResource {
  @Text({ example: 'message_id' }) kind!: string;
  @Text({ example: '<first@example.org>' }) value!: string;
  @Text({ example: 'in_reply_to' }) via!: string;
}

export class MatchedKeyResource {
  @Text({ example: 'message_id' }) kind!: string;
  @Text({ example: '<first@example.org>' }) value!: string;
}

export class ConflictResource extends MatchedKeyResource {
  @Text({ example: 'references' }) rule!: string;
  @Uuid() case_id!: string;
}

export class IgnoredReferenceResource extends MatchedKeyResource {
  @Text({ example: 'subject_number' }) rule!: string;
  @Uuid({ required: false }) case_id?: string;
  @OneOf(IGNORED_BECAUSE) because!: string;
}

export class ThreadEvidenceResource {
  @Text({ description: '`none` when nothing was found.', example: 'in_reply_to' }) rule!: string;
  @One(() => MatchedKeyResource, { nullable: true }) matched!: MatchedKeyResource | null;
  @Uuid({ nullable: true, description: 'Before merges were followed.' }) named_case_id!: string | null;
  @Many(() => ConflictResource, { description: 'References that led elsewhere, the runner-up first.' })
  conflicts!: ConflictResource[];
  @Many(() => ConflictResource, {
    required: false,
    description: 'Cases of the same conversation, merged into this one.',
  })
  joined?: ConflictResource[];
  @Many(() => IgnoredReferenceResource, { required: false, description: 'What did not count, the strongest first.' })
  ignored?: IgnoredReferenceResource[];
  @Truth({ required: false, description: 'The subject is another one than the case’s. It decides nothing.' })
  subject_changed?: boolean;
  @Truth({ required: false, description: 'An earlier message bears the same name; both are kept.' })
  name_reused?: boolean;
}

export class GroupEvidenceResource {
  @Text({ example: 'endpoint' }) rule!: string;
  @Uuid() group_id!: string;
}

export class AssignmentEvidenceResource {
  @Text({ description: 'A0 to A7.', example: 'A6' }) rule!: string;
  @Text({ nullable: true, example: 'round_robin' }) strategy!: string | null;
  @Integer({ example: 3 }) candidates_count!: number;
  @Text() chosen_because!: string;
}

/** Why the interaction ended where it did. */
export class DecisionResource {
  @One(() => ThreadEvidenceResource) thread!: ThreadEvidenceResource;
  @One(() => RequesterMatchResource, { nullable: true }) requester!: RequesterMatchResource | null;
  @One(() => GroupEvidenceResource, { nullable: true }) group!: GroupEvidenceResource | null;
  @One(() => AssignmentEvidenceResource, { nullable: true }) assignment!: AssignmentEvidenceResource | null;
  @Many(() => RuleTraceResource, { description: 'Assignment rules that were looked at, in their order.' })
  rules!: RuleTraceResource[];
  @Texts({ description: 'Plain sentences, in the order in which the rules were applied.' }) reasons!: string[];
  @Anything({ required: false, description: 'What was concluded beyond the case itself.' })
  settled?: Record<string, unknown>;
}

export class InteractionResource {
  @Uuid() id!: string;
  @Uuid() account_id!: string;
  @OneOf(CHANNELS) channel!: string;
  @Text({ example: 'smtp' }) provider!: string;
  @Text({ example: '<first@example.org>' }) external_id!: string;
  @OneOf(DIRECTIONS) direction!: string;
  @OneOf(CASE_SOURCES) source!: string;
  @Text({ nullable: true, example: 'email' }) occasion!: string | null;
  @OneOf(HANDLINGS) handling!: string;
  @Instant() occurred_at!: string;
  @Instant() received_at!: string;
  @Instant() decided_at!: string;
  @Texts({ description: 'Addresses of ours that it reached.' }) endpoints!: string[];
  @One(() => PartyResource) sender!: PartyResource;
  @Many(() => RecipientResource) recipients!: RecipientResource[];
  @Anything({ nullable: true, description: 'The author behind a forwarding sender.' })
  forwarded!: Record<string, unknown> | null;
  @Anything({ nullable: true, description: 'Class and signals of mail that no person wrote.' })
  automatic!: Record<string, unknown> | null;
  @One(() => TrustResource) trust!: TrustResource;
  @One(() => ContentResource) content!: ContentResource;
  @One(() => CallResource, { nullable: true, description: 'Of a call: what happened in it, and who talked.' })
  call!: CallResource | null;
  @Texts() flags!: string[];
  @OneOf(['public', 'internal']) visibility!: string;
  @Text({ description: 'created, attached, reopened, followed_up, …', example: 'created' }) outcome!: string;
  @One(() => CaseMentionResource, { nullable: true }) case!: CaseMentionResource | null;
  @Instant({ nullable: true, description: 'When what it said was taken away for good.' }) redacted_at!: string | null;
  @One(() => RedactionResource, { nullable: true }) redaction!: RedactionResource | null;
}

export class InteractionMoveResource {
  @Instant() at!: string;
  @One(() => ActorResource) by!: ActorResource;
  @Uuid({ nullable: true, description: 'The agent for whom a client did it.' }) on_behalf_of!: string | null;
  @Uuid({ nullable: true, description: 'Null: it was in none.' }) from_case_id!: string | null;
  @Uuid({ nullable: true, description: 'Null: off its case.' }) to_case_id!: string | null;
  @Truth({ description: 'Whether later replies to it followed.' }) thread!: boolean;
}

export class RecordingResource {
  @Text({ example: 'RE0123456789abcdef0123456789abcdef' }) id!: string;
  @Text({
    nullable: true,
    description: 'Which leg of the call was recorded; null where nobody told, and of a voicemail.',
  })
  leg_id!: string | null;
  @OneOf(RECORDING_STATUSES, { description: '`available` without `sha256`: the provider has it, and we keep none.' })
  status!: string;
  @Text({ nullable: true, description: 'Why it failed: `auth`, `not_audio`, `host_not_allowed` …', example: null })
  failure!: string | null;
  @Text({ nullable: true, description: 'Of the bytes; `/v1/interactions/{id}/content/{sha256}` gives them.' })
  sha256!: string | null;
  @Integer({ nullable: true, description: 'Bytes.', example: 376_044 }) size!: number | null;
  @Text({ nullable: true, example: 'audio/wav' }) media_type!: string | null;
  @Integer({ nullable: true, example: 47_000 }) duration_ms!: number | null;
  @Instant({ nullable: true }) started_at!: string | null;
  @Integer({ nullable: true, example: 1 }) channels!: number | null;
  @Text({ nullable: true, description: 'What was said about being recorded, in the provider’s words.' })
  consent!: string | null;
}

export class TranscriptResource {
  @Text({ nullable: true, description: 'Null where none was named.' }) recording_id!: string | null;
  @OneOf(['pending', 'absent', 'failed', 'empty', 'completed'], {
    description: '`absent`: nobody told one within the hour; it may still come.',
  })
  status!: string;
  @Text({ nullable: true, description: 'What a machine heard; nobody has checked it.' }) text!: string | null;
  @OneOf(['machine']) made_by!: string;
  @Text({ nullable: true, description: 'BCP 47.', example: 'pt-PT' }) language!: string | null;
  @Text({ nullable: true, example: 'whisper-1' }) engine!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: '0 to 1; null where it was not told.', example: 0.91 })
  confidence!: number | null;
}

export class InteractionDetailResource extends InteractionResource {
  @Many(() => RecordingResource, { description: 'Sounds of a call or a voicemail.' }) recordings!: RecordingResource[];
  @Many(() => TranscriptResource, { description: 'Texts of these sounds.' }) transcripts!: TranscriptResource[];
  @Many(() => ReferenceResource) references!: ReferenceResource[];
  @Anything({ description: 'Facts of the channel that no rule reads.' }) details!: Record<string, unknown>;
  @One(() => DecisionResource, { description: 'As it was on arrival; what people did since is in `moves`.' })
  decision!: DecisionResource;
  @Many(() => InteractionMoveResource, { description: 'Where people moved it, oldest first.' })
  moves!: InteractionMoveResource[];
}

export class InteractionListResource {
  @Many(() => InteractionResource) data!: InteractionResource[];
  @One(() => PageResource) page!: PageResource;
}
