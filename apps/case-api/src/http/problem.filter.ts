import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { answerFailure, frameworkProblem, LOGGER, problemOfError, type Logger, type ProblemCause } from '#libs/runtime';
import { classifyPostgresError, isPostgresDefect } from '#libs/postgres';
import { causeOf, ProblemException } from './problem.js';

/** Every failure of an HTTP request leaves as `application/problem+json`; what is not expected is logged once. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    answerFailure(this.logger, error, host, causeOfError(error));
  }
}

function causeOfError(error: unknown): ProblemCause {
  if (error instanceof ProblemException) {
    return causeOf(error.draft);
  }
  const cause = problemOfError(error);
  const transient = cause.status >= 500 && classifyPostgresError(error) === 'transient' && !isPostgresDefect(error);
  return transient ? frameworkProblem('temporarily-unavailable') : cause;
}
