import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../access/principal.js';
import { principalOf } from '../access/scope.guard.js';

/** What a handler knows beside the path, the query and the body: who asks, the request's headers, and its answer's. */
export interface Exchange {
  readonly principal: Principal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The exchange, as a parameter of a handler. Its route stands in a `ResourceController`, which knows who asks. */
export const Exchange = createParamDecorator((_: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  return { principal: principalOf(request), request, reply: http.getResponse<FastifyReply>() };
});
