import type { Pool } from 'pg';
import { recordsOf } from '#libs/case-ledger';
import {
  AccountDirectory,
  deleteOutbox,
  type OutboxRecord,
  peekOutbox,
  readOutbox,
  rejectSuspended,
  releaseSuspended,
} from '#libs/case-store';
import { CASE_BUILDER_GROUP } from '#libs/interaction';
import { createBreaker, type LogRecord, type RecordBatch } from '#libs/messaging';
import { transaction } from '#libs/postgres';
import { defaultAccountId, Metrics } from '#libs/runtime';
import { type BatchDependencies, handleBatch } from '../../apps/case-builder/src/batch/handle-batch.js';
import { batchMetrics } from '../../apps/case-builder/src/metrics.js';
import { closeDueCases } from '../../apps/case-builder/src/timers/auto-close.js';

/** What a person says about an interaction that waits. */
export interface Saying {
  readonly verdict: 'released' | 'rejected';
  readonly by: string;
  readonly note: string | null;
}

/**
 * Everything of the product that a recording drives, and all that has to follow when its modules move. Each step returns
 * what the relay publishes after it, in the relay's order, with the outbox empty afterwards.
 */
export interface WritePath {
  batch(batch: RecordBatch): Promise<readonly OutboxRecord[]>;
  /** Until everything that follows from the verdict is settled too. */
  settleSuspended(interactionId: string, saying: Saying): Promise<readonly OutboxRecord[]>;
  closeDue(): Promise<readonly OutboxRecord[]>;
  /** What the relay publishes of what others have written. */
  relay(): Promise<readonly OutboxRecord[]>;
}

const signal = new AbortController().signal;
/** Of its own, so that its records get in nobody's way. */
const RELEASED_PARTITION = 6;

export function openWritePath(pool: Pool, now: () => Date): WritePath {
  const directory = new AccountDirectory();
  const metrics = batchMetrics(new Metrics());
  const dependencies = { pool, directory, now, owner: 'recorded', metrics, breaker: createBreaker() };
  let released = 0n;
  return {
    batch: (batch) => handled(dependencies, batch),
    relay: () => relayed(pool),
    async closeDue() {
      await closeDueCases({ pool, directory, now }, signal);
      return relayed(pool);
    },
    async settleSuspended(id, { verdict, by, note }) {
      const settle = verdict === 'released' ? releaseSuspended : rejectSuspended;
      await settle(pool, defaultAccountId, id, { by, note, at: now().toISOString() });
      const told = await relayed(pool);
      // The record of a release comes again and is settled by whoever reads it: here at once.
      const again = told.filter(
        ({ topic }) => topic.startsWith('interactions.') && topic !== 'interactions.decided.v1',
      );
      const after: OutboxRecord[] = [];
      for (const record of again) {
        const records = [asRead(record, RELEASED_PARTITION, (released += 1n), now())];
        after.push(...(await handled(dependencies, { topic: record.topic, partition: RELEASED_PARTITION, records })));
      }
      return [...told, ...after];
    },
  };
}

async function handled(dependencies: BatchDependencies, batch: RecordBatch): Promise<readonly OutboxRecord[]> {
  await handleBatch(dependencies, batch, { group: CASE_BUILDER_GROUP, signal });
  return relayed(dependencies.pool);
}

/** All that waits as one portion of the relay: how much it takes at a time depends on how fast its link is. */
function relayed(pool: Pool): Promise<readonly OutboxRecord[]> {
  return transaction(pool, async (client) => {
    const ids = (await peekOutbox(client, 100_000)).map(({ id }) => id);
    const records = ids.length === 0 ? [] : await recordsOf(client, await readOutbox(client, ids));
    await deleteOutbox(client, ids);
    return records;
  });
}

function asRead({ value, ...record }: OutboxRecord, partition: number, offset: bigint, timestamp: Date): LogRecord {
  return { ...record, value: value === null ? null : Buffer.from(value), partition, offset, timestamp };
}
