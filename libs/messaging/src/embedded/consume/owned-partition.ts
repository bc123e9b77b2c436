import type { Pool } from 'pg';
import { pause } from '#libs/runtime';

import { deliver } from '../../consume/delivery.js';
import { toError } from '../../errors.js';
import type { LogRecord, Subscription } from '../../event-log.js';
import type { AppendWatch } from '../append-watch.js';
import type { EmbeddedTimes } from '../embedded-log-options.js';
import type { MemberSession } from './member-session.js';
import type { Slots } from './slots.js';
import { commitOffset } from '../sql/offsets/commit-offset.js';
import { fetchRecords, type FetchPlace } from '../sql/records/fetch-records.js';

export interface OwnedPartitionOptions {
  readonly pool: Pool;
  readonly watch: AppendWatch;
  readonly session: MemberSession;
  readonly slots: Slots;
  readonly subscription: Subscription;
  readonly times: EmbeddedTimes;
  readonly place: FetchPlace;
  /** Row of `log_offset`, and number of the lock that the session holds. */
  readonly offsetId: number;
  readonly position: bigint;
  /** Aborted when no further batch should be begun. */
  readonly leaving: AbortSignal;
  /** Aborted when the handler should give up. */
  readonly lost: AbortSignal;
  readonly onAttempts: (failed: number, error: Error | null) => void;
}

export const RECORDS_PER_BATCH = 500;

/**
 * Reads one partition for as long as it is ours.
 *
 * 1. Fetch the next records; when there are none, wait for an append.
 * 2. Deliver them, in place, until they are done, and fetch what follows meanwhile.
 * 3. Commit the offset on the session that owns the partition.
 *
 * Returns when it is to be left. Rejects with BreakerOpen, or when the commit failed because the session has ended.
 */
export async function readOwnedPartition(options: OwnedPartitionOptions): Promise<void> {
  const limit = options.subscription.maxBatchRecords ?? RECORDS_PER_BATCH;
  let { position } = options;
  let ahead: Promise<LogRecord[]> | undefined;
  while (!options.leaving.aborted) {
    const records = await (ahead ?? fetchUntilPossible(options, position, limit));
    ahead = undefined;
    const last = records.at(-1);
    if (!last) {
      await untilMore(options, position);
      continue;
    }
    const next = last.offset + 1n;
    if (records.length === limit) {
      ahead = fetchUntilPossible(options, next, limit);
    }
    if (!(await handle(options, records))) {
      return;
    }
    await options.session.run((client) => commitOffset(client, options.offsetId, next));
    position = next;
  }
}

async function handle(options: OwnedPartitionOptions, records: readonly LogRecord[]): Promise<boolean> {
  const { slots, subscription, place, times, leaving, lost, onAttempts } = options;
  await slots.take();
  try {
    if (leaving.aborted) {
      return false;
    }
    const batch = { topic: place.topic, partition: place.partition, records };
    const outcome = await deliver(batch, {
      group: subscription.group,
      handle: subscription.handle,
      signal: lost,
      noMoreAttempts: leaving,
      firstBackoffMs: times.firstBackoffMs,
      maxBackoffMs: times.maxBackoffMs,
      onAttempts,
    });
    return outcome === 'done' && !options.session.lost.aborted;
  } finally {
    slots.give();
  }
}

/** Never rejects: a database that is away is waited for, and leaving ends in no records. */
async function fetchUntilPossible(options: OwnedPartitionOptions, offset: bigint, limit: number): Promise<LogRecord[]> {
  const { pool, place, leaving, times, onAttempts } = options;
  for (let failed = 0; !leaving.aborted;) {
    try {
      const records = await fetchRecords(pool, place, offset, limit);
      if (failed > 0) {
        onAttempts(0, null);
      }
      return records;
    } catch (error) {
      failed += 1;
      onAttempts(failed, toError(error));
      const wait = Math.min(times.maxBackoffMs, times.firstBackoffMs * 2 ** Math.min(failed - 1, 20));
      await pause(wait * (0.5 + Math.random() / 2), leaving);
    }
  }
  return [];
}

function untilMore({ watch, place, leaving }: OwnedPartitionOptions, position: bigint): Promise<void> {
  return watch.untilAppended(
    place.topicId,
    (ends) => ends.some((at) => at.topicId === place.topicId && at.partition === place.partition && at.end > position),
    leaving,
  );
}
