import { lookup } from 'node:dns/promises';
import { Inject, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import {
  ChannelKitModule,
  FACT_PUBLISHER,
  RECORDING_JOBS,
  SENT_SOUNDS,
  type FactPublisher,
  type RecordingWork,
  type SentSounds,
} from '#libs/channel-kit';
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
import type { AttemptTools } from './attempt-job.js';
import { Authorizations } from './credentials/authorizations.js';
import { createRecordingMetrics } from './metrics.js';
import { recordingConnections, transcriptionEngine } from './recording-connections.js';
import { recordingHealth } from './recording-health.js';
import { RecordingWorker } from './recording-worker.js';

/** For the whole of an attempt to fetch, with its redirects. */
const FETCH_MS = 60_000;
const TRANSCRIBE_MS = 120_000;

/** Fetches the recordings that any app has noted, and has them written down where that is wanted. */
@Module({
  imports: [ChannelKitModule],
  providers: [
    {
      provide: RecordingWorker,
      inject: [CONFIGURATION, BLOB_STORE, RECORDING_JOBS, SENT_SOUNDS, FACT_PUBLISHER, LOGGER, METRICS],
      useFactory: (
        configuration: Configuration,
        blobs: BlobStore,
        work: RecordingWork,
        sentSounds: SentSounds,
        publisher: FactPublisher,
        logger: Logger,
        metrics: Metrics,
      ) =>
        new RecordingWorker({
          accountId: configuration.account.id,
          work,
          sentSounds,
          publisher,
          tools: toolsOf(configuration, blobs),
          metrics: createRecordingMetrics(metrics, () => work.count()),
          logger,
        }),
    },
  ],
})
export class RecordingsModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(RecordingWorker) private readonly worker: RecordingWorker,
    @Inject(RECORDING_JOBS) private readonly work: RecordingWork,
    @Inject(HEALTH) private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health.register('recordings', recordingHealth(this.work));
    this.worker.start();
  }

  /** Before the log closes; what was begun goes to whoever asks next. */
  async onModuleDestroy(): Promise<void> {
    await this.worker.stop();
  }
}

function toolsOf(configuration: Configuration, blobs: BlobStore): AttemptTools {
  return {
    blobs,
    connections: recordingConnections(configuration),
    engine: transcriptionEngine(configuration),
    authorizations: new Authorizations(Date.now),
    // As every other program of the machine asks, its hosts file included.
    resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
    timeoutMs: FETCH_MS,
    transcribeTimeoutMs: TRANSCRIBE_MS,
  };
}
