import type { IncomingMessage } from 'node:http';

import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { answerWithProblem } from './answer-with-problem.js';
import { ClientErrors } from './client-error.js';
import { frameworkProblem, problemOfError } from './framework-problem.js';
import { HTTP_LIMITS, type HttpLimits } from './http-limits.js';
import { KnownPaths } from './known-paths.js';
import type { ProblemCause } from './problem.js';
import { PROTECTIVE_HEADERS, requestIdentity } from './response-headers.js';

/**
 * Fastify under Nest, with one shape for every answer that neither a controller nor a guard gives: what the router, the
 * body parsers and Node itself refuse leaves as `application/problem+json` too. What is thrown from a handler is the
 * work of a filter (`ProblemFilter`). No body is read before its handler asks for it (`readJsonBody`), so that guards come
 * first; create the application with `bodyParser: false`.
 */
export function createHttpAdapter(limits: HttpLimits = HTTP_LIMITS): FastifyAdapter {
  const clientErrors = new ClientErrors();
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    routerOptions: { maxParamLength: limits.pathPartLength },
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.checkTimeoutsMs,
      // Node's own answer to a request without Host has no body; ours is in `refusalOf`.
      requireHostHeader: false,
    },
    // Fastify's own answer is not a problem document; ours is in `refusalOf`.
    return503OnClosing: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      answerWithProblem(request, reply, problemOfError(error));
    },
    clientErrorHandler: clientErrors.answer,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  admitRequests(fastify);
  leaveBodiesUnread(fastify);
  nameFreshness(fastify);
  const { server } = fastify;
  server.on('request', clientErrors.follow);
  server.on('connect', clientErrors.refuseTunnel);
  // Without a listener Node answers 417 by itself, with nothing in it. Here it becomes a request, which `refusalOf` ends.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  return adapter;
}

/** Puts the protective headers and the request's identity on every response, and ends what no handler needs to see. */
function admitRequests(fastify: FastifyInstance): void {
  let closing = false;
  const known = new KnownPaths();
  fastify.addHook('onRoute', known.add);
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    if (socket.writableEnded) {
      // It came after our last answer, so nobody would learn what became of it.
      reply.hijack();
      socket.destroy();
      return;
    }
    const refusal = refusalOf(request.raw, closing) ?? (request.is404 ? refusalOfRoute(known, request) : null);
    if (refusal !== null) {
      answerWithProblem(request, reply, refusal);
      return;
    }
    void reply.headers(PROTECTIVE_HEADERS).header('x-request-id', requestIdentity(request.raw));
    done();
  });
}

function refusalOf({ headers, httpVersion }: IncomingMessage, closing: boolean): ProblemCause | null {
  if (closing) {
    return frameworkProblem('temporarily-unavailable');
  }
  // RFC 9112 §3.2
  if (httpVersion === '1.1' && headers.host === undefined) {
    return frameworkProblem('malformed-request', 'A request of HTTP/1.1 needs the header Host.');
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return frameworkProblem('expectation-failed');
  }
  return null;
}

/** What the router does not know is refused before anybody asks who wants it, or what is in the body. */
function refusalOfRoute(known: KnownPaths, { url }: FastifyRequest): ProblemCause {
  const methods = known.methodsOf(url).join(', ');
  return methods === ''
    ? frameworkProblem('not-found')
    : { ...frameworkProblem('method-not-allowed'), headers: { allow: methods } };
}

/** Fastify would read a body before any handler or guard of Nest is asked. */
function leaveBodiesUnread(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** An answer that says nothing of its own about being kept is not kept, unless it can be compared with a newer one. */
function nameFreshness(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) {
      void reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'no-store');
    }
    done();
  });
}
