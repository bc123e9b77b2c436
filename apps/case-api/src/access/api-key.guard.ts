import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { POOL } from '#libs/postgres';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { ProblemException } from '../http/problem.js';
import { authenticate, type Authentication, type Principal } from './authenticate.js';

/** What a key may be allowed to do. */
export const SCOPES = ['cases:read', 'cases:write', 'cases:admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Names the scope that a controller or one of its routes asks for. */
export const RequiredScope = Reflector.createDecorator<Scope>();

const CHALLENGE = 'Bearer realm="casewright"';
const principals = new WeakMap<FastifyRequest, Principal>();

/** The principal of a request that the guard let through. */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request);
  if (principal === undefined) {
    throw new Error('the route has no guard');
  }
  return principal;
}

/** Lets a request in when its API key is known and has the scope that the route asks for. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = admitted(await authenticate(this.pool, request.headers.authorization));
    const scope = this.reflector.getAllAndOverride(RequiredScope, [context.getHandler(), context.getClass()]);
    if (!principal.scopes.includes(scope)) {
      throw new ProblemException({
        code: 'insufficient-scope',
        detail: `The API key needs the scope ${scope}.`,
        headers: { 'www-authenticate': `${CHALLENGE}, error="insufficient_scope", scope="${scope}"` },
      });
    }
    principals.set(request, principal);
    return true;
  }
}

function admitted(authentication: Authentication): Principal {
  switch (authentication.kind) {
    case 'known':
      return authentication.principal;
    case 'missing':
      throw new ProblemException({
        code: 'unauthenticated',
        detail: 'Send an API key as "Authorization: Bearer cwk_…".',
        headers: { 'www-authenticate': CHALLENGE },
      });
    case 'invalid':
      throw new ProblemException({
        code: 'unauthenticated',
        detail: 'The API key is not valid.',
        headers: { 'www-authenticate': `${CHALLENGE}, error="invalid_token"` },
      });
  }
}
