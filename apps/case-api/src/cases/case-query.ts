import type { CaseFilter, CaseSort } from '#libs/case-store';
import { CASE_SORTS } from '#libs/case-store';
import { type CaseSearch, CASE_TYPES, type CustomField, PRIORITIES, readSearch, STATUSES } from '#libs/case-domain';
import { CASE_SOURCES } from '#libs/interaction';
import { PAGE_PARAMETERS, readPageQuery, type PageQuery } from '../query/page-query.js';
import { instant, oneOf, someNamed, someOf, someTexts, text, truth } from '../query/query-parameters.js';
import type { QueryParameter } from '../query/query-parameters.js';
import { createQueryReader, type QueryReader, type RawQuery } from '../query/query-reader.js';
import { knownParameters, readCustomFields } from './custom-field-query.js';
import { type CaseNames, NAMED_THINGS, readCaseNames } from './case-query-names.js';

const LONGEST_TEXT = 150;

/** Instants of a case that a list is narrowed by. */
const SPANS = ['created', 'updated', 'resolved'] as const;
const TRASHED = ['no', 'only', 'with'] as const;

export const CASE_FILTERS: readonly QueryParameter[] = [
  someOf('status', STATUSES, 'Any of these.'),
  someOf('priority', PRIORITIES, 'Any of these.'),
  someOf('type', CASE_TYPES, 'Any of these.'),
  someOf('source', CASE_SOURCES, 'Any of these.'),
  someTexts('tag', 'Any of these, in any letter case.'),
  ...NAMED_THINGS.map(({ parameter, names }) => someNamed(parameter, names)),
  truth('unassigned'),
  truth('overdue', 'Tasks that were due before now and are not resolved; `false` lists all others.'),
  text(
    'q',
    'Words, each a part of the subject, the description, or the name or address of the requester; letter case, accents and width do not matter. 3 characters or more. `12` and `CASE-12` also find the number. Changes are found by their words after a moment, by the number at once.',
  ),
  ...SPANS.flatMap((span) => [instant(`${span}_from`, 'Inclusive.'), instant(`${span}_to`, 'Exclusive.')]),
  oneOf('trashed', TRASHED, 'no', 'Whether cases in the trash are listed: not, only they, or they too.'),
  oneOf(
    'sort',
    CASE_SORTS,
    '-created_at',
    'The order; `-` begins with the latest. Cases without a due date come last by `due_at`. By `updated_at` the list ends before the oldest write that is still under way, so that who reads on misses no case: a page may then be short or empty and have a next one.',
  ),
];

/** Filters, order and page of `GET /v1/cases` as they were asked for, names and all: a cursor is bound to them. */
export interface CaseQuery {
  /** What is narrowed by names is not in it yet. */
  readonly filter: CaseFilter;
  readonly names: CaseNames;
  /** Null when nothing is searched for. */
  readonly search: CaseSearch | null;
  readonly sort: CaseSort;
  readonly page: PageQuery;
}

/** Reads all parameters, also those that are custom fields of the account; what is wrong with them is known to the reader, which the caller finishes. */
export function readCaseQuery(
  query: RawQuery,
  fields: readonly CustomField[],
): { readonly asked: CaseQuery; readonly reader: QueryReader } {
  const reader = createQueryReader(query, [...CASE_FILTERS, ...knownParameters(fields), ...PAGE_PARAMETERS]);
  const names = readCaseNames(reader);
  const search = readSearchOf(reader);
  const filter: CaseFilter = { ...readFilter(reader), customFields: readCustomFields(query, reader, fields) };
  for (const span of SPANS) {
    const [from, to] = [filter[`${span}From`], filter[`${span}To`]];
    if (from !== undefined && to !== undefined && from >= to) {
      reader.refuse(`${span}_to`, `Must be later than ${span}_from.`);
    }
  }
  if (filter.unassigned === true && names.assigneeIds !== undefined) {
    reader.refuse('unassigned', 'Cannot be true together with assignee_id.');
  }
  const sort = reader.oneOf('sort', CASE_SORTS) ?? '-created_at';
  return { asked: { filter, names, search, sort, page: readPageQuery(reader) }, reader };
}

function readSearchOf(reader: QueryReader): CaseSearch | null {
  const text = reader.text('q', LONGEST_TEXT);
  const search = text === undefined ? null : readSearch(text);
  if (text !== undefined && text !== '' && search === null) {
    reader.refuse('q', 'Must have at least 3 letters or digits, or be the number of a case.');
  }
  return search;
}

function readFilter(reader: QueryReader): CaseFilter {
  return {
    statuses: reader.list('status', STATUSES),
    priorities: reader.list('priority', PRIORITIES),
    types: reader.list('type', CASE_TYPES),
    sources: reader.list('source', CASE_SOURCES),
    tags: reader.texts('tag', LONGEST_TEXT)?.map((tag) => tag.normalize('NFC').toLowerCase()),
    unassigned: reader.boolean('unassigned'),
    overdue: reader.boolean('overdue'),
    createdFrom: reader.instant('created_from'),
    createdTo: reader.instant('created_to'),
    updatedFrom: reader.instant('updated_from'),
    updatedTo: reader.instant('updated_to'),
    resolvedFrom: reader.instant('resolved_from'),
    resolvedTo: reader.instant('resolved_to'),
    trashed: reader.oneOf('trashed', TRASHED),
  };
}
