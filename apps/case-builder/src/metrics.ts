import type { Metrics } from '#libs/runtime';
import type { SettledRecords } from './batch/settle-records.js';

/** What the batches report. */
export interface BatchMetrics {
  /** Starts the clock of a batch; call the result when it is done. */
  startBatch(): () => void;
  settled(records: SettledRecords): void;
}

/** Low-cardinality on purpose: no account, case or topic partition is a label. */
export function batchMetrics(metrics: Metrics): BatchMetrics {
  const interactions = metrics.counter({
    name: 'interactions_total',
    help: 'Interactions by what became of them',
    labels: ['outcome'],
  });
  const deadLetters = metrics.counter({
    name: 'dead_letters_total',
    help: 'Records that were skipped, by reason',
    labels: ['reason'],
  });
  const seconds = metrics.histogram({ name: 'batch_seconds', help: 'Time from a batch to its commit' });
  return {
    startBatch: () => {
      const stop = seconds.startTimer();
      return () => void stop();
    },
    settled: ({ outcomes, refused }) => {
      outcomes.forEach((outcome) => interactions.inc({ outcome }));
      refused.forEach(({ reason }) => deadLetters.inc({ reason }));
    },
  };
}

/** What the relay reports. */
export interface RelayMetrics {
  readonly published: { inc(records: number): void };
  readonly waiting: { set(records: number): void };
  readonly oldestSeconds: { set(seconds: number): void };
  readonly unsent: { set(records: number): void };
}

export function relayMetrics(metrics: Metrics): RelayMetrics {
  return {
    published: metrics.counter({
      name: 'outbox_published_total',
      help: 'Records that the relay has brought into the log',
    }),
    waiting: metrics.gauge({ name: 'outbox_waiting', help: 'Records that wait for the relay' }),
    oldestSeconds: metrics.gauge({
      name: 'outbox_oldest_seconds',
      help: 'Age of the oldest record that waits for the relay',
    }),
    unsent: metrics.gauge({
      name: 'outbox_unsent_records',
      help: 'Records that their topic cannot hold, kept in unsent_record',
    }),
  };
}

/** What makes cases findable reports. */
export interface SearchMetrics {
  readonly unsearchable: { set(cases: number): void };
  readonly searchLagSeconds: { set(seconds: number): void };
}

export function searchMetrics(metrics: Metrics): SearchMetrics {
  return {
    unsearchable: metrics.gauge({ name: 'search_waiting', help: 'Cases whose words search does not know yet' }),
    searchLagSeconds: metrics.gauge({
      name: 'search_lag_seconds',
      help: 'Age of the oldest change that waits for search',
    }),
  };
}
