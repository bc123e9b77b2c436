import { Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '#libs/postgres';
import {
  CONFIGURATION,
  HEALTH,
  LOGGER,
  METRICS,
  type Configuration,
  type HealthRegistry,
  type Logger,
  type Metrics,
} from '#libs/runtime';
import { silenceLimits, SilenceWatch } from './silence-watch.js';

/** Watches whether connections fall silent, for each app that takes their webhooks: nobody else knows that it listened. */
@Module({
  providers: [
    {
      provide: SilenceWatch,
      inject: [POOL, CONFIGURATION, METRICS, LOGGER],
      useFactory: (pool: Pool, configuration: Configuration, metrics: Metrics, logger: Logger) =>
        new SilenceWatch({
          ...{ pool, metrics, logger, limits: silenceLimits(configuration) },
          ...{ accountId: configuration.account.id, timeZone: configuration.account.timeZone },
        }),
    },
  ],
})
export class SilenceModule implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(SilenceWatch) private readonly watch: SilenceWatch,
    @Inject(HEALTH) private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.health.register('connections', async () => this.watch.check());
  }

  /** Every table is there by now. */
  onApplicationBootstrap(): void {
    this.watch.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.watch.stop();
  }
}
