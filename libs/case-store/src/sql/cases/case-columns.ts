import { CASE_FIELDS, type CaseState } from '#libs/case-domain';
import { joinedJson, plainArray, textArray } from '../../array-literals.js';

/** A column of `cases`, its type, and how it is read off the state. `plain`: its text never needs escaping. */
interface CaseColumn {
  readonly name: string;
  readonly type: 'uuid' | 'bigint' | 'int' | 'date' | 'text' | 'text[]' | 'timestamptz' | 'jsonb' | 'boolean';
  readonly plain: boolean;
  readonly of: (state: CaseState) => string | number | boolean | null;
}

const plain = (name: string, type: CaseColumn['type'], of: CaseColumn['of']): CaseColumn => {
  return { name, type, plain: true, of };
};
const free = (name: string, type: CaseColumn['type'], of: CaseColumn['of']): CaseColumn => {
  return { name, type, plain: false, of };
};

/** The columns of each field of a case; a field that is missing here does not compile. */
const COLUMNS: { readonly [Field in keyof CaseState]: readonly CaseColumn[] } = {
  // Every statement has it as its first parameter.
  accountId: [],
  id: [plain('id', 'uuid', (state) => state.id)],
  number: [plain('number', 'bigint', (state) => state.number)],
  subject: [free('subject', 'text', (state) => state.subject)],
  description: [free('description', 'text', (state) => state.description)],
  statusId: [plain('status_id', 'uuid', (state) => state.statusId)],
  category: [plain('category', 'text', (state) => state.category)],
  closedAt: [plain('closed_at', 'timestamptz', (state) => state.closedAt)],
  closedReason: [plain('closed_reason', 'text', (state) => state.closedReason)],
  resolvedAt: [plain('resolved_at', 'timestamptz', (state) => state.resolvedAt)],
  resolution: [free('resolution', 'text', (state) => state.resolution)],
  resolutionSource: [plain('resolution_source', 'text', (state) => state.resolutionSource)],
  priority: [plain('priority', 'text', (state) => state.priority)],
  type: [plain('type', 'text', (state) => state.type)],
  dueOn: [plain('due_on', 'date', (state) => state.dueOn)],
  dueAt: [plain('due_at', 'timestamptz', (state) => state.dueAt)],
  dueTimeZone: [plain('due_time_zone', 'text', (state) => state.dueTimeZone)],
  problemId: [plain('problem_id', 'uuid', (state) => state.problemId)],
  parentId: [plain('parent_id', 'uuid', (state) => state.parentId)],
  groupId: [plain('group_id', 'uuid', (state) => state.groupId)],
  assigneeId: [plain('assignee_id', 'uuid', (state) => state.assigneeId)],
  autoAssign: [plain('auto_assign', 'boolean', (state) => state.autoAssign)],
  requester: [
    plain('requester_kind', 'text', (state) => state.requester.kind),
    plain('requester_id', 'uuid', (state) => state.requester.id),
  ],
  requesterMatch: [free('requester_match', 'jsonb', (state) => JSON.stringify(state.requesterMatch))],
  supplied: [free('supplied', 'jsonb', (state) => JSON.stringify(state.supplied))],
  submitter: [
    plain('submitter_kind', 'text', (state) => state.submitter.kind),
    plain('submitter_id', 'uuid', (state) => state.submitter.id),
  ],
  participants: [free('participants', 'text[]', (state) => textArray(state.participants))],
  source: [plain('source', 'text', (state) => state.source)],
  via: [free('via', 'jsonb', (state) => JSON.stringify(state.via))],
  endpointId: [plain('endpoint_id', 'uuid', (state) => state.endpointId)],
  originInteractionId: [plain('origin_interaction_id', 'uuid', (state) => state.originInteractionId)],
  followUpOfId: [plain('follow_up_of_id', 'uuid', (state) => state.followUpOfId)],
  rootCaseId: [plain('root_case_id', 'uuid', (state) => state.rootCaseId)],
  mergedIntoId: [plain('merged_into_id', 'uuid', (state) => state.mergedIntoId)],
  tags: [free('tags', 'text[]', (state) => textArray(state.tags))],
  customFields: [free('custom_fields', 'jsonb', (state) => JSON.stringify(state.customFields))],
  excludeFromAutoClose: [plain('exclude_from_auto_close', 'boolean', (state) => state.excludeFromAutoClose)],
  reopenCount: [plain('reopen_count', 'int', (state) => state.reopenCount)],
  interactionCount: [plain('interaction_count', 'int', (state) => state.interactionCount)],
  commentCount: [plain('comment_count', 'int', (state) => state.commentCount)],
  firstResponseAt: [plain('first_response_at', 'timestamptz', (state) => state.firstResponseAt)],
  lastRequesterAt: [plain('last_requester_at', 'timestamptz', (state) => state.lastRequesterAt)],
  lastAgentAt: [plain('last_agent_at', 'timestamptz', (state) => state.lastAgentAt)],
  version: [plain('version', 'int', (state) => state.version)],
  createdAt: [plain('created_at', 'timestamptz', (state) => state.createdAt)],
  updatedAt: [plain('updated_at', 'timestamptz', (state) => state.updatedAt)],
  deletedAt: [plain('deleted_at', 'timestamptz', (state) => state.deletedAt)],
};
const FIELDS = Object.keys(COLUMNS) as readonly (keyof CaseState)[];
const CHANGING = FIELDS.filter((field) => !CASE_FIELDS[field].lasting).flatMap((field) => COLUMNS[field]);

export const INSERTED_COLUMNS: readonly CaseColumn[] = FIELDS.flatMap((field) => COLUMNS[field]);
export const UPDATED_COLUMNS: readonly CaseColumn[] = [...COLUMNS.id, ...CHANGING];
export const CHANGING_NAMES: readonly string[] = CHANGING.map((column) => column.name);

/** What `stateOfRow` reads, as a statement selects it. */
export function caseColumns(alias = ''): string {
  const columns = INSERTED_COLUMNS.map(({ name, type }) => alias + (type === 'date' ? `${name}::text` : name));
  return [`${alias}account_id`, ...columns].join(', ');
}

export function namesOf(columns: readonly CaseColumn[]): string {
  return columns.map((column) => column.name).join(', ');
}

/** `unnest($2::uuid[], …)`: one parameter per column, from `$2` on; `$1` is the account. */
export function unnestOf(columns: readonly CaseColumn[]): string {
  return `unnest(${columns.map((column, index) => parameterOf(column, `$${index + 2}`)).join(', ')})`;
}

/** `unnest` takes arrays of one dimension, so what is an array itself travels as the text of its literal. */
function parameterOf({ type }: CaseColumn, parameter: string): string {
  switch (type) {
    case 'jsonb':
      return `string_to_array(${parameter}, E'\\x1e')`;
    case 'text[]':
      return `${parameter}::text[]`;
    default:
      return `${parameter}::${type}[]`;
  }
}

/** The columns as they are selected from `unnest`. */
export function selectionOf(columns: readonly CaseColumn[]): string {
  return columns
    .map(({ name, type }) => (type === 'text[]' || type === 'jsonb' ? `${name}::${type}` : name))
    .join(', ');
}

/** One parameter per column. */
export function valuesOf(columns: readonly CaseColumn[], states: readonly CaseState[]): (string | Buffer)[] {
  return columns.map((column) => {
    const cells = states.map(column.of);
    if (column.type === 'jsonb') {
      return joinedJson(cells as string[]);
    }
    return column.plain ? plainArray(cells) : textArray(cells as (string | null)[]);
  });
}
