import {
  CASE_TYPES,
  type CaseMeasures,
  caseStateData,
  isOverdue,
  type CaseState,
  PRIORITIES,
  type Status,
  statusOf,
  STATUSES,
} from '#libs/case-domain';
import type { CaseMention, CaseView } from '#libs/case-store';
import { Anything, Instant, Integer, Many, One, OneOf, Text, Texts, Truth, Uuid } from '../resources/properties.js';
import {
  NamedResource,
  PageResource,
  ParticipantResource,
  PersonResource,
  RelatedCaseResource,
  RequesterMatchResource,
} from '../resources/shared.resource.js';

export class SubmitterResource {
  @Uuid() id!: string;
  @OneOf(['contact', 'agent', 'app', 'system']) kind!: CaseState['submitter']['kind'];
}

/** What the sender claimed to be; never overwritten, never trusted. */
export class SuppliedResource {
  @Text({ nullable: true, example: 'Rita Alves' }) name!: string | null;
  @Text({ nullable: true, example: 'rita@example.org' }) email!: string | null;
  @Text({ nullable: true }) phone!: string | null;
}

export class ViaResource {
  @Text({ example: 'email' }) channel!: string;
  @Text({ example: 'email:rita@example.org' }) from!: string;
  @Text({ nullable: true, example: 'support@acme.example' }) to!: string | null;
  @Text({ nullable: true, example: 'inbound' }) rel!: string | null;
}

export class CaseResource {
  @Uuid({ description: 'UUIDv7: sorts by time of creation.' }) id!: string;
  @Uuid() account_id!: string;
  @Integer({ description: 'Counts from 1 in the account; gaps are normal.', example: 42 }) number!: number;
  @Text({ description: 'At most 150 characters.', example: 'My lamp is broken' }) subject!: string;
  @Text({ description: 'The first message.' }) description!: string;
  @OneOf(STATUSES, { description: '`closed` for closed cases, else the category of the status.' }) status!: Status;
  @Uuid() status_id!: string;
  @Text({ nullable: true, description: 'What agents call the status.', example: 'Open' }) status_label!: string | null;
  @Instant({ nullable: true }) closed_at!: string | null;
  @OneOf(['auto_close', 'merged'], { nullable: true }) closed_reason!: string | null;
  @Instant({ nullable: true }) resolved_at!: string | null;
  @Text({ nullable: true }) resolution!: string | null;
  @OneOf(['agent', 'automation', 'problem_cascade', 'app', 'merge'], { nullable: true })
  resolution_source!: string | null;
  @OneOf(PRIORITIES, { nullable: true }) priority!: string | null;
  @OneOf(CASE_TYPES, { nullable: true }) type!: string | null;
  @Text({ nullable: true, description: 'Of a task: the day.', example: '2026-03-29' }) due_on!: string | null;
  @Instant({ nullable: true, description: 'Noon of that day where the account is.' }) due_at!: string | null;
  @Text({ nullable: true, example: 'Europe/Lisbon' }) due_time_zone!: string | null;
  @Truth({ description: 'A task that is not resolved and was due before now.' }) overdue!: boolean;
  @Uuid({ nullable: true, description: 'Of an incident.' }) problem_id!: string | null;
  @Uuid({ nullable: true, description: 'Of a subcase.' }) parent_id!: string | null;
  @Uuid() group_id!: string;
  @One(() => NamedResource) group!: NamedResource;
  @Uuid({ nullable: true }) assignee_id!: string | null;
  @One(() => PersonResource, { nullable: true }) assignee!: PersonResource | null;
  @Truth({ description: 'False once somebody said that nobody is to have it: no strategy takes it then.' })
  auto_assign!: boolean;
  @One(() => PersonResource) requester!: PersonResource;
  @One(() => RequesterMatchResource) requester_match!: RequesterMatchResource;
  @One(() => SuppliedResource) supplied!: SuppliedResource;
  @One(() => SubmitterResource) submitter!: SubmitterResource;
  @Many(() => ParticipantResource, { description: 'Who may write to the case beside its requester; at most 48.' })
  participants!: ParticipantResource[];
  @Text({ example: 'email' }) source!: string;
  @One(() => ViaResource) via!: ViaResource;
  @Uuid({ nullable: true }) endpoint_id!: string | null;
  @Uuid({ nullable: true }) origin_interaction_id!: string | null;
  @Uuid({ nullable: true }) follow_up_of_id!: string | null;
  @Uuid({ description: 'First case of the family; its own id for that one.' }) root_case_id!: string;
  @Uuid({ nullable: true }) merged_into_id!: string | null;
  @Texts() tags!: readonly string[];
  @Anything() custom_fields!: Readonly<Record<string, unknown>>;
  @Truth() exclude_from_auto_close!: boolean;
  @Truth({ description: 'It is kept whatever else says that it may go: no trash, no purge, no retention.' })
  legal_hold!: boolean;
  @Integer({ example: 0 }) reopen_count!: number;
  @Integer({ example: 3 }) interaction_count!: number;
  @Integer({ example: 1 }) comment_count!: number;
  @Instant({ nullable: true }) first_response_at!: string | null;
  @Instant({ nullable: true }) last_requester_at!: string | null;
  @Instant({ nullable: true }) last_agent_at!: string | null;
  @Integer({ description: 'Rises by 1 with every change; the ETag.', example: 3 }) version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
  @Instant({ nullable: true, description: 'Set while the case is in the trash.' }) deleted_at!: string | null;
}

