import { type DynamicModule, Inject, Module } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Pool } from 'pg';
import { CALL_FOLD, type FoldKind, VOICEMAIL_FOLD } from '#libs/case-domain';
import { LEDGER, type LedgerDependencies, LedgerModule } from '#libs/case-ledger';
import { createBreaker, createWitnesses } from '#libs/messaging';
import { POOL } from '#libs/postgres';
import { HEALTH, type HealthRegistry, type Metrics, METRICS } from '#libs/runtime';
import { AssignmentService } from './assignment/assignment.service.js';
import { BatchController } from './batch/batch.controller.js';
import type { BatchDependencies } from './batch/handle-batch.js';
import { batchMetrics } from './metrics.js';
import { Preparation } from './preparation.js';
import { RelayService } from './relay/relay.service.js';
import { DueService } from './timers/due.service.js';
import { TimersService } from './timers/timers.service.js';
import { BATCH_DEPENDENCIES, FOLD_KINDS } from './tokens.js';

function batchDependencies(
  ledger: LedgerDependencies,
  metrics: Metrics,
  folds: readonly FoldKind[],
): BatchDependencies {
  return {
    ledger,
    folds,
    owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
    metrics: batchMetrics(metrics),
    breaker: createBreaker(),
    witnesses: createWitnesses(),
  };
}

/**
 * Builds cases out of interactions, tells the topics about it, and runs what is due by time. Needs the tokens POOL,
 * EVENT_LOG, CONFIGURATION, LOGGER, METRICS and HEALTH of the application that it is part of,
 * and UPLOAD_STORE and BLOB_STORE where uploads that nothing uses, and content of what was redacted, are to be deleted.
 */
@Module({
  imports: [LedgerModule],
  controllers: [BatchController],
  providers: [
    Preparation,
    RelayService,
    TimersService,
    DueService,
    AssignmentService,
    { provide: BATCH_DEPENDENCIES, useFactory: batchDependencies, inject: [LEDGER, METRICS, FOLD_KINDS] },
  ],
})
export class CaseBuilderModule {
  /** `folds`: the kinds of facts that become interactions; calls and voicemails unless told. */
  static forRoot(folds: readonly FoldKind[] = [CALL_FOLD, VOICEMAIL_FOLD]): DynamicModule {
    return { module: CaseBuilderModule, providers: [{ provide: FOLD_KINDS, useValue: folds }] };
  }

  constructor(@Inject(HEALTH) health: HealthRegistry, @Inject(POOL) pool: Pool) {
    health.register('database', async () => {
      await pool.query('select 1');
      return { ok: true };
    });
  }
}
