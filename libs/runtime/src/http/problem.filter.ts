import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Logger } from '../log/create-logger.js';
import { LOGGER } from '../tokens.js';
import { answerWithProblem } from './answer-with-problem.js';
import { problemOfError } from './framework-problem.js';
import type { ProblemCause } from './problem.js';

/**
 * Every failure of an HTTP request leaves as `application/problem+json`; what is not expected is logged once. An
 * application that knows more kinds of failure puts a filter of its own beside it, and answers by `answerFailure`.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    answerFailure(this.logger, error, host, problemOfError(error));
  }
}

/** Answers the request of `host` with the problem that `error` stands for. Other hosts get their error back. */
export function answerFailure(logger: Logger, error: unknown, host: ArgumentsHost, cause: ProblemCause): void {
  if (host.getType() !== 'http') {
    throw error;
  }
  const request = host.switchToHttp().getRequest<FastifyRequest>();
  const reply = host.switchToHttp().getResponse<FastifyReply>();
  const { status, request_id: requestId } = answerWithProblem(request, reply, cause);
  if (status >= 500) {
    logger.error({ err: error, requestId, status }, 'a request failed');
  }
}
