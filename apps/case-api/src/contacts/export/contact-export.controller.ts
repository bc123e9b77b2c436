import { Inject, Param, StreamableFile } from '@nestjs/common';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import { POOL } from '#libs/postgres';
import { LOGGER, type Logger } from '#libs/runtime';
import type { Pool } from 'pg';
import { Exchange } from '../../routes/exchange.js';
import { ResourceController } from '../../routes/resource-controller.js';
import { ReadRoute } from '../../routes/routes.js';
import { CONTACT_ID, contactAt } from '../contact-name.js';
import { contactFiles } from './contact-files.js';
import { zipArchive } from './zip-archive.js';

/** What is kept of a person, for that person. */
@ResourceController('v1/contacts', { tag: 'contacts', scope: 'contacts:admin' })
export class ContactExportController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @ReadRoute(':id/export', {
    operationId: 'exportContact',
    summary: 'Everything that is kept of a contact, as a zip',
    description:
      '`contact.json`, `cases.json` with what was answered in them, `interactions.json`, and the untouched mails, recordings and long texts of these. It is made while it is sent; one that breaks off is no archive that opens.',
    parameters: [CONTACT_ID],
    answer: {
      description: 'The archive.',
      content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
    },
  })
  async get(@Param('id') id: string, @Exchange() { principal, reply }: Exchange): Promise<StreamableFile> {
    const contact = await contactAt(this.pool, principal, id);
    const source = { client: this.pool, blobs: this.blobs, accountId: principal.accountId };
    const archive = zipArchive(contactFiles(source, contact, new Date()));
    archive.once('error', (err: Error) => {
      this.logger.error({ err, contactId: contact.id }, 'an export broke off while it was sent');
    });
    void reply.headers({
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="contact-${contact.id}.zip"`,
      'cache-control': 'no-store',
    });
    return new StreamableFile(archive);
  }
}
