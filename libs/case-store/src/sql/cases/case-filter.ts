import type { Bind } from '../../statement.js';

/** What a list of cases is narrowed by; absent fields do not narrow. Lists mean any of their values. */
export interface CaseFilter {
  /** The five categories and `closed`; a category means cases of it that are not closed. */
  readonly statuses?: readonly string[];
  readonly priorities?: readonly string[];
  readonly types?: readonly string[];
  readonly sources?: readonly string[];
  readonly tags?: readonly string[];
  readonly groupIds?: readonly string[];
  readonly assigneeIds?: readonly string[];
  readonly unassigned?: boolean;
  readonly requesterIds?: readonly string[];
  readonly problemIds?: readonly string[];
  readonly parentIds?: readonly string[];
  readonly statusIds?: readonly string[];
  /** Tasks that were due and are not done. */
  readonly overdue?: boolean;
  /** Inclusive. ISO 8601. */
  readonly createdFrom?: string;
  /** Exclusive. ISO 8601. */
  readonly createdTo?: string;
  readonly updatedFrom?: string;
  readonly updatedTo?: string;
  readonly resolvedFrom?: string;
  readonly resolvedTo?: string;
  /** Each a list of custom fields as JSON, any of which a case has to contain. */
  readonly customFields?: readonly (readonly string[])[];
  /** Whether cases in the trash are listed: not (unless told), only they, or they too. */
  readonly trashed?: 'no' | 'only' | 'with';
}

/** What a case shows as its status; the indexes of lists begin with it, in these very words (migration 20). */
export const STATUS = `(case when c.closed_at is null then c.category else 'closed' end)`;
export const ALL_STATUSES = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
export const UNRESOLVED_STATUSES = ALL_STATUSES.slice(0, 4);
/** Of cases that are neither resolved nor closed, new ones alone have no assignee (I-1). */
export const UNASSIGNED_STATUSES = ['new', 'resolved', 'closed'] as const;

/**
 * Ids are made by the clocks of processes, and instants are those of the database (ADR 20): so far are they never apart. A list
 * between instants is read between ids that far outside of them, and its rows are compared by the instants themselves.
 */
const ID_DRIFT_MS = 24 * 60 * 60 * 1000;
const LATEST_ID_MS = 2 ** 48 - 1;

const TRASH = { no: ['c.deleted_at is null'], only: ['c.deleted_at is not null'], with: [] } as const;

type Conditions = {
  readonly [Field in Exclude<keyof CaseFilter, 'trashed'>]-?: (
    value: NonNullable<CaseFilter[Field]>,
    bind: Bind,
  ) => string;
};

const anyOf = (statuses: readonly string[]): string => `${STATUS} = any('{${statuses.join(',')}}'::text[])`;

/** Never unknown, so that its opposite is every other case. */
const OVERDUE = `(c.due_at is not null and c.due_at < statement_timestamp() and c.category <> 'resolved')`;

const CONDITIONS: Conditions = {
  statuses: (value, bind) => `${STATUS} = any(${bind(value)}::text[])`,
  priorities: (value, bind) => isAny('c.priority', 'text', value, bind),
  types: (value, bind) => isAny('c.type', 'text', value, bind),
  sources: (value, bind) => isAny('c.source', 'text', value, bind),
  // The index of tags has only cases that have some.
  tags: (value, bind) => `(c.tags <> '{}' and c.tags && ${bind(value)}::text[])`,
  groupIds: (value, bind) => isAny('c.group_id', 'uuid', value, bind),
  assigneeIds: (value, bind) => isAny('c.assignee_id', 'uuid', value, bind),
  // Each half has an index: that of statuses, and one of what was resolved without an assignee.
  unassigned: (value) => {
    return value
      ? `(c.assignee_id is null and (${STATUS} = 'new' or c.category = 'resolved'))`
      : 'c.assignee_id is not null';
  },
  requesterIds: (value, bind) => isAny('c.requester_id', 'uuid', value, bind),
  problemIds: (value, bind) => isAny('c.problem_id', 'uuid', value, bind),
  parentIds: (value, bind) => isAny('c.parent_id', 'uuid', value, bind),
  statusIds: (value, bind) => `${anyOf(ALL_STATUSES)} and ${isAny('c.status_id', 'uuid', value, bind)}`,
  overdue: (value) => {
    return value ? `c.due_at < statement_timestamp() and ${anyOf(UNRESOLVED_STATUSES)}` : `not ${OVERDUE}`;
  },
  createdFrom: (value, bind) => `c.created_at >= ${bind(value)} and c.id >= ${bind(idAt(value, -ID_DRIFT_MS))}`,
  createdTo: (value, bind) => `c.created_at < ${bind(value)} and ${madeBefore(value, bind)}`,
  updatedFrom: (value, bind) => `c.updated_at >= ${bind(value)} and ${anyOf(ALL_STATUSES)}`,
  updatedTo: (value, bind) => `c.updated_at < ${bind(value)} and ${madeBefore(value, bind)}`,
  resolvedFrom: (value, bind) => `c.resolved_at >= ${bind(value)}`,
  resolvedTo: (value, bind) => `c.resolved_at < ${bind(value)} and ${madeBefore(value, bind)}`,
  customFields: (value, bind) => {
    // Each by itself, so that the index of custom fields can be asked; it has only cases that have some.
    return ['true', ...value.map((any) => anyCustomField(any.map((one) => `${bind(one)}::jsonb`)))].join(' and ');
  },
};

const FIELDS = Object.keys(CONDITIONS) as (keyof Conditions)[];

/** What has to be true of a case `c` of the list. */
export function conditionsOf(filter: CaseFilter, bind: Bind): string[] {
  return [...TRASH[filter.trashed ?? 'no'], ...FIELDS.flatMap((field) => conditionOf(filter, field, bind))];
}

function conditionOf(filter: CaseFilter, field: keyof Conditions, bind: Bind): string[] {
  const value = filter[field];
  const condition = CONDITIONS[field] as (value: unknown, bind: Bind) => string;
  return value === undefined ? [] : [condition(value, bind)];
}

/** One value is compared by itself: only then an index that begins with it keeps the order of what follows. */
function isAny(column: string, type: 'text' | 'uuid', values: readonly string[], bind: Bind): string {
  return values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)}::${type}[])`;
}

/** Whatever is dated before an instant was made before it, and lists are read along ids. */
function madeBefore(instant: string, bind: Bind): string {
  return `c.id < ${bind(idAt(instant, ID_DRIFT_MS))}`;
}

/** The least id (UUIDv7) of an instant (ISO 8601) and so many milliseconds later. */
function idAt(instant: string, later: number): string {
  const milliseconds = Math.min(Math.max(Date.parse(instant) + later, 0), LATEST_ID_MS);
  const digits = milliseconds.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}

function anyCustomField(values: readonly string[]): string {
  return `(c.custom_fields <> '{}' and (${values.map((value) => `c.custom_fields @> ${value}`).join(' or ') || 'false'}))`;
}
