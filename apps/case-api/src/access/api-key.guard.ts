import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { POOL } from '#libs/postgres';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { ProblemException } from '../http/problem.js';
import { authenticate, type Authentication } from './authenticate.js';
import { ClientUses } from './client-uses.js';
import { challenge } from './challenge.js';
import type { Client } from './principal.js';

const clients = new WeakMap<FastifyRequest, Client>();

/** The client of a request that this guard let through. */
export function clientOf(request: FastifyRequest): Client {
  const client = clients.get(request);
  if (client === undefined) {
    throw new Error('the route has no guard');
  }
  return client;
}

/** Lets a request in when its API key is known; what the client may do is the next guard's question. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(ClientUses) private readonly uses: ClientUses,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const {
      lastUsedAt,
      keyHash: _,
      ...client
    } = admitted(await authenticate(this.pool, request.headers.authorization));
    this.uses.note({ ...client, lastUsedAt });
    clients.set(request, client);
    return true;
  }
}

function admitted(authentication: Authentication): Extract<Authentication, { kind: 'known' }>['client'] {
  switch (authentication.kind) {
    case 'known':
      return authentication.client;
    case 'missing':
      throw new ProblemException({
        code: 'unauthenticated',
        detail: 'Send an API key as "Authorization: Bearer cwk_…".',
        headers: challenge(),
      });
    case 'invalid':
      throw new ProblemException({
        code: 'unauthenticated',
        detail: 'The API key is not valid.',
        headers: challenge({ error: 'invalid_token' }),
      });
  }
}
