import { type BeforeApplicationShutdown, Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import type { Pool } from 'pg';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { migrate, POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration, LOGGER, type Logger, METRICS, type Metrics } from '#libs/runtime';
import { postgresCheckpoints } from './checkpoints/checkpoints.js';
import { deliveryMetrics } from './deliveries/metrics.js';
import { PostgresDeliveryLog } from './deliveries/postgres-delivery-log.js';
import { secretsIn } from './deliveries/secrets-in.js';
import { postgresFormAllowance } from './forms/form-allowance.js';
import { postgresMailboxStore } from './mailboxes/mailbox-store.js';
import { createFactPublisher } from './publish/fact-publisher.js';
import { createPublisher } from './publish/publisher.js';
import { postgresRecordingJobs } from './recordings/recording-jobs.js';
import { postgresSentSounds } from './webhook/sent-sounds/sent-sounds.js';

/** The tables of the adapters, for `migrate` of the postgres library. */
export const CHANNEL_KIT_MIGRATIONS = { set: 'channel-kit', directory: new URL('./migrations/', import.meta.url) };

/** Injection token of the `InteractionPublisher`. */
export const PUBLISHER = Symbol('PUBLISHER');
/** Injection token of the `Checkpoints`. */
export const CHECKPOINTS = Symbol('CHECKPOINTS');
/** Injection token of the `MailboxStore`. */
export const MAILBOX_STORE = Symbol('MAILBOX_STORE');
/** Injection token of the `DeliveryLog`. */
export const DELIVERY_LOG = Symbol('DELIVERY_LOG');
/** Injection token of the `FactPublisher`. */
export const FACT_PUBLISHER = Symbol('FACT_PUBLISHER');
/** Injection token of the `SentSounds`. */
export const SENT_SOUNDS = Symbol('SENT_SOUNDS');
/** Injection token of the `FormAllowance`. */
export const FORM_ALLOWANCE = Symbol('FORM_ALLOWANCE');
/** Injection token of the `RecordingJobs`, which are the `RecordingWork` too. */
export const RECORDING_JOBS = Symbol('RECORDING_JOBS');

/** What every adapter needs of the rest. The application around it provides the log, the pool and the runtime. */
@Global()
@Module({
  providers: [
    { provide: PUBLISHER, inject: [EVENT_LOG], useFactory: (log: EventLog) => createPublisher(log) },
    {
      provide: CHECKPOINTS,
      inject: [POOL, CONFIGURATION],
      useFactory: (pool: Pool, configuration: Configuration) => postgresCheckpoints(pool, configuration.account.id),
    },
    {
      provide: MAILBOX_STORE,
      inject: [POOL, CONFIGURATION],
      useFactory: (pool: Pool, configuration: Configuration) => postgresMailboxStore(pool, configuration.account.id),
    },
    {
      provide: DELIVERY_LOG,
      inject: [POOL, CONFIGURATION, METRICS, LOGGER],
      useFactory: (pool: Pool, configuration: Configuration, metrics: Metrics, logger: Logger) =>
        new PostgresDeliveryLog({
          ...{ pool, logger, accountId: configuration.account.id },
          ...{ secrets: secretsIn(configuration), metrics: deliveryMetrics(metrics) },
        }),
    },
    { provide: FACT_PUBLISHER, inject: [EVENT_LOG], useFactory: (log: EventLog) => createFactPublisher(log) },
    {
      provide: RECORDING_JOBS,
      inject: [POOL, CONFIGURATION],
      useFactory: (pool: Pool, configuration: Configuration) => postgresRecordingJobs(pool, configuration.account.id),
    },
    {
      provide: FORM_ALLOWANCE,
      inject: [POOL, CONFIGURATION],
      useFactory: (pool: Pool, configuration: Configuration) => postgresFormAllowance(pool, configuration.account.id),
    },
    {
      provide: SENT_SOUNDS,
      inject: [POOL, CONFIGURATION],
      useFactory: (pool: Pool, configuration: Configuration) => postgresSentSounds(pool, configuration.account.id),
    },
  ],
  exports: [
    PUBLISHER,
    FACT_PUBLISHER,
    CHECKPOINTS,
    MAILBOX_STORE,
    DELIVERY_LOG,
    RECORDING_JOBS,
    SENT_SOUNDS,
    FORM_ALLOWANCE,
  ],
})
export class ChannelKitModule implements OnModuleInit, BeforeApplicationShutdown {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(DELIVERY_LOG) private readonly deliveries: PostgresDeliveryLog,
  ) {}

  /** The tables are there before any adapter, which imports this module, starts. */
  async onModuleInit(): Promise<void> {
    await migrate(this.pool, CHANNEL_KIT_MIGRATIONS);
  }
  /** Nothing is taken in any more, and the pool is there still. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.deliveries.stop();
  }
}
