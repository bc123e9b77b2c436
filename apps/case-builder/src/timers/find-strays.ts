import type { Pool } from 'pg';
import type { BlobStore } from '#libs/blob-store';
import { suspectStrays } from '#libs/case-store';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PARTS = 256;
const STEP = 500;

/**
 * Finds bytes that were stored before anybody could note that they may be unused: the process ended in between. Each
 * minute another part of the store is looked through, all of it in some four hours. What has no attachment a day after it
 * was written is left to the sweep of uploads, which looks again under the lock of the content. `now`: Unix milliseconds.
 */
export async function findStrays(pool: Pool, uploads: BlobStore, now: number, signal: AbortSignal): Promise<void> {
  const part = Math.floor(now / MINUTE) % PARTS;
  const stored = await uploads.list(part.toString(16).padStart(2, '0'));
  const old = stored.filter(({ writtenAt }) => writtenAt.getTime() < now - DAY).map(({ sha256 }) => sha256);
  for (let at = 0; at < old.length && !signal.aborted; at += STEP) {
    await suspectStrays(pool, old.slice(at, at + STEP));
  }
}