/** Seconds that a case was in each status. */
export class TimeByStatusResource {
  @Integer({ example: 120 }) new!: number;
  @Integer({ example: 3600 }) open!: number;
  @Integer({ example: 0 }) pending!: number;
  @Integer({ example: 0 }) on_hold!: number;
  @Integer({ example: 0 }) resolved!: number;
}

/** How long things took, in whole seconds; what is still going on counts to now. */
export class MeasuresResource {
  @Integer({ nullable: true, description: 'Null while nobody has answered.' }) first_reply_s!: number | null;
  @Integer({ nullable: true, description: 'Null while it is not resolved.' }) resolution_s!: number | null;
  @Integer({ description: 'New, open and on hold.' }) requester_wait_s!: number;
  @Integer({ description: 'New and open.' }) agent_work_s!: number;
  @One(() => TimeByStatusResource) by_status_s!: TimeByStatusResource;
}

export class CaseDetailResource extends CaseResource {
  @One(() => RelatedCaseResource, {
    nullable: true,
    description: 'The live case at the end of the merges, when this one was merged; null when that one was purged.',
  })
  merged_into!: RelatedCaseResource | null;
  @One(() => RelatedCaseResource, { nullable: true, description: 'The problem that this is an incident of.' })
  problem!: RelatedCaseResource | null;
  @One(() => RelatedCaseResource, { nullable: true, description: 'The case that this is a subcase of.' })
  parent!: RelatedCaseResource | null;
  @One(() => MeasuresResource) measures!: MeasuresResource;
}

export class CaseListResource {
  @Many(() => CaseResource) data!: CaseResource[];
  @One(() => PageResource) page!: PageResource;
}

/** A case as the API shows it: what the topic `case.state.v1` shows, with the names of groups and people beside. */
export function caseResourceOf(view: CaseView): CaseResource {
  const { state, names } = view;
  const { assigneeId } = state;
  return {
    ...(caseStateData(view, names) as unknown as CaseResource),
    overdue: isOverdue(state, new Date().toISOString()),
    group: { id: state.groupId, name: names.group },
    assignee: assigneeId === null ? null : { kind: 'agent', id: assigneeId, ...names.assignee },
    requester: { ...state.requester, ...names.requester },
  };
}

/** What a single case shows beside what lists show. */
export interface CaseDetails {
  /** Null when it was not merged. */
  readonly survivor: CaseMention | null;
  readonly problem: CaseMention | null;
  readonly parent: CaseMention | null;
  readonly measures: CaseMeasures;
}

export function caseDetailOf(view: CaseView, details: CaseDetails): CaseDetailResource {
  const { survivor, problem, parent, measures } = details;
  return {
    ...caseResourceOf(view),
    merged_into: relatedCaseOf(survivor),
    problem: relatedCaseOf(problem),
    parent: relatedCaseOf(parent),
    measures: {
      first_reply_s: measures.firstReply,
      resolution_s: measures.resolution,
      requester_wait_s: measures.requesterWait,
      agent_work_s: measures.agentWork,
      by_status_s: measures.byCategory,
    },
  };
}

function relatedCaseOf(mention: CaseMention | null): RelatedCaseResource | null {
  if (mention === null) {
    return null;
  }
  const { id, number, subject } = mention;
  return { id, number: Number(number), subject, status: statusOf(mention) };
}
