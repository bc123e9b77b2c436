import type { Bind } from '../../statement.js';
import { ALL_STATUSES, type CaseFilter, STATUS, UNASSIGNED_STATUSES, UNRESOLVED_STATUSES } from './case-filter.js';
import type { Stretch } from './case-order.js';

/**
 * Runs that a list is merged of: cases of one status, and often of one value of a filter, each of which an index holds in the
 * order of the list. However rare or common they are, a page reads little more of each than it shows.
 */
export interface Runs {
  /** What gives a row for each run. */
  readonly from: string;
  /** Which cases are on the run of such a row. */
  readonly where: readonly string[];
  /** What the cases of a run are narrowed by besides. */
  readonly rest: CaseFilter;
  /** Where a run has its cases `c`. */
  readonly cases: string;
  /** Whether a case can be on several runs. */
  readonly overlap: boolean;
}

/** More than so many are not worth it: then they are most of the list, or few of them are long. */
const MOST_RUNS = 48;

/** Filters that have an index by value, status and id; those that tend to leave the fewest come first. */
const BY_VALUE = [
  { field: 'assigneeIds', column: 'c.assignee_id', type: 'uuid' },
  { field: 'priorities', column: 'c.priority', type: 'text' },
  { field: 'groupIds', column: 'c.group_id', type: 'uuid' },
  { field: 'types', column: 'c.type', type: 'text' },
  { field: 'sources', column: 'c.source', type: 'text' },
] as const;

/**
 * The runs of a stretch of a list, or null when it is better read as a whole: along all cases, or by what leaves few of them
 * anyway. By the time of change or by due dates there are always runs, because those indexes begin with the status.
 */
export function runsOf(account: string, filter: CaseFilter, stretch: Stretch, bind: Bind): Runs | null {
  if (filter.trashed === 'only') {
    return null;
  }
  const statuses = statusesOf(filter);
  if (stretch.columns === 'c.due_at, c.id' && filter.tags !== undefined) {
    // Few of the tasks have a tag, and an index of their own says which.
    return null;
  }
  if (stretch.columns !== 'c.id') {
    return ofStatuses(statuses, filter, bind);
  }
  const marks = marksOf(filter);
  if (marks !== null) {
    return ofMarks(account, marks, filter, stretch, bind);
  }
  return leavesFew(filter) ? null : (ofValues(statuses, filter, bind) ?? ofStatusIds(account, statuses, filter, bind));
}

/** The statuses that cases of the list can have. */
function statusesOf({ statuses, overdue, unassigned }: CaseFilter): string[] {
  const isOpen = (status: string): boolean => overdue !== true || UNRESOLVED_STATUSES.some((one) => one === status);
  const isFree = (status: string): boolean => unassigned !== true || UNASSIGNED_STATUSES.some((one) => one === status);
  return [...new Set(statuses ?? ALL_STATUSES)].filter((status) => isOpen(status) && isFree(status));
}

/** Whether filters with indexes of their own leave few cases; beside a status, runs leave fewer of what is common. */
function leavesFew(filter: CaseFilter): boolean {
  const { requesterIds, problemIds, parentIds, tags, customFields = [], unassigned, overdue, statuses } = filter;
  const isSomebodys = [requesterIds, problemIds, parentIds].some((ids) => ids !== undefined);
  const isMarked = tags !== undefined || customFields.length > 0 || unassigned === true || overdue === true;
  return isSomebodys || (isMarked && statuses === undefined);
}

/** Tags, or values of a custom field as JSON, any of which the cases of a list have to have. */
interface Marks {
  readonly tags: readonly string[];
  readonly customFields: readonly string[];
}

/**
 * What a list is narrowed by alone, beside what only the planner can weigh. Null where two kinds of marks leave fewer cases
 * together, or where closed cases, which are the most, are not asked for.
 */
function marksOf({ statuses, tags, customFields = [], ...others }: CaseFilter): Marks | null {
  const kinds: Marks[] = customFields.map((values) => ({ tags: [], customFields: values }));
  if (tags !== undefined) {
    kinds.push({ tags, customFields: [] });
  }
  return leavesFew(others) || statuses?.includes('closed') === false || kinds.length !== 1 ? null : (kinds[0] ?? null);
}

function ofMarks(account: string, marks: Marks, filter: CaseFilter, { direction, behind }: Stretch, bind: Bind): Runs {
  const { tags: _, customFields: __, ...rest } = filter;
  const [tags, fields] = [bind(marks.tags), bind(marks.customFields)];
  const from = `(
    select case_marks(${tags}::text[], '{}')
    union select one.mark from unnest(${fields}::jsonb[]) as asked cross join lateral case_marks('{}', asked) as one (mark)
  ) as run (mark)`;
  const sign = direction === 'asc' ? '>' : '<';
  const where = [
    `m.account_id = ${account}`,
    'm.mark = run.mark',
    // The position is said of the mark as well, which alone has the order.
    ...behind.map((id) => `m.case_id ${sign} ${bind(id)}`),
    // A mark is a hash. In these words no index has an answer, so that the order of the marks is what is left.
    marks.tags.length > 0
      ? `(c.tags || '{}') && ${tags}::text[]`
      : `(c.custom_fields || '{}') @> any(${fields}::jsonb[])`,
  ];
  const cases = 'case_mark m join cases c on c.account_id = m.account_id and c.id = m.case_id';
  return { from, where, rest, cases, overlap: marks.tags.length + marks.customFields.length > 1 };
}

/** Runs of the table of cases by itself. */
const OF_CASES = { cases: 'cases c', overlap: false } as const;

function ofStatuses(statuses: readonly string[], { statuses: _, ...rest }: CaseFilter, bind: Bind): Runs {
  const from = `unnest(${bind(statuses)}::text[]) as run (status)`;
  return { ...OF_CASES, from, where: [`${STATUS} = run.status`], rest };
}

function ofValues(statuses: readonly string[], filter: CaseFilter, bind: Bind): Runs | null {
  for (const { field, column, type } of BY_VALUE) {
    const values = filter[field];
    // Most cases come by mail, and the index of sources leaves them out.
    const isIndexed = field !== 'sources' || values?.includes('email') === false;
    if (values !== undefined && isIndexed && values.length * statuses.length <= MOST_RUNS) {
      const { statuses: _, [field]: __, ...rest } = filter;
      const from = `
        (select distinct unnest(${bind(values)}::${type}[])) as one (value)
        cross join unnest(${bind(statuses)}::text[]) as run (status)`;
      const where = [`${column} = one.value`, `${STATUS} = run.status`];
      return { ...OF_CASES, from, where: field === 'sources' ? [...where, `c.source <> 'email'`] : where, rest };
    }
  }
  return null;
}

function ofStatusIds(account: string, statuses: readonly string[], filter: CaseFilter, bind: Bind): Runs | null {
  const { statuses: asked, statusIds, ...rest } = filter;
  if (asked === undefined && statusIds === undefined) {
    return null;
  }
  const only = statusIds === undefined ? '' : `and kind.id = any(${bind(statusIds)}::uuid[])`;
  const from = `
    unnest(${bind(statuses)}::text[]) as run (status)
    join case_status kind on kind.account_id = ${account} ${only}`;
  return { ...OF_CASES, from, where: [`${STATUS} = run.status`, 'c.status_id = kind.id'], rest };
}
