import { errorCodes, type FastifyRequest } from 'fastify';

import { frameworkProblem } from './framework-problem.js';
import { ProblemError } from './problem.js';

/** A body that nobody has read yet. */
export type Unread = AsyncIterable<Buffer>;

/**
 * The bytes of a body as they came, for signatures that are computed over them; none for a request without a body.
 *
 * @throws an error of Fastify for more than `limit` bytes (413), ProblemError for a body that ends too soon (400).
 */
export async function readRawBody(request: FastifyRequest, limit: number): Promise<Buffer> {
  refuseLength(request, limit);
  return isUnread(request.body) ? readBytes(request.body, limit) : Buffer.alloc(0);
}

/** Refuses what says of itself that it is too long, before any of it is read. */
export function refuseLength({ headers }: FastifyRequest, limit: number): void {
  if (Number(headers['content-length'] ?? 0) > limit) {
    throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  }
}

/** Fastify asks no parser for what has neither a type nor a length. */
export function isUnread(body: unknown): body is Unread {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** Whether a body is sent as it is: what is small on the way may be large here. */
export function isPlainCoding(coding: string | undefined): boolean {
  return coding === undefined || coding.toLowerCase() === 'identity';
}

export async function readBytes(body: Unread, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of withoutDestroying(body)) {
      length += chunk.length;
      if (length > limit) {
        throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof errorCodes.FST_ERR_CTP_BODY_TOO_LARGE ? error : cutOff();
  }
  return Buffer.concat(chunks);
}

/** Leaving a loop over a stream would destroy it, and with it the connection that the answer needs. */
function withoutDestroying(body: Unread): Unread {
  const { iterator } = body as { iterator?: (options: { destroyOnReturn: boolean }) => AsyncIterableIterator<Buffer> };
  return iterator === undefined ? body : iterator.call(body, { destroyOnReturn: false });
}

function cutOff(): ProblemError {
  return new ProblemError(frameworkProblem('malformed-request', 'The body ended before all of it was there.'));
}
