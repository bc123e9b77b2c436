import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { CONFIGURATION } from '#libs/runtime';
import type { FastifyInstance } from 'fastify';
import { ApiKeyGuard } from './access/api-key.guard.js';
import { CURSOR_SECRET, cursorSecret } from './config.js';
import { sanitiserProvider } from './display/sanitiser.provider.js';
import { ProblemFilter } from './http/problem.filter.js';
import { protectResponses } from './http/response-headers.js';
import { OpenApiController } from './openapi.controller.js';
import { DESCRIBED_CONTROLLERS } from './openapi.js';

/**
 * The Case API. Needs the tokens POOL, BLOB_STORE, CONFIGURATION and LOGGER of the application that it is part of. Its filter
 * answers for every route of that application, so that a path that nobody serves is a problem document too.
 */
@Module({
  controllers: [...DESCRIBED_CONTROLLERS, OpenApiController],
  providers: [
    ApiKeyGuard,
    sanitiserProvider,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: CURSOR_SECRET, useFactory: cursorSecret, inject: [CONFIGURATION] },
  ],
})
export class CaseApiModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    protectResponses(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
