import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from 'pg';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { POOL } from '#libs/postgres';
import { errorMessage, HEALTH, type HealthRegistry, LOGGER, type Logger, type Metrics, METRICS } from '#libs/runtime';
import { leaderFinding, Leadership, LEADERS } from '../leadership.js';
import { relayMetrics } from '../metrics.js';
import { relayOutbox } from './outbox-relay.js';

/** Runs the relay in one process at a time. */
@Injectable()
export class RelayService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly leadership: Leadership;

  constructor(
    @Inject(POOL) pool: Pool,
    @Inject(EVENT_LOG) log: EventLog,
    @Inject(METRICS) metrics: Metrics,
    @Inject(LOGGER) logger: Logger,
    @Inject(HEALTH) health: HealthRegistry,
  ) {
    const dependencies = { publish: log.publish.bind(log), metrics: relayMetrics(metrics) };
    this.leadership = new Leadership({
      pool,
      lock: LEADERS.relay,
      work: (client, signal) => relayOutbox(dependencies, client, signal),
      onFailure: (error) => logger.warn({ reason: errorMessage(error) }, 'The relay failed and starts again'),
    });
    health.register('outbox relay', async () => leaderFinding(this.leadership.current()));
  }

  onApplicationBootstrap(): void {
    this.leadership.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.leadership.stop();
  }
}
