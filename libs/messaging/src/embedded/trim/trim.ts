import type { Pool } from 'pg';
import { pause } from '#libs/runtime';

import { lockSpaces } from '../lock-spaces.js';
import { compactPartition } from '../sql/records/compact-partition.js';
import { deleteExpired } from '../sql/records/delete-expired.js';
import { deleteTombstones } from '../sql/records/delete-tombstones.js';
import { loadTopics, type TopicRow } from '../sql/topics/load-topics.js';

/** Rows of one step: small enough not to hold anybody up. */
const STEP = 5_000;

export interface TrimOptions {
  readonly tombstoneGraceMs: number;
  /** Checked between steps. */
  readonly signal: AbortSignal;
}

/**
 * Keeps each topic's retention, and of compacted topics the latest record of each key.
 * One process at a time does it; resolves false when another one is at it.
 */
export async function trim(pool: Pool, options: TrimOptions): Promise<boolean> {
  const client = await pool.connect();
  let failed = true;
  try {
    const lock = [lockSpaces.trim, 0];
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', lock);
    if (rows[0]?.locked) {
      for (const topic of await loadTopics(pool)) {
        await trimTopic(pool, topic, options);
      }
      await client.query('select pg_advisory_unlock($1, $2)', lock);
    }
    failed = false;
    return rows[0]?.locked ?? false;
  } finally {
    // Closing the session is what surely gives the lock back after a failure.
    client.release(failed);
  }
}

async function trimTopic(pool: Pool, topic: TopicRow, { tombstoneGraceMs, signal }: TrimOptions): Promise<void> {
  const { id: topicId, isCompacted, retentionMs } = topic;
  for (let partition = 0; partition < topic.partitions; partition += 1) {
    const place = { topicId, partition };
    if (isCompacted) {
      await repeat(() => compactPartition(pool, place, STEP), signal);
    } else if (retentionMs !== null) {
      await repeat(async () => (await deleteExpired(pool, place, retentionMs, STEP)) === STEP, signal);
    }
  }
  if (isCompacted) {
    await repeat(async () => (await deleteTombstones(pool, topicId, tombstoneGraceMs, STEP)) === STEP, signal);
  }
}

/** Until there is no more to do; between steps everybody else has a turn. */
async function repeat(step: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await step())) {
    await pause(10, signal);
  }
}
