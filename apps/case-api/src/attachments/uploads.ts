import { Inject, Injectable } from '@nestjs/common';
import { type BlobStore, UPLOAD_STORE } from '#libs/blob-store';
import { insertAttachment, loadAttachment, lockUpload, suspectUpload } from '#libs/case-store';
import { isUuid, newId } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import type { Pool, PoolClient } from 'pg';
import { notFound, ProblemException } from '../http/problem.js';
import type { Exchange } from '../routes/exchange.js';
import type { Answer } from '../writing/answer.js';
import { Writes } from '../writing/writes.js';
import { uploadResourceOf } from './attachment.resource.js';
import { cleanFileName } from './file-name.js';
import { type ReceivedFile, receiveUpload } from './receive-upload.js';

/** Takes files in: the bytes first, then the row that names them. */
@Injectable()
export class Uploads {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(UPLOAD_STORE) private readonly store: BlobStore,
    @Inject(Writes) private readonly writes: Writes,
  ) {}

  /** `named`: what the query calls the file. Of a repetition the bytes are read too: they are what makes it one. */
  async take(exchange: Exchange, named: string | undefined): Promise<string | undefined> {
    this.writes.checkKey(exchange);
    const file = await receiveUpload(exchange.request, this.store);
    // Whatever happens from here on, bytes that nothing refers to are found and deleted.
    await suspectUpload(this.pool, file.sha256);
    const fileName = cleanFileName(named ?? file.fileName ?? '');
    const said = Buffer.from(JSON.stringify([file.sha256, fileName, file.mediaType]));
    return this.writes.inTransaction(exchange, { value: null, bytes: said }, (client) =>
      this.keep(client, exchange.principal.accountId, { ...file, fileName }),
    );
  }

  private async keep(
    client: PoolClient,
    accountId: string,
    file: ReceivedFile & { fileName: string },
  ): Promise<Answer> {
    const id = newId();
    await lockUpload(client, file.sha256);
    if (!(await this.isThere(file.sha256))) {
      const detail = 'The bytes were deleted as unused while they came again: send them once more.';
      throw new ProblemException({ code: 'temporarily-unavailable', detail, headers: { 'retry-after': '1' } });
    }
    await insertAttachment(client, accountId, { id, ...file, createdAt: new Date().toISOString() });
    const headers = { location: `/v1/attachments/${id}` };
    return { status: 201, headers, body: uploadResourceOf(await this.at(client, accountId, id)), resourceId: id };
  }

  private async isThere(sha256: string): Promise<boolean> {
    const content = await this.store.get(sha256);
    content?.destroy();
    return content !== null;
  }

  /** Throws 404 when the account has none of that id. */
  async at(client: Pool | PoolClient, accountId: string, id: string) {
    const view = isUuid(id) ? await loadAttachment(client, accountId, id.toLowerCase()) : null;
    if (view === null) {
      throw notFound('The attachment');
    }
    return view;
  }
}
