import type { CaseState, RequesterMatch } from '#libs/case-domain';

/** A row of `cases` as the driver gives it. */
export interface CaseRow {
  readonly account_id: string;
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly description: string;
  readonly status_id: string;
  readonly category: CaseState['category'];
  readonly closed_at: Date | null;
  readonly closed_reason: CaseState['closedReason'];
  readonly resolved_at: Date | null;
  readonly resolution: string | null;
  readonly resolution_source: CaseState['resolutionSource'];
  readonly priority: CaseState['priority'];
  readonly type: CaseState['type'];
  readonly due_on: string | null;
  readonly due_at: Date | null;
  readonly due_time_zone: string | null;
  readonly problem_id: string | null;
  readonly parent_id: string | null;
  readonly group_id: string;
  readonly assignee_id: string | null;
  readonly auto_assign: boolean;
  readonly requester_kind: CaseState['requester']['kind'];
  readonly requester_id: string;
  readonly requester_match: RequesterMatch;
  readonly supplied: CaseState['supplied'];
  readonly submitter_kind: CaseState['submitter']['kind'];
  readonly submitter_id: string;
  readonly participants: string[];
  readonly source: string;
  readonly via: CaseState['via'];
  readonly endpoint_id: string | null;
  readonly origin_interaction_id: string | null;
  readonly follow_up_of_id: string | null;
  readonly root_case_id: string;
  readonly merged_into_id: string | null;
  readonly tags: string[];
  readonly custom_fields: Record<string, unknown>;
  readonly exclude_from_auto_close: boolean;
  readonly reopen_count: number;
  readonly interaction_count: number;
  readonly comment_count: number;
  readonly first_response_at: Date | null;
  readonly last_requester_at: Date | null;
  readonly last_agent_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
}

const instant = (date: Date | null): string | null => (date === null ? null : date.toISOString());

/** The state that a row of `cases` holds: one literal, since it is made and read many times a second. */
export const stateOfRow = (row: CaseRow): CaseState => ({
  id: row.id,
  accountId: row.account_id,
  number: String(row.number),
  subject: row.subject,
  description: row.description,
  statusId: row.status_id,
  category: row.category,
  closedAt: instant(row.closed_at),
  closedReason: row.closed_reason,
  resolvedAt: instant(row.resolved_at),
  resolution: row.resolution,
  resolutionSource: row.resolution_source,
  priority: row.priority,
  type: row.type,
  dueOn: row.due_on,
  dueAt: instant(row.due_at),
  dueTimeZone: row.due_time_zone,
  problemId: row.problem_id,
  parentId: row.parent_id,
  groupId: row.group_id,
  assigneeId: row.assignee_id,
  autoAssign: row.auto_assign,
  requester: { kind: row.requester_kind, id: row.requester_id },
  requesterMatch: row.requester_match,
  supplied: row.supplied,
  submitter: { kind: row.submitter_kind, id: row.submitter_id },
  participants: row.participants,
  source: row.source,
  via: row.via,
  endpointId: row.endpoint_id,
  originInteractionId: row.origin_interaction_id,
  followUpOfId: row.follow_up_of_id,
  rootCaseId: row.root_case_id,
  mergedIntoId: row.merged_into_id,
  tags: row.tags,
  customFields: row.custom_fields,
  excludeFromAutoClose: row.exclude_from_auto_close,
  reopenCount: row.reopen_count,
  interactionCount: row.interaction_count,
  commentCount: row.comment_count,
  firstResponseAt: instant(row.first_response_at),
  lastRequesterAt: instant(row.last_requester_at),
  lastAgentAt: instant(row.last_agent_at),
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  deletedAt: instant(row.deleted_at),
});
