import { readCursor, type CursorBinding } from '../http/cursor.js';
import { ProblemException } from '../http/problem.js';
import type { QueryReader } from './query-reader.js';

export const PAGE_PARAMETERS = ['limit', 'cursor'] as const;
const DEFAULT_LIMIT = 50;
const GREATEST_LIMIT = 100;
const LONGEST_CURSOR = 1000;

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

/** The position that the cursor names, null without one. Throws 400 for a cursor that is not of this list. */
export function positionOf(secret: Buffer, binding: CursorBinding, page: PageQuery): readonly string[] | null {
  if (page.cursor === null) {
    return null;
  }
  const position = readCursor(secret, binding, page.cursor);
  if (position === null) {
    const detail = 'The cursor is not of this list with these filters. Start again without it.';
    const errors = [{ pointer: '/query/cursor', code: 'malformed-query', detail }];
    throw new ProblemException({ code: 'malformed-query', detail, errors });
  }
  return position;
}
