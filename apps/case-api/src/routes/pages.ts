import type { FastifyReply } from 'fastify';
import { writeCursor, type CursorBinding } from '../http/cursor.js';

/** A page of a list: `{ data, page: { next_cursor, has_more } }`. */
export interface Page<Resource> {
  readonly data: Resource[];
  readonly page: { readonly next_cursor: string | null; readonly has_more: boolean };
}

interface PageRequest<Row, Resource> {
  /** One row more than `limit` when there is a next page. */
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly secret: Buffer;
  readonly binding: CursorBinding;
  readonly positionOf: (row: Row) => readonly string[];
  readonly resourceOf: (row: Row) => Resource;
  /** Path and query of this request. */
  readonly url: string;
  readonly reply: FastifyReply;
}

/** Builds the page and names the next one in a `Link` header (RFC 8288). */
export function pageOf<Row, Resource>(request: PageRequest<Row, Resource>): Page<Resource> {
  const rows = request.rows.slice(0, request.limit);
  const last = rows.at(-1);
  const hasMore = request.rows.length > request.limit && last !== undefined;
  const cursor = hasMore ? writeCursor(request.secret, request.binding, request.positionOf(last)) : null;
  if (cursor !== null) {
    const [path = '/', query = ''] = request.url.split('?', 2);
    const next = new URLSearchParams(query);
    next.set('cursor', cursor);
    void request.reply.header('link', `<${path}?${next.toString()}>; rel="next"`);
  }
  return { data: rows.map(request.resourceOf), page: { next_cursor: cursor, has_more: hasMore } };
}
