import { searchWords } from '#libs/case-domain';
import { CONTACT_SORTS, type ContactFilter, type ContactSort } from '#libs/case-store';
import { normaliseEmailAddress, normalisePhoneNumber, phoneAlternates } from '#libs/interaction';
import { type PageQuery, readPageQuery } from '../query/page-query.js';
import { PAGE_PARAMETERS } from '../query/page-query.js';
import { instant, oneOf, type QueryParameter, someOf, someTexts, text, truth } from '../query/query-parameters.js';
import { createQueryReader, type QueryReader, type RawQuery } from '../query/query-reader.js';
import { CONTACT_KINDS } from './contact.resource.js';

const LONGEST_TEXT = 150;

export const CONTACT_FILTERS: readonly QueryParameter[] = [
  someOf('kind', CONTACT_KINDS, 'Any of these. Throw-away contacts of callers who hid their numbers are in no list.'),
  truth('blocked'),
  someTexts('email', 'Whoever has any of these addresses, or had.'),
  someTexts(
    'phone',
    'Whoever has any of these numbers, or had, in any spelling; without a country it is the account’s.',
  ),
  someTexts('external', 'Whom integrations call so: `hubspot:1246965`.'),
  text(
    'q',
    'Words, each a part of a name, the company, an address, a number in any spelling, or an external id; letter case, accents, width and kinds of digits do not matter. 3 characters or more, 2 of Chinese or Japanese. Changes are found by their words after a moment.',
  ),
  instant('updated_from', 'Inclusive.'),
  instant('updated_to', 'Exclusive.'),
  oneOf(
    'sort',
    CONTACT_SORTS,
    '-created_at',
    'The order; `-` begins with the latest. By `updated_at` the list ends before the oldest write that is still under way, so that who reads on misses no contact: a page may then be short or empty and have a next one.',
  ),
];

/** Filters, order and page of `GET /v1/contacts`; a cursor is bound to the first three. */
export interface ContactQuery {
  readonly filter: ContactFilter;
  /** Null when nothing is searched for. */
  readonly words: readonly string[] | null;
  readonly sort: ContactSort;
  readonly page: PageQuery;
}

/** Reads all parameters. `country`: where numbers are from that name none. Throws 400 or 422 with all that is wrong. */
export function readContactQuery(query: RawQuery, country: string | null): ContactQuery {
  const reader = createQueryReader(query, [...CONTACT_FILTERS, ...PAGE_PARAMETERS]);
  const words = readWords(reader);
  const filter = readFilter(reader, country);
  const { updatedFrom, updatedTo } = filter;
  if (updatedFrom !== undefined && updatedTo !== undefined && updatedFrom >= updatedTo) {
    reader.refuse('updated_to', 'Must be later than updated_from.');
  }
  const sort = reader.oneOf('sort', CONTACT_SORTS) ?? '-created_at';
  const page = readPageQuery(reader);
  reader.finish();
  return { filter, words, sort, page };
}

function readWords(reader: QueryReader): readonly string[] | null {
  const q = reader.text('q', LONGEST_TEXT);
  const words = q === undefined ? null : searchWords(q);
  if (q !== undefined && q !== '' && words === null) {
    reader.refuse('q', 'Must have at least 3 letters or digits.');
  }
  return words;
}

function readFilter(reader: QueryReader, country: string | null): ContactFilter {
  const emails = reader.named('email', (given) => named(normaliseEmailAddress(given), 'Must be a mail address.'));
  const phones = reader.named('phone', (given) => {
    // In a query a plus is a blank unless it was encoded, and no number begins with a blank.
    return named(normalisePhoneNumber(given.replace(/^ /, '+'), country), 'Must be a telephone number.');
  });
  const externals = reader.named('external', (given) => {
    return named(/^[^:]+:./su.test(given) ? given.normalize('NFC') : null, 'Must be as in hubspot:1246965.');
  });
  return {
    kinds: reader.list('kind', CONTACT_KINDS) as ContactFilter['kinds'],
    blocked: reader.boolean('blocked'),
    emails: emails?.map(({ value }) => value),
    phones: phones?.flatMap(({ value }) => [value, ...phoneAlternates(value)]),
    externals: externals?.map(({ value }) => value),
    updatedFrom: reader.instant('updated_from'),
    updatedTo: reader.instant('updated_to'),
  };
}

function named(value: string | null, detail: string): { readonly value: string } | { readonly detail: string } {
  return value === null ? { detail } : { value };
}
