import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import {
  checkConnections,
  DELIVERY_LOG,
  RECORDING_JOBS,
  SENT_SOUNDS,
  WebhookModule,
  type AnnouncedRecording,
  type Delivery,
  type DeliveryLog,
  type SentSounds,
} from '#libs/channel-kit';
import { BLOB_STORE, openBlobStore } from '#libs/blob-store';
import { MessagingModule, type EventLog } from '#libs/messaging';
import { bootApplication, loadConfiguration, type Configuration } from '#libs/runtime';
import { telephonyFile } from './acme-telephony.js';
import type { Sent } from './senders.js';

/** Webhooks before a log, as an app serves them. */
export interface WebhookServer {
  readonly url: string;
  readonly configuration: Configuration;
  /** What the log of deliveries was told, oldest first. */
  readonly deliveries: Delivery[];
  /** Sounds that somebody is to fetch, oldest first. */
  readonly sounds: AnnouncedRecording[];
  post(sent: Sent): Promise<Response>;
  close(): Promise<void>;
}

/** What a log has to be able to for webhooks. */
export type TakingLog = Pick<EventLog, 'publish' | 'check'>;

export interface ServeOptions {
  /** The configuration file; one with a connection of each provider unless told. */
  readonly file?: string;
  /** What telling of sounds comes to; kept in `sounds` unless told. */
  readonly sentSounds?: SentSounds;
  readonly add?: (announced: readonly AnnouncedRecording[]) => Promise<void>;
}

/** Nobody waits for a sound. */
const NO_SOUNDS: SentSounds = {
  await: async () => [],
  keep: async () => ({ isNew: true, awaited: [] }),
  forget: async () => undefined,
};

@Global()
@Module({})
class Beside {}

class Application {}

export async function serveWebhooks(log: TakingLog, options: ServeOptions = {}): Promise<WebhookServer> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-webhooks-'));
  await writeFile(join(folder, 'casewright.yml'), options.file ?? telephonyFile());
  const environment = { CASEWRIGHT_CONFIG: join(folder, 'casewright.yml'), LOG_LEVEL: 'silent' };
  const configuration = loadConfiguration(environment, checkConnections);
  const deliveries: Delivery[] = [];
  const sounds: AnnouncedRecording[] = [];
  const add = options.add ?? (async (announced) => void sounds.push(...announced));
  const beside: DynamicModule = {
    module: Beside,
    providers: [
      {
        provide: DELIVERY_LOG,
        useValue: { note: (_, delivery) => void deliveries.push(delivery()) } satisfies DeliveryLog,
      },
      { provide: RECORDING_JOBS, useValue: { add } },
      { provide: SENT_SOUNDS, useValue: options.sentSounds ?? NO_SOUNDS },
      { provide: BLOB_STORE, useValue: await openBlobStore(join(folder, 'blobs')) },
    ],
    exports: [DELIVERY_LOG, RECORDING_JOBS, SENT_SOUNDS, BLOB_STORE],
  };
  // Whoever opened the log closes it.
  const kept = { publish: log.publish.bind(log), check: log.check.bind(log), close: async () => undefined };
  const messaging = MessagingModule.forRoot({ useFactory: () => kept as unknown as EventLog });
  const module = { module: Application, imports: [messaging, beside, WebhookModule] };
  const running = await bootApplication({ name: 'webhooks', module, configuration, port: 0, host: '127.0.0.1' });
  return {
    url: running.url,
    configuration,
    deliveries,
    sounds,
    post: ({ path, headers, body }) => fetch(running.url + path, { method: 'POST', headers, body }),
    async close() {
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
