import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { errorCode } from '../errors.js';
import { closeLingering } from './close-lingering.js';
import { frameworkProblem, problemOfError } from './framework-problem.js';
import { isPaced } from './paced-body.js';
import { problemDocument, type ProblemCause } from './problem.js';
import { PROTECTIVE_HEADERS, requestIdentity } from './response-headers.js';

/** A request of a connection and the response to it. */
export interface Exchange {
  readonly request: Pick<IncomingMessage, 'complete'>;
  readonly response: Pick<ServerResponse, 'headersSent'>;
}

/** `answer` now, `wait` for the answers before ours, or `close` without a word. */
export type ClientErrorAction = 'answer' | 'wait' | 'close';

/**
 * What to do with a connection whose bytes Node cannot read, or which are not all there in time. Responses come in the
 * order of their requests (RFC 9112 §9.3.2), so an answer of ours must not be taken for that to an earlier request.
 */
export function clientErrorAction(code: string, unanswered: readonly Exchange[]): ClientErrorAction {
  const [first] = unanswered;
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return 'close';
  }
  if (first === undefined) {
    return 'answer';
  }
  if (unanswered.every(({ request }) => request.complete)) {
    return 'wait';
  }
  // The last request is the broken one. Before it others may wait for theirs, and a response that has begun stays.
  return unanswered.length === 1 && !first.response.headersSent ? 'answer' : 'close';
}

type ServerExchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** The part of an HTTP server below Fastify: answers to what never became a request. */
export class ClientErrors {
  private readonly unanswered = new WeakMap<Socket, ServerExchange[]>();
  private readonly ended = new WeakSet<Socket>();

  /** Listener of the server's `request`. */
  readonly follow = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const exchange = { request, response };
    this.unanswered.set(socket, [...this.of(socket), exchange]);
    response.once('close', () => {
      this.unanswered.set(
        socket,
        this.of(socket).filter((other) => other !== exchange),
      );
    });
  };

  /** Listener of the server's `clientError`, which comes again for each piece that the client sends after the first. */
  readonly answer = (error: Error, socket: Socket): void => {
    if (this.ended.has(socket) || (errorCode(error) === 'ERR_HTTP_REQUEST_TIMEOUT' && isPaced(socket))) {
      return;
    }
    const unanswered = this.of(socket);
    const action = socket.writable ? clientErrorAction(errorCode(error), unanswered) : 'close';
    this.ended.add(socket);
    if (action === 'close') {
      socket.destroy();
      return;
    }
    const cause = problemOfError(error);
    if (action === 'answer') {
      endWithProblem(socket, cause, unanswered[0]?.request);
      return;
    }
    unanswered.at(-1)?.response.once('close', () => endWithProblem(socket, cause));
  };

  /** Listener of the server's `connect`: this is no proxy. */
  readonly refuseTunnel = (request: IncomingMessage, socket: Socket): void => {
    if (this.of(socket).length > 0) {
      // An answer of ours would be taken for that to an earlier request.
      socket.destroy();
      return;
    }
    endWithProblem(socket, frameworkProblem('not-found'), request);
  };

  private of(socket: Socket): readonly ServerExchange[] {
    return this.unanswered.get(socket) ?? [];
  }
}

/** Writes the response by hand, half-closes, and lets the client read it before the connection goes. */
function endWithProblem(socket: Socket, cause: ProblemCause, request?: IncomingMessage): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const id = request === undefined ? randomUUID() : requestIdentity(request);
  closeLingering(socket, rawResponse(cause, id, request?.url));
}

function rawResponse(cause: ProblemCause, id: string, url: string | undefined): Buffer {
  const body = Buffer.from(JSON.stringify(problemDocument(cause, { id, url })));
  const headers = {
    ...PROTECTIVE_HEADERS,
    'x-request-id': id,
    'cache-control': 'no-store',
    ...cause.headers,
    'content-type': 'application/problem+json',
    'content-length': String(body.length),
    date: new Date().toUTCString(),
    connection: 'close',
  };
  const head = [`HTTP/1.1 ${cause.status} ${STATUS_CODES[cause.status] ?? ''}`];
  head.push(...Object.entries(headers).map(([name, value]) => `${name}: ${value}`));
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}
