import type { FastifyReply, FastifyRequest } from 'fastify';

import { PROTECTIVE_HEADERS, requestIdentity } from './response-headers.js';

/** A short answer that is kept nowhere. */
export interface ShortAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ALWAYS = [...Object.entries(PROTECTIVE_HEADERS), ['cache-control', 'no-store']].flat();

/**
 * Ends a request as the framework would, headers and all, in one write and past its hooks: for what is asked a thousand times a
 * second.
 */
export function answerAtOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers, body }: ShortAnswer,
): void {
  reply.hijack();
  const { raw } = reply;
  if (raw.headersSent || raw.destroyed) {
    return;
  }
  const identity = ['x-request-id', requestIdentity(request.raw)];
  const length = ['content-length', String(Buffer.byteLength(body))];
  raw.writeHead(status, [...ALWAYS, ...identity, ...Object.entries(headers).flat(), ...length]);
  raw.end(body);
}
