import type { CaseState } from './case-state.js';

/** What is known of a field of a case beside its type. */
interface CaseField<Value> {
  /** On topics and in the API. */
  readonly name: string;
  /** Before the first event, which leaves out what stays so. */
  readonly blank: Value;
  /** Written once, when the case comes into being; the others may change. */
  readonly lasting: boolean;
}

function lasting<Value>(name: string, blank: Value): CaseField<Value> {
  return { name, blank, lasting: true };
}

function changing<Value>(name: string, blank: Value): CaseField<Value> {
  return { name, blank, lasting: false };
}

/** Every field of a case; one that is missing here does not compile. */
export const CASE_FIELDS: { readonly [Field in keyof CaseState]: CaseField<CaseState[Field]> } = {
  id: lasting('id', ''),
  accountId: lasting('account_id', ''),
  number: lasting('number', null),
  subject: changing('subject', ''),
  description: changing('description', ''),
  statusId: changing('status_id', ''),
  category: changing('status', 'new'),
  closedAt: changing('closed_at', null),
  closedReason: changing('closed_reason', null),
  resolvedAt: changing('resolved_at', null),
  resolution: changing('resolution', null),
  resolutionSource: changing('resolution_source', null),
  priority: changing('priority', null),
  type: changing('type', null),
  dueOn: changing('due_on', null),
  dueAt: changing('due_at', null),
  dueTimeZone: changing('due_time_zone', null),
  problemId: changing('problem_id', null),
  parentId: changing('parent_id', null),
  groupId: changing('group_id', ''),
  assigneeId: changing('assignee_id', null),
  autoAssign: changing('auto_assign', true),
  requester: changing('requester', { kind: 'contact', id: '' }),
  requesterMatch: changing('requester_match', { method: 'R8', confidence: 'exact', candidates: [] }),
  supplied: changing('supplied', { name: null, email: null, phone: null }),
  submitter: changing('submitter', { kind: 'system', id: '' }),
  participants: changing('participants', []),
  source: changing('source', ''),
  via: changing('via', { channel: '', from: '', to: null, rel: null }),
  endpointId: changing('endpoint_id', null),
  originInteractionId: changing('origin_interaction_id', null),
  followUpOfId: lasting('follow_up_of_id', null),
  rootCaseId: lasting('root_case_id', ''),
  mergedIntoId: changing('merged_into_id', null),
  tags: changing('tags', []),
  customFields: changing('custom_fields', {}),
  excludeFromAutoClose: changing('exclude_from_auto_close', false),
  reopenCount: changing('reopen_count', 0),
  interactionCount: changing('interaction_count', 0),
  commentCount: changing('comment_count', 0),
  firstResponseAt: changing('first_response_at', null),
  lastRequesterAt: changing('last_requester_at', null),
  lastAgentAt: changing('last_agent_at', null),
  version: changing('version', 0),
  createdAt: lasting('created_at', ''),
  updatedAt: changing('updated_at', ''),
  deletedAt: changing('deleted_at', null),
};

export const CASE_FIELD_NAMES = Object.keys(CASE_FIELDS) as readonly (keyof CaseState)[];

/** A case before its first event. */
export const BLANK_CASE = Object.fromEntries(
  CASE_FIELD_NAMES.map((field) => [field, CASE_FIELDS[field].blank]),
) as unknown as CaseState;
