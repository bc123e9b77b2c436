import type { Pool } from 'pg';
import type { BlobStore } from '#libs/blob-store';
import {
  findSuspectContents,
  findUsedContents,
  postponeContents,
  settleContents,
  suspectRepeatedContents,
} from '#libs/case-store';

/** Each step reads every interaction once, whatever it looks for. */
const STEP = 20;
/**
 * So long a mail may take from the blob store to its row. Content that somebody has put lately is perhaps that of such a
 * mail, and is looked at again afterwards.
 */
export const UNDER_WAY_MS = 15 * 60_000;

/**
 * Deletes content of redacted interactions that nothing else refers to: mails share what is the same in them. It cannot be
 * read since the redaction; here its bytes go. A crash in between has the next run look at it again, and find nothing.
 */
export async function sweepContents(
  pool: Pool,
  blobs: BlobStore,
  signal: AbortSignal,
  underWayMs = UNDER_WAY_MS,
): Promise<void> {
  await suspectRepeatedContents(pool);
  let suspects: string[];
  do {
    suspects = await findSuspectContents(pool, STEP);
    if (suspects.length > 0) {
      await look(pool, blobs, suspects, underWayMs);
    }
  } while (suspects.length === STEP && !signal.aborted);
}

async function look(pool: Pool, blobs: BlobStore, suspects: readonly string[], underWayMs: number): Promise<void> {
  // Before the tables are read: what is put after that may be referred to by rows that were not read.
  const since = new Date(Date.now() - underWayMs);
  const used = new Set(await findUsedContents(pool, suspects));
  const postponed: string[] = [];
  for (const sha256 of suspects.filter((one) => !used.has(one))) {
    if ((await blobs.deleteUnlessPut(sha256, since)) === 'put') {
      postponed.push(sha256);
    }
  }
  if (postponed.length > 0) {
    await postponeContents(pool, postponed, underWayMs);
  }
  await settleContents(pool, suspects);
}
