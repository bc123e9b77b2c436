import { writeOff } from '#libs/case-ledger';
import { ConcurrentChange, lockPartition, type PartitionName } from '#libs/case-store';
import {
  type BatchContext,
  type Breaker,
  type LogRecord,
  type PoisonRecord,
  type RecordBatch,
  runIsolating,
  type Witnesses,
} from '#libs/messaging';
import { classifyPostgresError, transaction } from '#libs/postgres';
import type { BatchMetrics } from '../metrics.js';
import { deadLettersOf } from './dead-letters.js';
import type { RefusedRecord } from './decode-records.js';
import { type SettleDependencies, settleRecords } from './settle-records.js';

export interface BatchDependencies extends SettleDependencies {
  readonly metrics: BatchMetrics;
  /** Ends the process before a defect of ours floods the dead letters. */
  readonly breaker: Breaker;
  /** What other batches say where all of one fails. */
  readonly witnesses: Witnesses;
}

/**
 * Handles a batch, so that every record of it ends in a named state:
 * 1. settle all of it in one transaction
 * 2. data that no attempt can write is searched for by halves, its neighbours are settled
 * 3. what was found is written off
 * Throws when the infrastructure failed: the same batch then comes again.
 */
export async function handleBatch(
  dependencies: BatchDependencies,
  batch: RecordBatch,
  context: BatchContext,
): Promise<void> {
  const place = { group: context.group, topic: batch.topic, partition: batch.partition };
  const finish = dependencies.metrics.startBatch();
  const settle = async (records: readonly LogRecord[]): Promise<void> => {
    dependencies.metrics.settled(await settleRecords(dependencies, place, records, context.signal));
  };
  const { poison } = await runIsolating(batch.records, settle, {
    // A batch that is no longer ours says nothing about its records, whatever it failed with.
    classify: (error) => (context.signal.aborted ? 'transient' : classifyFailure(error)),
    breaker: dependencies.breaker,
    weigh: {
      witnesses: dependencies.witnesses,
      key: `${batch.topic}/${batch.partition}/${batch.records[0]?.offset ?? ''}`,
    },
  });
  if (poison.length > 0) {
    await writeOffPoison(dependencies, place, poison.map(refusedAtDeciding));
  }
  finish();
}

/** What a failure says about repeating the same work. */
export function classifyFailure(error: unknown): 'transient' | 'data' | 'unknown' {
  return error instanceof ConcurrentChange ? 'transient' : classifyPostgresError(error);
}

async function writeOffPoison(
  { ledger: { pool, now }, owner, metrics }: BatchDependencies,
  place: PartitionName,
  refused: readonly RefusedRecord[],
): Promise<void> {
  await transaction(pool, async (client) => {
    await lockPartition(client, place, owner);
    const at = now().toISOString();
    await writeOff(client, deadLettersOf(place.group, refused, at), at);
  });
  metrics.settled({ outcomes: [], refused });
}

function refusedAtDeciding({ record, reason, error, attempts }: PoisonRecord<LogRecord>): RefusedRecord {
  return { record, reason, stage: 'decide', errorClass: error.name, message: describeFailure(error), attempts };
}

/** The database quotes the offending value in its messages, and that may be somebody's mail: its code says enough. */
function describeFailure(error: Error & { readonly code?: unknown; readonly constraint?: unknown }): string {
  if (typeof error.code !== 'string') {
    return error.message;
  }
  return typeof error.constraint === 'string' ? `${error.code} on ${error.constraint}` : error.code;
}
