import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Scope } from '#libs/case-domain';
import { POOL } from '#libs/postgres';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { actingAgent } from './acting-agent.js';
import { clientOf } from './api-key.guard.js';
import { demandScope } from './demand-scope.js';
import type { Principal } from './principal.js';

/** What a route asks for: a scope, or any one of several. */
export type ScopeDemand = Scope | readonly [Scope, ...Scope[]];

/** Names what a controller or one of its routes asks for. */
export const RequiredScope = Reflector.createDecorator<ScopeDemand>();

const principals = new WeakMap<FastifyRequest, Principal>();

/** The principal of a request that the guards let through. */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request);
  if (principal === undefined) {
    throw new Error('the route has no guard');
  }
  return principal;
}

/** Lets a known client do what its scopes allow, and act for the agent that `On-Behalf-Of` names. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const client = clientOf(request);
    const demand = this.reflector.getAllAndOverride(RequiredScope, [context.getHandler(), context.getClass()]);
    const oneOf = typeof demand === 'string' ? [demand] : demand;
    demandScope({ ...client, agent: null }, ...oneOf);
    const agent = await actingAgent(this.pool, client, request.headers['on-behalf-of']);
    const principal = { ...client, agent };
    demandScope(principal, ...oneOf);
    principals.set(request, principal);
    return true;
  }
}
