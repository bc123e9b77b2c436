import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { ApiHeaderOptions, ApiResponseNoStatusOptions } from '@nestjs/swagger';
import type { BlobStore, ByteRange } from '#libs/blob-store';
import type { Logger } from '#libs/runtime';
import { namesEntityTag } from '../http/entity-tag.js';
import { ProblemException } from '../http/problem.js';
import type { Exchange } from '../routes/exchange.js';
import { wantedRange } from './byte-range.js';
import { contentDisposition } from './content-disposition.js';
import type { StoredContent } from './contents-of.js';
import { servedMediaType } from './served-media-type.js';
import { verifiedContent } from './verified-content.js';

/** What a name of its bytes stands for never changes. Another key of the same browser asks for itself. */
const CACHING = { 'cache-control': 'private, max-age=31536000, immutable', vary: 'authorization' } as const;
/** No longer than the address of a link is valid. */
const LINK_CACHING = { 'cache-control': 'private, max-age=600', 'referrer-policy': 'no-referrer' } as const;
/** Should a browser open it in spite of everything, it runs nothing and is nobody's origin. */
const SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'";

const BINARY = { '*/*': { schema: { type: 'string', format: 'binary' } } } as const;
const TEXT = { schema: { type: 'string' } } as const;

/** What the description says of a route that serves content. */
export const SERVED_HEADERS: readonly ApiHeaderOptions[] = [
  { name: 'If-None-Match', required: false, description: 'ETag of the content that you have.' },
  { name: 'Range', required: false, description: 'One range of bytes; several are answered with the whole.' },
  { name: 'If-Range', required: false, description: 'ETag of the content that the range is of.' },
];
export const SERVED: ApiResponseNoStatusOptions = {
  description: 'The bytes as they came.',
  content: BINARY,
  headers: {
    ETag: { description: 'The SHA-256.', ...TEXT },
    'Accept-Ranges': { description: 'bytes', ...TEXT },
    'Content-Disposition': { description: 'The name of the file, made harmless.', ...TEXT },
  },
};

/**
 * Serves content, or a range of it, as a download; sounds are played in place. `isLinked`: for whoever has its address.
 * The handler returns what this returns.
 */
export async function serveContent(
  { request, reply }: Pick<Exchange, 'request' | 'reply'>,
  content: StoredContent,
  from: { readonly blobs: BlobStore; readonly logger: Logger; readonly isLinked?: boolean },
): Promise<StreamableFile | undefined> {
  const { sha256, size } = content;
  const tag = `"${sha256}"`;
  const caching = from.isLinked === true ? LINK_CACHING : CACHING;
  const mediaType = servedMediaType(content.mediaType);
  if (namesEntityTag(request.headers['if-none-match'], tag)) {
    void reply.code(304).headers({ etag: tag, ...caching });
    return undefined;
  }
  const { range, 'if-range': ifRange } = request.headers;
  const wanted = wantedRange({ range, ifRange: ifRange as string | undefined }, { size, tag });
  if (wanted === 'unsatisfiable') {
    const detail = `The content has ${size} bytes, and the range begins behind them.`;
    throw new ProblemException({
      code: 'range-not-satisfiable',
      detail,
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  const part = wanted === 'whole' ? null : wanted;
  const bytes = await open(content, part, from);
  void reply.headers({
    etag: tag,
    ...caching,
    'accept-ranges': 'bytes',
    'content-type': mediaType,
    'content-length': String(part === null ? size : part.last - part.first + 1),
    'content-disposition': contentDisposition(content.name, mediaType.startsWith('audio/') ? 'inline' : 'attachment'),
    'content-security-policy': SANDBOX,
  });
  if (part !== null) {
    void reply.code(206).header('content-range', `bytes ${part.first}-${part.last}/${size}`);
  }
  return new StreamableFile(bytes);
}

/** Waits for its beginning, so that a store that fails at once is a problem and not half a download. */
async function open(
  content: StoredContent,
  part: ByteRange | null,
  { blobs, logger }: { readonly blobs: BlobStore; readonly logger: Logger },
): Promise<Readable> {
  const { sha256 } = content;
  const stored = await (part === null ? blobs.get(sha256) : blobs.get(sha256, part));
  if (stored === null) {
    throw new ProblemException({ code: 'content-gone', detail: 'The content is no longer in the blob store.' });
  }
  // A part cannot be checked against the name of the whole; a client that gets all parts can.
  const readable = part === null ? verifiedContent(stored, content) : stored;
  await once(readable, 'readable');
  readable.once('error', (err: Error) => {
    logger.error({ err, sha256 }, 'content broke off while it was sent');
  });
  return readable;
}
