import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CONFIGURATION } from '#libs/runtime';
import { ApiKeyGuard } from './access/api-key.guard.js';
import { CURSOR_SECRET, cursorSecret } from './config.js';
import { sanitiserProvider } from './display/sanitiser.provider.js';
import { ProblemFilter } from './http/problem.filter.js';
import { OpenApiController } from './openapi.controller.js';
import { DESCRIBED_CONTROLLERS } from './openapi.js';

/**
 * The Case API. Needs the tokens POOL, BLOB_STORE, CONFIGURATION and LOGGER of the application that it is part of. Its filter
 * answers for every route of that application in place of the runtime's, because it knows what a database may end in.
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
export class CaseApiModule {}
