import type { CaseState } from '#libs/case-domain';
import { joinedJson, plainArray, textArray } from '../../array-literals.js';

/** A column of `cases`, its type, and how it is read off the state. `plain`: its text never needs escaping. */
interface CaseColumn {
  readonly name: string;
  readonly type: 'uuid' | 'bigint' | 'int' | 'text' | 'text[]' | 'timestamptz' | 'jsonb' | 'boolean';
  readonly plain: boolean;
  readonly of: (state: CaseState) => string | number | boolean | null;
}

const plain = (name: string, type: CaseColumn['type'], of: CaseColumn['of']): CaseColumn => {
  return { name, type, plain: true, of };
};
const free = (name: string, type: CaseColumn['type'], of: CaseColumn['of']): CaseColumn => {
  return { name, type, plain: false, of };
};

/** Written once, when the case comes into being. */
const LASTING: readonly CaseColumn[] = [
  plain('number', 'bigint', (state) => state.number),
  free('supplied', 'jsonb', (state) => JSON.stringify(state.supplied)),
  plain('submitter_kind', 'text', (state) => state.submitter.kind),
  plain('submitter_id', 'uuid', (state) => state.submitter.id),
  plain('source', 'text', (state) => state.source),
  free('via', 'jsonb', (state) => JSON.stringify(state.via)),
  plain('endpoint_id', 'uuid', (state) => state.endpointId),
  plain('origin_interaction_id', 'uuid', (state) => state.originInteractionId),
  plain('follow_up_of_id', 'uuid', (state) => state.followUpOfId),
  plain('root_case_id', 'uuid', (state) => state.rootCaseId),
  plain('created_at', 'timestamptz', (state) => state.createdAt),
];

/** What later changes may write. */
const CHANGING: readonly CaseColumn[] = [
  free('subject', 'text', (state) => state.subject),
  free('description', 'text', (state) => state.description),
  plain('status_id', 'uuid', (state) => state.statusId),
  plain('category', 'text', (state) => state.category),
  plain('closed_at', 'timestamptz', (state) => state.closedAt),
  plain('closed_reason', 'text', (state) => state.closedReason),
  plain('resolved_at', 'timestamptz', (state) => state.resolvedAt),
  free('resolution', 'text', (state) => state.resolution),
  plain('resolution_source', 'text', (state) => state.resolutionSource),
  plain('priority', 'text', (state) => state.priority),
  plain('type', 'text', (state) => state.type),
  plain('group_id', 'uuid', (state) => state.groupId),
  plain('assignee_id', 'uuid', (state) => state.assigneeId),
  plain('requester_kind', 'text', (state) => state.requester.kind),
  plain('requester_id', 'uuid', (state) => state.requester.id),
  free('requester_match', 'jsonb', (state) => JSON.stringify(state.requesterMatch)),
  free('participants', 'text[]', (state) => textArray(state.participants)),
  plain('merged_into_id', 'uuid', (state) => state.mergedIntoId),
  free('tags', 'text[]', (state) => textArray(state.tags)),
  free('custom_fields', 'jsonb', (state) => JSON.stringify(state.customFields)),
  plain('exclude_from_auto_close', 'boolean', (state) => state.excludeFromAutoClose),
  plain('reopen_count', 'int', (state) => state.reopenCount),
  plain('interaction_count', 'int', (state) => state.interactionCount),
  plain('first_response_at', 'timestamptz', (state) => state.firstResponseAt),
  plain('last_requester_at', 'timestamptz', (state) => state.lastRequesterAt),
  plain('last_agent_at', 'timestamptz', (state) => state.lastAgentAt),
  plain('version', 'int', (state) => state.version),
  plain('updated_at', 'timestamptz', (state) => state.updatedAt),
  plain('deleted_at', 'timestamptz', (state) => state.deletedAt),
];

const KEY: readonly CaseColumn[] = [plain('id', 'uuid', (state) => state.id)];

export const INSERTED_COLUMNS: readonly CaseColumn[] = [...KEY, ...LASTING, ...CHANGING];
export const UPDATED_COLUMNS: readonly CaseColumn[] = [...KEY, ...CHANGING];
export const CHANGING_NAMES: readonly string[] = CHANGING.map((column) => column.name);

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
