import type { Pool } from 'pg';
import type { BlobStore } from '#libs/blob-store';
import { deleteUnusedAttachments, findSuspectUploads, isUploadUsed, lockUpload, settleUpload } from '#libs/case-store';
import { transaction } from '#libs/postgres';

const STEP = 200;

/**
 * Deletes attachments that nothing has used for a day, and the bytes of all that nothing refers to any more, in short
 * steps. The bytes go first: a crash in between has the next run look at them again, and find nothing.
 */
export async function sweepUploads(pool: Pool, uploads: BlobStore, signal: AbortSignal): Promise<void> {
  for (let deleted = STEP; deleted === STEP && !signal.aborted;) {
    deleted = await deleteUnusedAttachments(pool, STEP);
  }
  let suspects: string[];
  do {
    suspects = await findSuspectUploads(pool, STEP);
    for (const sha256 of suspects) {
      await settle(pool, uploads, sha256);
    }
  } while (suspects.length === STEP && !signal.aborted);
}

/** Under the lock of the content nobody begins to refer to it. */
async function settle(pool: Pool, uploads: BlobStore, sha256: string): Promise<void> {
  await transaction(pool, async (client) => {
    await lockUpload(client, sha256);
    if (!(await isUploadUsed(client, sha256))) {
      await uploads.delete(sha256);
    }
    await settleUpload(client, sha256);
  });
}
