import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { BLOB_STORE, UPLOAD_STORE } from '#libs/blob-store';
import { LEDGER } from '#libs/case-ledger';
import { CallBar } from '#libs/channel-kit';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, LOGGER } from '#libs/runtime';
import { ClientUses } from './access/client-uses.js';
import { RateLimits } from './access/rate-limits.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { Uploads } from './attachments/uploads.js';
import { AgentsController } from './agents/agents.controller.js';
import { EndpointsController } from './endpoints/endpoints.controller.js';
import { GroupsController } from './groups/groups.controller.js';
import { MembersController } from './groups/members.controller.js';
import { AccountController } from './account/account.controller.js';
import { AssignmentRulesController } from './assignment-rules/assignment-rules.controller.js';
import { RuleDryRunsController } from './assignment-rules/rule-dry-runs.controller.js';
import { BusinessHoursController } from './business-hours/business-hours.controller.js';
import { CallbacksController } from './callbar/callbacks.controller.js';
import { CallBarTokensController } from './callbar/call-bar-tokens.controller.js';
import { CaseAddressesController } from './cases/case-addresses.controller.js';
import { CaseAttachmentsController } from './cases/case-attachments.controller.js';
import { CaseHistoriesController } from './cases/case-histories.controller.js';
import { CaseRelativesController } from './cases/case-relatives.controller.js';
import { LatestCaseController } from './cases/latest-case.controller.js';
import { BulkController } from './cases/write/bulk.controller.js';
import { CaseCommands } from './cases/write/case-commands.js';
import { CommentTexts } from './comments/comment-texts.js';
import { CommentWritesController } from './cases/write/comment-writes.controller.js';
import { CommentsController } from './comments/comments.controller.js';
import { CaseCommentsController } from './cases/write/case-comments.controller.js';
import { CaseWritesController } from './cases/write/case-writes.controller.js';
import { InteractionWritesController } from './cases/write/interaction-writes.controller.js';
import { CasesController } from './cases/cases.controller.js';
import { CaseFieldsController } from './case-fields/case-fields.controller.js';
import { ContactExportController } from './contacts/export/contact-export.controller.js';
import { ContactCommands } from './contacts/write/contact-commands.js';
import { ContactWritesController } from './contacts/write/contact-writes.controller.js';
import { IdentitiesController } from './contacts/write/identities.controller.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ClientsController } from './clients/clients.controller.js';
import { ContentLinks } from './content/content-links.js';
import { ContentController } from './content/content.controller.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { FactReplays } from './deliveries/fact-replays.js';
import { DisplayController } from './display/display.controller.js';
import { SANITISER } from './display/sanitiser.js';
import { CaseLinksController } from './links/case-links.controller.js';
import { LinkWritesController } from './links/link-writes.controller.js';
import { ErasuresController } from './erasures/erasures.controller.js';
import { InteractionsController } from './interactions/interactions.controller.js';
import { QuarantineController } from './quarantine/quarantine.controller.js';
import { MailboxesController } from './mailboxes/mailboxes.controller.js';
import { StatusesController } from './statuses/statuses.controller.js';
import { ProblemResource } from './resources/problem.resource.js';
import { Pages } from './routes/pages.js';
import { Writes } from './writing/writes.js';

/** The controllers that the description is made of. */
export const DESCRIBED_CONTROLLERS = [
  CasesController,
  CaseHistoriesController,
  CaseRelativesController,
  LatestCaseController,
  BulkController,
  CaseWritesController,
  CaseCommentsController,
  CommentsController,
  CommentWritesController,
  AttachmentsController,
  CaseAttachmentsController,
  CaseLinksController,
  LinkWritesController,
  CaseAddressesController,
  CallbacksController,
  CallBarTokensController,
  InteractionsController,
  InteractionWritesController,
  DisplayController,
  ContentController,
  QuarantineController,
  ErasuresController,
  MailboxesController,
  DeliveriesController,
  ClientsController,
  StatusesController,
  CaseFieldsController,
  AccountController,
  ContactsController,
  ContactWritesController,
  IdentitiesController,
  ContactExportController,
  AgentsController,
  GroupsController,
  MembersController,
  EndpointsController,
  AssignmentRulesController,
  RuleDryRunsController,
  BusinessHoursController,
];

/** What the controllers ask for; nothing of it is used. */
const ABSENT = [
  ...[POOL, LEDGER, BLOB_STORE, UPLOAD_STORE, SANITISER, CONFIGURATION, LOGGER],
  ...[
    Pages,
    Writes,
    ClientUses,
    RateLimits,
    CaseCommands,
    ContactCommands,
    CommentTexts,
    Uploads,
    FactReplays,
    ContentLinks,
    CallBar,
  ],
].map((provide) => ({ provide, useValue: null }));

@Module({ controllers: DESCRIBED_CONTROLLERS, providers: ABSENT })
class DescribedModule {}

/**
 * The description of the API, OpenAPI 3.1. It is read off the controllers of an application in preview, which makes no
 * instances, so that it needs no database and is the same in whichever process the API runs.
 */
export async function describeApi(): Promise<OpenAPIObject> {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Casewright Case API')
    .setDescription('Cases and the interactions that made them. Lists of values are open: expect new ones.')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: cwk_…' }, 'api-key')
    .build();
  const preview = await NestFactory.create(DescribedModule, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return SwaggerModule.createDocument(preview, settings, { extraModels: [ProblemResource], autoTagControllers: false });
}

/** The description of the API, for anybody: it holds nothing of any account. */
@Controller()
export class OpenApiController {
  private description: Promise<OpenAPIObject> | null = null;

  @Get('openapi.json')
  @Header('cache-control', 'public, max-age=300')
  async read(): Promise<OpenAPIObject> {
    this.description ??= describeApi();
    return this.description;
  }
}
