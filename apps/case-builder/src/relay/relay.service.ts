import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from 'pg';
import { findOutboxHead } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import {
  CONFIGURATION,
  type Configuration,
  HEALTH,
  type HealthRegistry,
  LOGGER,
  type Logger,
  type Metrics,
  METRICS,
} from '#libs/runtime';
import { leaderFinding } from '../leadership.js';
import { relayMetrics, searchMetrics } from '../metrics.js';
import { OutboxWatch } from './outbox-watch.js';
import { RelayThread } from './relay-thread.js';

/** Runs the relay in one process at a time, beside the batches. */
@Injectable()
export class RelayService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly thread: RelayThread;

  constructor(
    @Inject(POOL) pool: Pool,
    @Inject(CONFIGURATION) { kafka, logLevel }: Configuration,
    @Inject(METRICS) metrics: Metrics,
    @Inject(LOGGER) logger: Logger,
    @Inject(HEALTH) health: HealthRegistry,
  ) {
    // The pool knows the database, also where it is an embedded one that no configuration names.
    const connectionString = pool.options.connectionString ?? '';
    this.thread = new RelayThread({
      settings: { connectionString, kafka: structuredClone(kafka), logLevel },
      metrics: { ...relayMetrics(metrics), ...searchMetrics(metrics) },
      onFailure: (reason) => logger.warn({ reason }, 'The relay failed and starts again'),
    });
    health.register('outbox relay', async () => leaderFinding(this.thread.current()));
    const watch = new OutboxWatch();
    health.register('outbox', async () => watch.see(await findOutboxHead(pool), Date.now()));
    health.register('search', async () => leaderFinding(this.thread.currentSearch()));
  }

  onApplicationBootstrap(): void {
    this.thread.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.thread.stop();
  }
}
