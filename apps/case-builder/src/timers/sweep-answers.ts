import type { Pool } from 'pg';
import { deleteOldAnswers } from '#libs/case-store';

const STEP = 500;

/** Deletes the answers to requests that are not repeated any more, in short steps. */
export async function sweepAnswers(pool: Pool, signal: AbortSignal): Promise<void> {
  let deleted = STEP;
  while (deleted === STEP && !signal.aborted) {
    deleted = await deleteOldAnswers(pool, STEP);
  }
}
