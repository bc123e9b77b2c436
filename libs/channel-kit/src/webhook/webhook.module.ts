import { Inject, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { CONFIGURATION, HEALTH, METRICS, type Configuration, type HealthRegistry, type Metrics } from '#libs/runtime';
import { DELIVERY_LOG, RECORDING_JOBS, SENT_SOUNDS } from '../channel-kit.module.js';
import type { DeliveryLog } from '../deliveries/delivery.js';
import { secretsIn } from '../deliveries/secrets-in.js';
import { secretRemover } from '../deliveries/without-secrets.js';
import type { RecordingJobs } from '../recordings/recording-jobs.js';
import { connectionsOf } from './connection/connections.js';
import { WebhookIntake } from './intake.js';
import { webhookMetrics } from './metrics.js';
import { WebhookPublisher } from './publish-facts.js';
import { SchemaController } from './schema.controller.js';
import type { SentSounds } from './sent-sounds/sent-sounds.js';
import { WebhookController } from './webhook.controller.js';

/**
 * The webhooks of every connection, for each app that takes some: in one process they are there once, however many ask for
 * them. The application around it provides the log and the runtime.
 */
@Module({
  controllers: [WebhookController, SchemaController],
  providers: [
    {
      provide: WebhookIntake,
      inject: [CONFIGURATION, EVENT_LOG, METRICS, BLOB_STORE, SENT_SOUNDS, DELIVERY_LOG, RECORDING_JOBS],
      useFactory: (
        configuration: Configuration,
        log: EventLog,
        metrics: Metrics,
        blobs: BlobStore,
        sentSounds: SentSounds,
        deliveries: DeliveryLog,
        jobs: RecordingJobs,
      ) =>
        new WebhookIntake({
          accountId: configuration.account.id,
          connections: connectionsOf(configuration),
          trustedProxies: configuration.trustedProxies,
          publisher: new WebhookPublisher(log),
          jobs,
          blobs,
          sentSounds,
          secrets: secretRemover(secretsIn(configuration)),
          deliveries,
          metrics: webhookMetrics(metrics),
        }),
    },
  ],
})
export class WebhookModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    @Inject(WebhookIntake) private readonly intake: WebhookIntake,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(HEALTH) private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.health.register('webhook-log', () => this.log.check());
  }

  /** Before the log closes, so that whoever is being answered is told the truth. */
  async onModuleDestroy(): Promise<void> {
    await this.intake.stop();
  }
}
