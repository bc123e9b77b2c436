/**
 * Too many records fail for a reason nobody foresaw: that is a defect of this program, not of the records.
 * The process must stop rather than set them all aside as dead letters.
 */
export class BreakerOpen extends Error {
  override readonly name = 'BreakerOpen';
}

export interface BreakerOptions {
  /** Share of one batch that may fail for unknown reasons. */
  readonly maxShare?: number;
  /** Fewer failures than this in a batch never open it. */
  readonly leastFailures?: number;
  /** Failures for unknown reasons within 60 s that may happen. */
  readonly maxPerMinute?: number;
  /** Milliseconds, growing; the monotonic clock unless told. */
  readonly now?: () => number;
}

/** Counts the unknown failures of one consumer. */
export interface Breaker {
  /** Call for each one, with how many there were in the same batch so far. Throws BreakerOpen when it is too many. */
  count(failedInBatch: number, batchSize: number, cause: Error): void;
}

const MINUTE = 60_000;

export function createBreaker(options: BreakerOptions = {}): Breaker {
  const { maxShare = 0.2, leastFailures = 10, maxPerMinute = 50, now = () => performance.now() } = options;
  const failures: number[] = [];
  return {
    count(failedInBatch, batchSize, cause) {
      const time = now();
      failures.push(time);
      while ((failures[0] ?? time) <= time - MINUTE) {
        failures.shift();
      }
      if (failedInBatch >= leastFailures && failedInBatch > batchSize * maxShare) {
        throw new BreakerOpen(`${failedInBatch} of ${batchSize} records failed for unknown reasons`, { cause });
      }
      if (failures.length > maxPerMinute) {
        throw new BreakerOpen(`${failures.length} records failed for unknown reasons within a minute`, { cause });
      }
    },
  };
}
