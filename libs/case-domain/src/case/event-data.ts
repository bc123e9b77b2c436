import { legacyStatus, type CaseState } from './case-state.js';
import type { CaseChange } from './case-change.js';

/** Names of the fields on topics and in the API; a field that is missing here does not compile. */
const PUBLIC_NAMES: Readonly<Record<keyof CaseState, string>> = {
  id: 'id',
  accountId: 'account_id',
  number: 'number',
  subject: 'subject',
  description: 'description',
  statusId: 'status_id',
  category: 'status_category',
  closedAt: 'closed_at',
  closedReason: 'closed_reason',
  resolvedAt: 'resolved_at',
  resolution: 'resolution',
  resolutionSource: 'resolution_source',
  priority: 'priority',
  type: 'type',
  groupId: 'group_id',
  assigneeId: 'assignee_id',
  requester: 'requester',
  requesterMatch: 'requester_match',
  supplied: 'supplied',
  submitter: 'submitter',
  participants: 'participants',
  source: 'source',
  via: 'via',
  endpointId: 'endpoint_id',
  originInteractionId: 'origin_interaction_id',
  followUpOfId: 'follow_up_of_id',
  rootCaseId: 'root_case_id',
  mergedIntoId: 'merged_into_id',
  tags: 'tags',
  customFields: 'custom_fields',
  excludeFromAutoClose: 'exclude_from_auto_close',
  reopenCount: 'reopen_count',
  interactionCount: 'interaction_count',
  firstResponseAt: 'first_response_at',
  lastRequesterAt: 'last_requester_at',
  lastAgentAt: 'last_agent_at',
  version: 'version',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  deletedAt: 'deleted_at',
};
const NAMES = Object.entries(PUBLIC_NAMES) as [keyof CaseState, string][];

const NAMES_WITH_EVENTS = NAMES.filter(([field]) => field !== 'description');

/** The name under which topics and the API show a field of a case; a field that is not known keeps its own. */
export function publicFieldName(field: string): string {
  return Object.hasOwn(PUBLIC_NAMES, field) ? PUBLIC_NAMES[field as keyof CaseState] : field;
}

/** A case as the topic `case.state.v1` and the API show it. */
export function caseStateData(state: CaseState): Record<string, unknown> {
  return dataOf(state, NAMES);
}

function dataOf(state: CaseState, names: typeof NAMES): Record<string, unknown> {
  const data: Record<string, unknown> = { legacy_status: legacyStatus(state) };
  for (const [field, name] of names) {
    data[name] = state[field];
  }
  return data;
}

/**
 * The data of one event on `case.events.v1` (events.md §3): the case after the change, and the difference. The
 * description travels in the change that sets it and in the case's state, not with every event.
 */
export function eventData(state: CaseState, change: CaseChange): Record<string, unknown> {
  const { via, ...details } = change.details;
  return {
    case: dataOf(state, NAMES_WITH_EVENTS),
    changes: change.changes.map(({ field, from, to }) => ({ field: PUBLIC_NAMES[field], from, to })),
    actor: change.actor,
    via: via ?? state.via,
    interaction_id: change.interactionId,
    details,
  };
}
