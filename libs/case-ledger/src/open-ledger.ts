import { problemCascade, tellDeferral } from '#libs/case-domain';
import { AccountDirectory } from '#libs/case-store';
import { newId } from '#libs/interaction';
import type { Metrics } from '#libs/runtime';
import type { Pool } from 'pg';
import { CaseNumbers } from './case-numbers.js';
import { ledgerMetrics } from './ledger-metrics.js';
import type { LedgerDependencies } from './settle.js';

/** What settling works with in one process. `overrides` are for tests and recordings: a clock, a source of ids. */
export function openLedger(
  pool: Pool,
  metrics: Metrics,
  overrides: Partial<LedgerDependencies> = {},
): LedgerDependencies {
  return {
    pool,
    directory: new AccountDirectory(),
    numbers: new CaseNumbers(pool),
    metrics: ledgerMetrics(metrics),
    now: (begun = new Date()) => begun,
    newId,
    consequences: [problemCascade, tellDeferral],
    ...overrides,
  };
}
