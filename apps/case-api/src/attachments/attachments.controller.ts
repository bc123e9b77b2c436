import { Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiConsumes, ApiResponse } from '@nestjs/swagger';
import { type BlobStore, UPLOAD_STORE } from '#libs/blob-store';
import { POOL } from '#libs/postgres';
import { LOGGER, type Logger } from '#libs/runtime';
import type { Pool } from 'pg';
import { serveContent, SERVED, SERVED_HEADERS } from '../content/serve-content.js';
import { ProblemException } from '../http/problem.js';
import { text } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute, ReadRoute } from '../routes/routes.js';
import { UploadResource, uploadResourceOf } from './attachment.resource.js';
import { Uploads } from './uploads.js';

const ATTACHMENT_ID = { name: 'id', format: 'uuid' } as const;
const FILE_NAME = text('file_name', 'Its last part is kept, without control characters; else what a form calls it.');
const LONGEST_NAME = 4096;
/** What a scanner says of a file that nobody is to open. */
const WITHHELD: Readonly<Record<string, string>> = {
  pending: 'The file waits to be scanned: ask again.',
  infected: 'The file is infected.',
};

/** Files that people upload, to attach them to cases and comments. */
@ResourceController('v1/attachments', { tag: 'attachments', scope: 'cases:read' })
export class AttachmentsController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(UPLOAD_STORE) readonly blobs: BlobStore,
    @Inject(LOGGER) readonly logger: Logger,
    @Inject(Uploads) private readonly uploads: Uploads,
  ) {}

  @CreateRoute('', {
    operationId: 'createAttachment',
    summary: 'Upload a file of at most 50 MB: the bytes as the body, or a form with one file',
    description: 'What nothing uses after 24 hours is deleted.',
    scope: 'cases:write',
    query: [FILE_NAME],
    body: { required: true, schema: { type: 'string', format: 'binary' } },
    answer: UploadResource,
    problems: ['malformed-query'],
  })
  @ApiConsumes('application/octet-stream', 'multipart/form-data')
  create(@Query() query: RawQuery, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const reader = createQueryReader(query, [FILE_NAME]);
    const named = reader.text('file_name', LONGEST_NAME);
    reader.finish();
    return this.uploads.take(exchange, named);
  }

  @ReadRoute(':id', {
    operationId: 'getAttachment',
    summary: 'What is known of a file',
    parameters: [ATTACHMENT_ID],
    answer: UploadResource,
  })
  async get(@Param('id') id: string, @Exchange() { principal }: Exchange): Promise<UploadResource> {
    return uploadResourceOf(await this.uploads.at(this.pool, principal.accountId, id));
  }

  @ReadRoute(':id/content', {
    operationId: 'getAttachmentContent',
    summary: 'The bytes of a file, always as a download',
    parameters: [ATTACHMENT_ID],
    isConditional: true,
    headers: SERVED_HEADERS,
    answer: SERVED,
    problems: ['content-gone', 'content-withheld', 'range-not-satisfiable'],
  })
  @ApiResponse({ ...SERVED, status: 206, description: 'The range.' })
  async content(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<StreamableFile | undefined> {
    const view = await this.uploads.at(this.pool, exchange.principal.accountId, id);
    const detail = WITHHELD[view.scanState];
    if (detail !== undefined) {
      throw new ProblemException({ code: 'content-withheld', detail });
    }
    const { sha256, size, mediaType, fileName: name } = view;
    return serveContent(exchange, { sha256, size, mediaType, name }, this);
  }
}
