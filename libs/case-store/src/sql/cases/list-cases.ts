import type { Queryable } from '../../queryable.js';
import { caseViewsOf, SELECT_CASES, type CaseView } from './case-view.js';

/** What a list of cases is narrowed by; absent fields do not narrow. Lists mean any of their values. */
export interface CaseFilter {
  /** The five categories and `closed`; a category means cases of it that are not closed. */
  readonly statuses?: readonly string[];
  readonly priorities?: readonly string[];
  readonly types?: readonly string[];
  readonly sources?: readonly string[];
  readonly groupId?: string;
  readonly assigneeId?: string;
  readonly unassigned?: boolean;
  readonly requesterId?: string;
  readonly problemId?: string;
  readonly parentId?: string;
  readonly statusId?: string;
  readonly tag?: string;
  /** Part of the subject, in any letter case. */
  readonly subjectPart?: string;
  /** Inclusive. ISO 8601. */
  readonly createdFrom?: string;
  /** Exclusive. ISO 8601. */
  readonly createdTo?: string;
  readonly updatedFrom?: string;
  readonly updatedTo?: string;
  readonly resolvedFrom?: string;
  readonly resolvedTo?: string;
  /** Whether cases in the trash are listed: not (unless told), only they, or they too. */
  readonly trashed?: 'no' | 'only' | 'with';
  /** Each a list of custom fields as JSON, any of which a case has to contain. */
  readonly customFields?: readonly (readonly string[])[];
}

const TRASH = { no: ['c.deleted_at is null'], only: ['c.deleted_at is not null'], with: [] } as const;

type Condition = (parameter: string) => string;
const CONDITIONS: Readonly<Record<Exclude<keyof CaseFilter, 'trashed' | 'customFields'>, Condition>> = {
  statuses: (parameter) => `(case when c.closed_at is null then c.category else 'closed' end) = any(${parameter})`,
  priorities: (parameter) => `c.priority = any(${parameter})`,
  types: (parameter) => `c.type = any(${parameter})`,
  sources: (parameter) => `c.source = any(${parameter})`,
  groupId: (parameter) => `c.group_id = ${parameter}`,
  assigneeId: (parameter) => `c.assignee_id = ${parameter}`,
  unassigned: (parameter) => `(c.assignee_id is null) = ${parameter}`,
  requesterId: (parameter) => `c.requester_id = ${parameter}`,
  problemId: (parameter) => `c.problem_id = ${parameter}`,
  parentId: (parameter) => `c.parent_id = ${parameter}`,
  statusId: (parameter) => `c.status_id = ${parameter}`,
  tag: (parameter) => `c.tags @> array[${parameter}]`,
  subjectPart: (parameter) => `c.subject ilike ${parameter}`,
  createdFrom: (parameter) => `c.created_at >= ${parameter}`,
  createdTo: (parameter) => `c.created_at < ${parameter}`,
  updatedFrom: (parameter) => `c.updated_at >= ${parameter}`,
  updatedTo: (parameter) => `c.updated_at < ${parameter}`,
  resolvedFrom: (parameter) => `c.resolved_at >= ${parameter}`,
  resolvedTo: (parameter) => `c.resolved_at < ${parameter}`,
};

/**
 * Cases of an account, newest first. Ids sort by time of creation, so the id alone is the
 * position: rows that arrive between two pages neither move nor repeat anything behind the position.
 */
export async function listCases(
  client: Queryable,
  accountId: string,
  filter: CaseFilter,
  page: { readonly limit: number; readonly beforeId: string | null },
): Promise<CaseView[]> {
  const values: unknown[] = [accountId];
  const where: string[] = ['c.account_id = $1', ...TRASH[filter.trashed ?? 'no']];
  const narrow = (condition: Condition, value: unknown): void => {
    values.push(value);
    where.push(condition(`$${values.length}`));
  };
  for (const field of Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[]) {
    const value = filter[field];
    if (value !== undefined) {
      narrow(CONDITIONS[field], field === 'subjectPart' ? containing(String(value)) : value);
    }
  }
  for (const any of filter.customFields ?? []) {
    // Each by itself, so that the index of custom fields can be asked; it has only cases that have some.
    const contained = any.map((value) => `c.custom_fields @> $${values.push(value)}::jsonb`);
    where.push(`c.custom_fields <> '{}' and (${contained.join(' or ') || 'false'})`);
  }
  if (page.beforeId !== null) {
    narrow((parameter) => `c.id < ${parameter}`, page.beforeId);
  }
  values.push(page.limit);
  const text = `${SELECT_CASES} where ${where.join(' and ')} order by c.id desc limit $${values.length}`;
  const result = await client.query<object>(text, values);
  return caseViewsOf(client, accountId, result.rows);
}

/** The pattern of a text that is meant literally. */
function containing(part: string): string {
  return `%${part.replace(/[\\%_]/g, '\\$&')}%`;
}
