import { pause } from '#libs/runtime';
import { toError } from '../errors.js';
import type { HandleBatch, RecordBatch } from '../event-log.js';
import { BreakerOpen } from './breaker.js';

export interface DeliveryOptions {
  readonly group: string;
  readonly handle: HandleBatch;
  /** Given to the handler: the partition is lost, or the time to finish is over. */
  readonly signal: AbortSignal;
  /** No further attempt after this: the consumer stops or the group is about to be shared anew. */
  readonly noMoreAttempts: AbortSignal;
  /** Told of each failed attempt, counted from 1, and of the success after failures (0). */
  readonly onAttempts?: (failed: number, error: Error | null) => void;
  /** Wait after the first failure, in ms; doubled each time. */
  readonly firstBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

/** Attempts after which a consumer calls itself stalled. */
export const STALLED_AFTER = 5;

/**
 * Hands a batch over again and again, in place, until the handler returns: later records must not overtake.
 * Ends in `done`, or in `abandoned` when the batch has to be left to whoever reads the partition next.
 * Throws BreakerOpen only: the one thing that must end the process instead of being tried again.
 */
export async function deliver(batch: RecordBatch, options: DeliveryOptions): Promise<'done' | 'abandoned'> {
  const { group, handle, signal, noMoreAttempts, onAttempts } = options;
  for (let failed = 0; ;) {
    try {
      await handle(batch, { group, signal });
      if (failed > 0) {
        onAttempts?.(0, null);
      }
      return 'done';
    } catch (thrown) {
      if (thrown instanceof BreakerOpen) {
        throw thrown;
      }
      if (signal.aborted || noMoreAttempts.aborted) {
        return 'abandoned';
      }
      failed += 1;
      onAttempts?.(failed, toError(thrown));
    }
    await backOff(failed, options);
    if (signal.aborted || noMoreAttempts.aborted) {
      return 'abandoned';
    }
  }
}

async function backOff(failed: number, options: DeliveryOptions): Promise<void> {
  const { firstBackoffMs = 200, maxBackoffMs = 30_000, signal, noMoreAttempts } = options;
  const ceiling = Math.min(maxBackoffMs, firstBackoffMs * 2 ** Math.min(failed - 1, 20));
  const jittered = ceiling * (0.5 + Math.random() / 2);
  await pause(jittered, signal, noMoreAttempts);
}
