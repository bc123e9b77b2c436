import { CASE_BUILDER_GROUP, INTERACTION_TOPICS } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';
import { pause } from '#libs/runtime';

/**
 * Waits until the case-builder has worked off everything that was published before the call.
 * Rejects with a sentence when that takes longer than `limit` milliseconds.
 */
export async function waitUntilDecided(log: EventLog, limit: number): Promise<void> {
  const deadline = performance.now() + limit;
  for (;;) {
    const partitions = await log.lag(CASE_BUILDER_GROUP, INTERACTION_TOPICS);
    const waiting = partitions.reduce((sum, { lag }) => sum + lag, 0n);
    if (waiting === 0n) {
      return;
    }
    if (performance.now() > deadline) {
      throw new Error(
        `${waiting} interactions are still waiting after ${Math.round(limit / 1000)} s; see the log above.`,
      );
    }
    await pause(50);
  }
}
