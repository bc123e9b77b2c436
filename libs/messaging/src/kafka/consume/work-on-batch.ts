import type { EachBatchPayload } from 'kafkajs';

import { deliver } from '../../consume/delivery.js';
import type { RecordBatch, Subscription } from '../../event-log.js';
import type { KafkaTimes } from '../kafka-log-options.js';
import { guardMembership, type ConsumerEnd } from './membership-guard.js';
import { toLogRecord } from './to-log-record.js';

export const RECORDS_PER_BATCH = 500;

export interface BatchWork extends ConsumerEnd {
  readonly subscription: Subscription;
  /** Name of the batch's topic without prefix. */
  readonly topic: string;
  readonly times: KafkaTimes;
  readonly onAttempts: (partition: number, failed: number, error: Error | null) => void;
}

/**
 * Works on what one fetch brought for one partition.
 *
 * 1. Cut it into batches of the size that the handler wants.
 * 2. Deliver each, in place, until it is done, while heartbeats keep the membership.
 * 3. Resolve its offset; kafkajs commits resolved offsets now and then and at the end.
 * 4. When the group is shared anew, tell kafkajs by the error of the heartbeat; the rest comes again.
 *
 * Rejects with that error or with BreakerOpen.
 */
export async function workOnBatch(payload: EachBatchPayload, work: BatchWork): Promise<void> {
  const guard = guardMembership(() => payload.heartbeat(), work.times, work);
  const { subscription, times, onAttempts } = work;
  try {
    for (const batch of cut(payload, work)) {
      if (guard.leaving.aborted || payload.isStale()) {
        break;
      }
      const outcome = await deliver(batch, {
        group: subscription.group,
        handle: subscription.handle,
        signal: guard.lost,
        noMoreAttempts: guard.leaving,
        firstBackoffMs: times.firstBackoffMs,
        maxBackoffMs: times.maxBackoffMs,
        onAttempts: (failed, error) => onAttempts(batch.partition, failed, error),
      });
      if (outcome === 'abandoned' || guard.lost.aborted) {
        break;
      }
      payload.resolveOffset(String(batch.records.at(-1)?.offset));
      await payload.commitOffsetsIfNecessary();
    }
  } finally {
    guard.end();
  }
  const cause = guard.cause();
  if (cause) {
    throw cause;
  }
}

function* cut({ batch }: EachBatchPayload, { subscription, topic }: BatchWork): Generator<RecordBatch> {
  const size = subscription.maxBatchRecords ?? RECORDS_PER_BATCH;
  for (let start = 0; start < batch.messages.length; start += size) {
    const messages = batch.messages.slice(start, start + size);
    const records = messages.map((message) => toLogRecord(topic, batch.partition, message));
    yield { topic, partition: batch.partition, records };
  }
}
