import type { Pool } from 'pg';
import { deleteOldDeliveries, redactLateDeliveries } from '#libs/case-store';

const STEP = 2_000;

/**
 * Deletes what the delivery log has had for long enough, in short steps, and takes away what requests said that were noted
 * while their interaction was being redacted.
 */
export async function sweepDeliveries(pool: Pool, signal: AbortSignal): Promise<void> {
  let deleted = STEP;
  while (deleted === STEP && !signal.aborted) {
    deleted = await deleteOldDeliveries(pool, STEP);
  }
  await redactLateDeliveries(pool);
}
