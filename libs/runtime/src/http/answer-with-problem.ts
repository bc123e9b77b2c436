import type { FastifyReply, FastifyRequest } from 'fastify';

import { closeLingering } from './close-lingering.js';
import { problemDocument, type Problem, type ProblemCause } from './problem.js';
import { PROTECTIVE_HEADERS, requestIdentity } from './response-headers.js';

/** Ends a request with `application/problem+json`; a response that has begun can only be cut off. */
export function answerWithProblem(request: FastifyRequest, reply: FastifyReply, cause: ProblemCause): Problem {
  const problem = problemDocument(cause, { id: requestIdentity(request.raw), url: request.raw.url });
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return problem;
  }
  leaveTimeForTheBody(request);
  // As bytes, because text of a JSON type would get a charset, which the media type does not have.
  void reply
    .code(problem.status)
    // Not every path to this place has come through the hook that sets them.
    .headers({
      ...PROTECTIVE_HEADERS,
      'x-request-id': problem.request_id,
      'cache-control': 'no-store',
      ...(isWorthReading(request) ? {} : { connection: 'close' }),
      ...cause.headers,
    })
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)));
  return problem;
}

/**
 * A client that is still sending would get a reset connection instead of our answer if the connection closed at once, as
 * it does in Node after `Connection: close` (RFC 9112 §9.6). Whatever else it sends is read and thrown away.
 */
function leaveTimeForTheBody({ raw }: FastifyRequest): void {
  const { socket } = raw;
  if (!raw.complete) {
    // The one method by which Node's server closes after a response.
    socket.destroySoon = () => closeLingering(socket);
  }
}

/** Whether what is left of a body is known to be short: Node then reads past it, and the connection can go on. */
function isWorthReading({ raw, routeOptions }: FastifyRequest): boolean {
  const { 'content-length': length = 0, 'transfer-encoding': coding } = raw.headers;
  return raw.complete || (coding === undefined && Number(length) <= (routeOptions.bodyLimit ?? 0));
}
