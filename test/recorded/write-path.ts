import type { Pool } from 'pg';
import { openLedger, recordsOf, settle } from '#libs/case-ledger';
import { deleteOutbox, type OutboxRecord, peekOutbox, readOutbox } from '#libs/case-store';
import { CASE_BUILDER_GROUP } from '#libs/interaction';
import { createBreaker, createWitnesses, type RecordBatch } from '#libs/messaging';
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
export function openWritePath(pool: Pool, now: () => Date): WritePath {
  const metrics = new Metrics();
  const ledger = openLedger(pool, metrics, { now });
  const dependencies = {
    ledger,
    folds: [],
    owner: 'recorded',
    metrics: batchMetrics(metrics),
    breaker: createBreaker(),
    witnesses: createWitnesses(),
  };
  return {
    batch: (batch) => handled(dependencies, batch),
    relay: () => relayed(pool),
    async closeDue() {
      await closeDueCases(ledger, signal);
      return relayed(pool);
    },
    async settleSuspended(interactionId, { verdict: change, by, note }) {
      const word = { change, by, note };
      const accountId = defaultAccountId;
      await settle(ledger, [{ accountId, inputs: [{ kind: 'verdict', interactionId, word }] }]);
      return relayed(pool);
    },
  };
}

async function handled(dependencies: BatchDependencies, batch: RecordBatch): Promise<readonly OutboxRecord[]> {
  await handleBatch(dependencies, batch, { group: CASE_BUILDER_GROUP, signal });
  return relayed(dependencies.ledger.pool);
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
