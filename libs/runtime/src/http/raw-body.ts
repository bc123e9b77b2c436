import type { Readable } from 'node:stream';
import { errorCodes, type FastifyRequest } from 'fastify';

import { frameworkProblem } from './framework-problem.js';
import { ProblemError } from './problem.js';

/**
 * The bytes of a body as they came, for signatures that are computed over them; none for a request without a body.
 *
 * @throws an error of Fastify for more than `limit` bytes (413), ProblemError for a body that ends too soon (400).
 */
export function readRawBody(request: FastifyRequest, limit: number): Promise<Buffer> {
  return isTooLong(request, limit)
    ? Promise.reject(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
    : isUnread(request.body)
      ? readBytes(request.body, limit)
      : Promise.resolve(Buffer.alloc(0));
}

/** Refuses what says of itself that it is too long, before any of it is read. */
export function refuseLength(request: FastifyRequest, limit: number): void {
  if (isTooLong(request, limit)) {
    throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  }
}

function isTooLong({ headers }: FastifyRequest, limit: number): boolean {
  return Number(headers['content-length'] ?? 0) > limit;
}

/** A body that nobody has read yet. Fastify asks no parser for what has neither a type nor a length. */
export function isUnread(body: unknown): body is Readable {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** Whether a body is sent as it is: what is small on the way may be large here. */
export function isPlainCoding(coding: string | undefined): boolean {
  return coding === undefined || coding.toLowerCase() === 'identity';
}

/** By its events: a loop over a stream costs as much as all else that becomes of a short body, and destroys what it leaves. */
export function readBytes(body: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > limit) {
        body.off('data', take).pause();
        reject(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
      }
    };
    const end = (): void =>
      body.readableEnded ? resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)) : reject(cutOff());
    // Of a connection that breaks there is an `error`, of one that was destroyed `close` alone.
    body.on('data', take).once('end', end).once('error', end).once('close', end);
    if (body.destroyed) {
      end();
    }
  });
}

function cutOff(): ProblemError {
  return new ProblemError(frameworkProblem('malformed-request', 'The body ended before all of it was there.'));
}
