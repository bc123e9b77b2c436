import { createHmac, randomBytes } from 'node:crypto';
import type { Configuration } from '#libs/runtime';
import { readCursor, writeCursor, type CursorBinding } from '../http/cursor.js';
import { ProblemException } from '../http/problem.js';
import type { PageQuery } from '../query/page-query.js';
import type { Exchange } from './exchange.js';

/** A page of a list: `{ data, page: { next_cursor, has_more } }`. */
export interface Page<Resource> {
  readonly data: Resource[];
  readonly page: { readonly next_cursor: string | null; readonly has_more: boolean };
}

/** A list whose order is that of its positions. */
interface Listing<Row, Resource> {
  /** Its name, and what it is narrowed by: a cursor is worth nothing in another list or with other filters. */
  readonly list: string;
  readonly filter: unknown;
  readonly page: PageQuery;
  /** At most `limit` rows behind the position, which is empty at the beginning. */
  readonly load: (limit: number, position: readonly string[]) => Promise<readonly Row[]>;
  readonly positionOf: (row: Row) => readonly string[];
  /** Rows from the first one on that is not settled yet are left to a later page; all are settled unless told. */
  readonly isSettled?: (row: Row) => boolean;
  readonly resourceOf: (row: Row) => Resource;
}

/** A list so short that all of it is at hand. */
interface WholeListing<Row, Resource> extends Pick<Listing<Row, Resource>, 'list' | 'filter' | 'page' | 'resourceOf'> {
  /** In no order. */
  readonly rows: readonly Row[];
  /** Text that sorts like the list; no two rows share one. */
  readonly placeOf: (row: Row) => string;
}

/** Reads lists page by page. */
export class Pages {
  /** The secret signs cursors. */
  constructor(private readonly secret: Buffer) {}

  /**
   * Cursors are signed by the installation's secret, so that every process of it reads every other's. Without one, a
   * cursor lasts as long as the process that wrote it, and clients start the list again.
   */
  static from({ caseTokens }: Pick<Configuration, 'caseTokens'>): Pages {
    const secret = caseTokens.secret ?? randomBytes(32);
    return new Pages(createHmac('sha256', secret).update('case-api/cursors').digest());
  }

  /** The page that was asked for; names the next one in a `Link` header (RFC 8288). Throws 400 for a foreign cursor. */
  async read<Row, Resource>(
    { principal, request, reply }: Exchange,
    { list, filter, page, load, positionOf, isSettled = () => true, resourceOf }: Listing<Row, Resource>,
  ): Promise<Page<Resource>> {
    const binding = { accountId: principal.accountId, list, filter };
    const position = this.positionOf(binding, page);
    // One more than is shown tells whether there is a next page.
    const found = await load(page.limit + 1, position);
    const rows = settledRows(found, isSettled).slice(0, page.limit);
    const last = rows.at(-1);
    const next = last === undefined ? position : positionOf(last);
    const cursor = found.length > rows.length ? writeCursor(this.secret, binding, next) : null;
    if (cursor !== null) {
      void reply.header('link', `<${nextUrl(request.url, cursor)}>; rel="next"`);
    }
    return { data: rows.map(resourceOf), page: { next_cursor: cursor, has_more: cursor !== null } };
  }

  /** The page that was asked for of a list that is at hand. */
  readWhole<Row, Resource>(
    exchange: Exchange,
    { rows, placeOf, ...listing }: WholeListing<Row, Resource>,
  ): Promise<Page<Resource>> {
    const placed = rows
      .map((row) => ({ row, place: placeOf(row) }))
      .sort((one, other) => (one.place < other.place ? -1 : 1));
    return this.read(exchange, {
      ...listing,
      load: (limit, [after = '']) => Promise.resolve(placed.filter(({ place }) => place > after).slice(0, limit)),
      positionOf: ({ place }) => [place],
      resourceOf: ({ row }) => listing.resourceOf(row),
    });
  }

  private positionOf(binding: CursorBinding, { cursor }: PageQuery): readonly string[] {
    const position = cursor === null ? [] : readCursor(this.secret, binding, cursor);
    if (position === null) {
      const detail = 'The cursor is not of this list with these filters. Start again without it.';
      const errors = [{ pointer: '/query/cursor', code: 'malformed-query', detail }];
      throw new ProblemException({ code: 'malformed-query', detail, errors });
    }
    return position;
  }
}

function settledRows<Row>(rows: readonly Row[], isSettled: (row: Row) => boolean): readonly Row[] {
  const first = rows.findIndex((row) => !isSettled(row));
  return first === -1 ? rows : rows.slice(0, first);
}

function nextUrl(url: string, cursor: string): string {
  const [path = '/', query = ''] = url.split('?', 2);
  const next = new URLSearchParams(query);
  next.set('cursor', cursor);
  return `${path}?${next.toString()}`;
}
