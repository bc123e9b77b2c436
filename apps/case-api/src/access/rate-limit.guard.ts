import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from '../http/problem.js';
import { clientOf } from './api-key.guard.js';
import { RateLimits } from './rate-limits.js';

/** The one policy that there is. */
const POLICY = 'default';
const PROBLEM_TYPE = 'https://iana.org/assignments/http-problem-types#quota-exceeded';

/** Lets a known client in as long as its quota lasts, and says how long that is (draft-ietf-httpapi-ratelimit-headers). */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(@Inject(RateLimits) private readonly limits: RateLimits) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const standing = this.limits.take(clientOf(http.getRequest<FastifyRequest>()).clientId);
    if (standing === null) {
      return true;
    }
    const { quota, window } = this.limits.quota;
    const { remaining, resetsIn } = standing;
    void http.getResponse<FastifyReply>().headers({
      'ratelimit-policy': `"${POLICY}";q=${quota};w=${window}`,
      ratelimit: `"${POLICY}";r=${remaining};t=${resetsIn}`,
    });
    if (!standing.isWithin) {
      throw new ProblemException({
        code: 'quota-exceeded',
        type: PROBLEM_TYPE,
        detail: `An API client may make ${quota} requests in ${window} seconds; ask again in ${resetsIn}.`,
        members: { 'violated-policies': [POLICY] },
        headers: { 'retry-after': String(resetsIn) },
      });
    }
    return true;
  }
}
