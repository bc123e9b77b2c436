import { rowsOf, type Queryable } from '../../queryable.js';

/** Nobody deletes the content, and nobody begins to refer to it, until this transaction ends. */
export async function lockUpload(client: Queryable, sha256: string): Promise<void> {
  await client.query({
    name: 'lock_upload',
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`upload ${sha256}`],
  });
}

/** Has content looked at in an hour: whatever becomes of the request that stored it, it does not stay unused. */
export async function suspectUpload(client: Queryable, sha256: string): Promise<void> {
  await client.query({
    name: 'suspect_upload',
    text: `
      insert into unused_upload (sha256, due_at) values ($1, now() + interval '1 hour')
      on conflict (sha256) do update set due_at = least(unused_upload.due_at, excluded.due_at)`,
    values: [sha256],
  });
}

/** Content that is to be looked at now, the longest due first. */
export async function findSuspectUploads(client: Queryable, limit: number): Promise<string[]> {
  const rows = await rowsOf<{ sha256: string }>(client, {
    name: 'find_suspect_uploads',
    text: 'select sha256 from unused_upload where due_at <= now() order by due_at limit $1',
    values: [limit],
  });
  return rows.map(({ sha256 }) => sha256);
}

/** Whether an attachment of any account refers to the content. */
export async function isUploadUsed(client: Queryable, sha256: string): Promise<boolean> {
  const [row] = await rowsOf<{ used: boolean }>(client, {
    name: 'is_upload_used',
    text: 'select exists (select 1 from attachment where sha256 = $1) as used',
    values: [sha256],
  });
  return row?.used === true;
}

/** The content was looked at. */
export async function settleUpload(client: Queryable, sha256: string): Promise<void> {
  await client.query({
    name: 'settle_upload',
    text: 'delete from unused_upload where sha256 = $1 and due_at <= now()',
    values: [sha256],
  });
}
