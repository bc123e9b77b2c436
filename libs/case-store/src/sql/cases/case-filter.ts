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

/** Puts a value among the parameters of a statement and returns its name there. */
export type Bind = (value: unknown) => string;

const TRASH = { no: ['c.deleted_at is null'], only: ['c.deleted_at is not null'], with: [] } as const;

type Conditions = {
  readonly [Field in Exclude<keyof CaseFilter, 'trashed'>]-?: (
    value: NonNullable<CaseFilter[Field]>,
    bind: Bind,
  ) => string;
};

/** Never unknown, so that its opposite is every other case. */
const OVERDUE = `(c.due_at is not null and c.due_at < statement_timestamp() and c.category <> 'resolved')`;

const CONDITIONS: Conditions = {
  statuses: (value, bind) => `(case when c.closed_at is null then c.category else 'closed' end) = any(${bind(value)})`,
  priorities: (value, bind) => `c.priority = any(${bind(value)})`,
  types: (value, bind) => `c.type = any(${bind(value)})`,
  sources: (value, bind) => `c.source = any(${bind(value)})`,
  tags: (value, bind) => `c.tags && ${bind(value)}::text[]`,
  groupIds: (value, bind) => `c.group_id = any(${bind(value)})`,
  assigneeIds: (value, bind) => `c.assignee_id = any(${bind(value)})`,
  unassigned: (value) => `c.assignee_id is ${value ? '' : 'not '}null`,
  requesterIds: (value, bind) => `c.requester_id = any(${bind(value)})`,
  problemIds: (value, bind) => `c.problem_id = any(${bind(value)})`,
  parentIds: (value, bind) => `c.parent_id = any(${bind(value)})`,
  statusIds: (value, bind) => `c.status_id = any(${bind(value)})`,
  overdue: (value) => (value ? OVERDUE : `not ${OVERDUE}`),
  createdFrom: (value, bind) => `c.created_at >= ${bind(value)}`,
  createdTo: (value, bind) => `c.created_at < ${bind(value)}`,
  updatedFrom: (value, bind) => `c.updated_at >= ${bind(value)}`,
  updatedTo: (value, bind) => `c.updated_at < ${bind(value)}`,
  resolvedFrom: (value, bind) => `c.resolved_at >= ${bind(value)}`,
  resolvedTo: (value, bind) => `c.resolved_at < ${bind(value)}`,
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

function anyCustomField(values: readonly string[]): string {
  return `(c.custom_fields <> '{}' and (${values.map((value) => `c.custom_fields @> ${value}`).join(' or ') || 'false'}))`;
}
