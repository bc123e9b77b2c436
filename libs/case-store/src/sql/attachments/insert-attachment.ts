import type { Queryable } from '../../queryable.js';

/** A file whose bytes are stored. */
export interface NewAttachment {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Writes a file that nothing uses yet. The caller holds the lock of its content (`lockUpload`). */
export async function insertAttachment(client: Queryable, accountId: string, row: NewAttachment): Promise<void> {
  await client.query({
    name: 'insert_attachment',
    text: `
      insert into attachment (account_id, id, file_name, media_type, size, sha256, created_at)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [accountId, row.id, row.fileName, row.mediaType, row.size, row.sha256, row.createdAt],
  });
}
