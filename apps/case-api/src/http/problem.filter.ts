import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { LOGGER, type Logger } from '#libs/runtime';
import { classifyPostgresError } from '#libs/postgres';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException, problemOf, type ProblemCode, type ProblemDraft } from './problem.js';
import { requestIdentity } from './request-identity.js';

/** Every failure of an HTTP request leaves as `application/problem+json`; what is not expected is logged once. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') {
      throw error;
    }
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const requestId = requestIdentity(request.raw);
    const draft = draftOf(error);
    const problem = problemOf(draft, { id: requestId, path: pathOf(request.url) });
    if (problem.status >= 500) {
      this.logger.error({ err: error, requestId, status: problem.status }, 'a request failed');
    }
    // As bytes, because text of a JSON type would get a charset, which the media type does not have.
    void reply
      .code(problem.status)
      .headers({ 'cache-control': 'no-store', ...draft.headers })
      .header('content-type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify(problem)));
  }
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '/';
}

function draftOf(error: unknown): ProblemDraft {
  if (error instanceof ProblemException) {
    return error.draft;
  }
  const status = statusOf(error);
  if (status !== null && status < 500) {
    const code: ProblemCode = status === 404 ? 'not-found' : 'malformed-request';
    return { code, status, detail: status === 404 ? 'No resource has this method and path.' : sentenceOf(error) };
  }
  if (status === 503 || classifyPostgresError(error) === 'transient') {
    const headers = { 'retry-after': '1' };
    return { code: 'temporarily-unavailable', detail: 'Nothing was changed; try again soon.', headers };
  }
  return { code: 'internal-error', detail: 'The request failed for a reason that was logged with its request id.' };
}

/** Status of what Nest and Fastify throw by themselves. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) {
    return error.getStatus();
  }
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 ? status : null;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'The request cannot be read.';
}
