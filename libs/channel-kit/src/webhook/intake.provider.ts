import type { FactoryProvider } from '@nestjs/common';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { CONFIGURATION, METRICS, type Configuration, type Metrics } from '#libs/runtime';
import { DELIVERY_LOG, RECORDING_JOBS, SENT_SOUNDS } from '../channel-kit.module.js';
import type { DeliveryLog } from '../deliveries/delivery.js';
import { secretsIn } from '../deliveries/secrets-in.js';
import { secretRemover } from '../deliveries/without-secrets.js';
import type { RecordingJobs } from '../recordings/recording-jobs.js';
import { WebhookIntake } from './intake.js';
import { webhookMetrics } from './metrics.js';
import { WebhookPublisher } from './publish-facts.js';
import type { SentSounds } from './sent-sounds/sent-sounds.js';
import type { WebhookConnection } from './webhook-connection.js';

/** The taking in of requests to some connections of the configuration, under an injection token. */
export function webhookIntake(
  provide: FactoryProvider['provide'],
  connectionsOf: (configuration: Configuration) => ReadonlyMap<string, WebhookConnection>,
): FactoryProvider<WebhookIntake> {
  return {
    provide,
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
  };
}
