import type { Metrics } from '#libs/runtime';
import { measureMetrics } from './measure-metrics.js';
import { INPUT_KINDS, type Input } from './inputs.js';
import type { MeasuredCase } from './write/measure-cases.js';

/** The phases of one settling, in their order. */
export const SETTLE_PHASES = ['find', 'load', 'decide', 'write', 'announce'] as const;
export type SettlePhase = (typeof SETTLE_PHASES)[number];

/** What settling reports. */
export interface LedgerMetrics {
  /** Inputs that a committed transaction settled. */
  settled(kind: Input['kind'], count: number): void;
  took(phase: SettlePhase, seconds: number): void;
  /** Another transaction was first, and the same inputs are settled again. */
  lostRace(): void;
  /** A committed transaction made measures of the case final. */
  measured(one: MeasuredCase): void;
}

/** Registers what settling reports. Low-cardinality on purpose: no account, case or topic partition is a label. */
export function ledgerMetrics(metrics: Metrics): LedgerMetrics {
  const inputs = metrics.counter({
    name: 'settle_inputs_total',
    help: `Inputs that were settled: ${INPUT_KINDS.join(', ')}`,
    labels: ['kind'],
  });
  const seconds = metrics.histogram({
    name: 'settle_seconds',
    help: `Time that a transaction spends in each phase: ${SETTLE_PHASES.join(', ')}`,
    labels: ['phase'],
  });
  const races = metrics.counter({
    name: 'batch_races_total',
    help: 'Transactions that were run again because another one was first',
  });
  return {
    settled: (kind, count) => inputs.inc({ kind }, count),
    took: (phase, duration) => seconds.observe({ phase }, duration),
    lostRace: () => races.inc(),
    measured: measureMetrics(metrics),
  };
}
