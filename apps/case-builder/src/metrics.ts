import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Settlement } from './batch/settle-records.js';

/** What the batches report. */
export interface BatchMetrics {
  /** Starts the clock of a batch; call the result when it is done. */
  startBatch(): () => void;
  settled(settlement: Settlement): void;
  /** Another transaction was first, and the same records are settled again. */
  lostRace(): void;
}

/** Low-cardinality on purpose: no account, case or topic partition is a label. */
export function batchMetrics(registry: Registry): BatchMetrics {
  const registers = [registry];
  const interactions = new Counter({
    name: 'casewright_interactions_total',
    help: 'Interactions by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const deadLetters = new Counter({
    name: 'casewright_dead_letters_total',
    help: 'Records that were skipped, by reason',
    labelNames: ['reason'],
    registers,
  });
  const races = new Counter({
    name: 'casewright_batch_races_total',
    help: 'Transactions that were run again because another one was first',
    registers,
  });
  const seconds = new Histogram({
    name: 'casewright_batch_seconds',
    help: 'Time from a batch to its commit',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  return {
    startBatch: () => {
      const stop = seconds.startTimer();
      return () => void stop();
    },
    settled: ({ outcomes, refused }) => {
      outcomes.forEach((outcome) => interactions.inc({ outcome }));
      refused.forEach(({ reason }) => deadLetters.inc({ reason }));
    },
    lostRace: () => races.inc(),
  };
}

/** What the relay reports. */
export interface RelayMetrics {
  readonly published: Counter;
  readonly waiting: Gauge;
  readonly oldestSeconds: Gauge;
}

export function relayMetrics(registry: Registry): RelayMetrics {
  const registers = [registry];
  return {
    published: new Counter({
      name: 'casewright_outbox_published_total',
      help: 'Records that the relay has brought into the log',
      registers,
    }),
    waiting: new Gauge({
      name: 'casewright_outbox_waiting',
      help: 'Records that wait for the relay',
      registers,
    }),
    oldestSeconds: new Gauge({
      name: 'casewright_outbox_oldest_seconds',
      help: 'Age of the oldest record that waits for the relay',
      registers,
    }),
  };
}
