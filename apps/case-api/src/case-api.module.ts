import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { LedgerModule } from '#libs/case-ledger';
import { CallBarModule } from '#libs/channel-kit';
import { CONFIGURATION, type Configuration } from '#libs/runtime';
import { ApiKeyGuard } from './access/api-key.guard.js';
import { RateLimitGuard } from './access/rate-limit.guard.js';
import { RateLimits } from './access/rate-limits.js';
import { ClientUses } from './access/client-uses.js';
import { ScopeGuard } from './access/scope.guard.js';
import { ContentLinks } from './content/content-links.js';
import { LinkedContentController } from './content/linked-content.controller.js';
import { sanitiserProvider } from './display/sanitiser.js';
import { CallBarReadsController } from './callbar/call-bar.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { DESCRIBED_CONTROLLERS, OpenApiController } from './openapi.js';
import { Uploads } from './attachments/uploads.js';
import { Pages } from './routes/pages.js';
import { FactReplays } from './deliveries/fact-replays.js';
import { CommentTexts } from './comments/comment-texts.js';
import { CaseCommands } from './cases/write/case-commands.js';
import { ContactCommands } from './contacts/write/contact-commands.js';
import { Writes } from './writing/writes.js';

/**
 * The Case API. Needs the tokens POOL, BLOB_STORE, UPLOAD_STORE, CONFIGURATION, METRICS and LOGGER of the application that it is part of. Its filter
 * answers for every route of that application in place of the runtime's, because it knows what a database may end in.
 */
@Module({
  imports: [LedgerModule, CallBarModule],
  controllers: [...DESCRIBED_CONTROLLERS, LinkedContentController, OpenApiController, CallBarReadsController],
  providers: [
    ApiKeyGuard,
    RateLimitGuard,
    ScopeGuard,
    {
      provide: RateLimits,
      useFactory: ({ rateLimit }: Configuration) => new RateLimits(rateLimit),
      inject: [CONFIGURATION],
    },
    ClientUses,
    Writes,
    CaseCommands,
    ContactCommands,
    CommentTexts,
    Uploads,
    FactReplays,
    sanitiserProvider,
    { provide: APP_FILTER, useClass: ProblemFilter },
    {
      provide: ContentLinks,
      useFactory: (configuration: Configuration) => ContentLinks.from(configuration),
      inject: [CONFIGURATION],
    },
    {
      provide: Pages,
      useFactory: (configuration: Configuration) => Pages.from(configuration),
      inject: [CONFIGURATION],
    },
  ],
})
export class CaseApiModule {}
