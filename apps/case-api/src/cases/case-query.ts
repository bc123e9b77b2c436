import type { CaseFilter } from '#libs/case-store';
import { CASE_TYPES, type CustomField, PRIORITIES, STATUSES } from '#libs/case-domain';
import { CASE_SOURCES } from '#libs/interaction';
import { PAGE_PARAMETERS, readPageQuery, type PageQuery } from '../query/page-query.js';
import { instant, someOf, text, truth, uuid, type QueryParameter } from '../query/query-parameters.js';
import { createQueryReader, type QueryReader, type RawQuery } from '../query/query-reader.js';
import { knownParameters, readCustomFields } from './custom-field-query.js';

const LONGEST_TEXT = 150;

/** Instants of a case that a list is narrowed by. */
const SPANS = ['created', 'updated', 'resolved'] as const;
const TRASHED = ['no', 'only', 'with'] as const;

export const CASE_FILTERS: readonly QueryParameter[] = [
  someOf('status', STATUSES, 'Any of these.'),
  someOf('priority', PRIORITIES, 'Any of these.'),
  someOf('type', CASE_TYPES, 'Any of these.'),
  someOf('source', CASE_SOURCES, 'Any of these.'),
  uuid('group_id'),
  uuid('assignee_id'),
  truth('unassigned'),
  uuid('requester_id'),
  uuid('problem_id'),
  uuid('parent_id'),
  uuid('status_id'),
  text('tag'),
  text('q', 'Part of the subject, in any letter case.'),
  ...SPANS.flatMap((span) => [instant(`${span}_from`, 'Inclusive.'), instant(`${span}_to`, 'Exclusive.')]),
  {
    ...text('trashed', 'Whether cases in the trash are listed: not, only they, or they too.'),
    schema: { type: 'string', enum: [...TRASHED], default: 'no' },
  },
];

/** Filters and page of `GET /v1/cases`, also by the custom fields of the account. Throws 400 and 422 problems that name every wrong parameter. */
export function readCaseQuery(
  query: RawQuery,
  fields: readonly CustomField[],
): { readonly filter: CaseFilter; readonly page: PageQuery } {
  const reader = createQueryReader(query, [...CASE_FILTERS, ...knownParameters(fields), ...PAGE_PARAMETERS]);
  const filter: CaseFilter = {
    statuses: reader.list('status', STATUSES),
    priorities: reader.list('priority', PRIORITIES),
    types: reader.list('type', CASE_TYPES),
    sources: reader.list('source', CASE_SOURCES),
    groupId: reader.uuid('group_id'),
    assigneeId: reader.uuid('assignee_id'),
    unassigned: reader.boolean('unassigned'),
    requesterId: reader.uuid('requester_id'),
    tag: reader.text('tag', LONGEST_TEXT),
    subjectPart: reader.text('q', LONGEST_TEXT),
    problemId: reader.uuid('problem_id'),
    parentId: reader.uuid('parent_id'),
    statusId: reader.uuid('status_id'),
    createdFrom: reader.instant('created_from'),
    createdTo: reader.instant('created_to'),
    updatedFrom: reader.instant('updated_from'),
    updatedTo: reader.instant('updated_to'),
    resolvedFrom: reader.instant('resolved_from'),
    resolvedTo: reader.instant('resolved_to'),
    trashed: readTrashed(reader),
    customFields: readCustomFields(query, reader, fields),
  };
  for (const span of SPANS) {
    const [from, to] = [filter[`${span}From`], filter[`${span}To`]];
    if (from !== undefined && to !== undefined && from >= to) {
      reader.refuse(`${span}_to`, `Must be later than ${span}_from.`);
    }
  }
  if (filter.unassigned === true && filter.assigneeId !== undefined) {
    reader.refuse('unassigned', 'Cannot be true together with assignee_id.');
  }
  const page = readPageQuery(reader);
  reader.finish();
  return { filter, page };
}

function readTrashed(reader: QueryReader): CaseFilter['trashed'] {
  const [trashed, ...more] = (reader.list('trashed', TRASHED) ?? []) as NonNullable<CaseFilter['trashed']>[];
  if (more.length > 0) {
    reader.refuse('trashed', `Must be one of: ${TRASHED.join(', ')}.`);
  }
  return trashed;
}
