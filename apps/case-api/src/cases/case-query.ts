import type { CaseFilter } from '#libs/case-store';
import { CASE_TYPES, PRIORITIES, STATUSES } from '#libs/case-domain';
import { CASE_SOURCES } from '#libs/interaction';
import { PAGE_PARAMETERS, readPageQuery, type PageQuery } from '../query/page-query.js';
import { instant, someOf, text, truth, uuid, type QueryParameter } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';

const LONGEST_TEXT = 150;

export const CASE_FILTERS: readonly QueryParameter[] = [
  someOf('status', STATUSES, 'Any of these.'),
  someOf('priority', PRIORITIES, 'Any of these.'),
  someOf('type', CASE_TYPES, 'Any of these.'),
  someOf('source', CASE_SOURCES, 'Any of these.'),
  uuid('group_id'),
  uuid('assignee_id'),
  truth('unassigned'),
  uuid('requester_id'),
  text('tag'),
  text('q', 'Part of the subject, in any letter case.'),
  instant('created_from', 'Inclusive.'),
  instant('created_to', 'Exclusive.'),
];

/** Filters and page of `GET /v1/cases`. Throws 400 and 422 problems that name every wrong parameter. */
export function readCaseQuery(query: RawQuery): { readonly filter: CaseFilter; readonly page: PageQuery } {
  const reader = createQueryReader(query, [...CASE_FILTERS, ...PAGE_PARAMETERS]);
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
    createdFrom: reader.instant('created_from'),
    createdTo: reader.instant('created_to'),
  };
  if (filter.createdFrom !== undefined && filter.createdTo !== undefined && filter.createdFrom >= filter.createdTo) {
    reader.refuse('created_to', 'Must be later than created_from.');
  }
  if (filter.unassigned === true && filter.assigneeId !== undefined) {
    reader.refuse('unassigned', 'Cannot be true together with assignee_id.');
  }
  const page = readPageQuery(reader);
  reader.finish();
  return { filter, page };
}
