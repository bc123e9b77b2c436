import { text, type QueryParameter } from './query-parameters.js';
import { createQueryReader, type QueryReader, type RawQuery } from './query-reader.js';

const DEFAULT_LIMIT = 50;
const GREATEST_LIMIT = 100;
const LONGEST_CURSOR = 1000;

export const PAGE_PARAMETERS: readonly QueryParameter[] = [
  {
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: GREATEST_LIMIT, default: DEFAULT_LIMIT },
  },
  text('cursor', '`next_cursor` of the page before.'),
];

/** What every list takes. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor: string | null;
}

export function readPageQuery(reader: QueryReader): PageQuery {
  return {
    limit: reader.integer('limit', 1, GREATEST_LIMIT) ?? DEFAULT_LIMIT,
    cursor: reader.text('cursor', LONGEST_CURSOR) ?? null,
  };
}

/** The page alone, of a list without filters. */
export function readPlainPageQuery(query: RawQuery): PageQuery {
  const reader = createQueryReader(query, PAGE_PARAMETERS);
  const page = readPageQuery(reader);
  reader.finish();
  return page;
}
