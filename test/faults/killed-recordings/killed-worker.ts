import { openBlobStore } from '#libs/blob-store';
import { postgresRecordingJobs, postgresSentSounds } from '#libs/channel-kit';
import { createPool } from '#libs/postgres';
import { Metrics } from '#libs/runtime';
import { Authorizations } from '../../../apps/voicemail/src/recordings/credentials/authorizations.js';
import { createRecordingMetrics } from '../../../apps/voicemail/src/recordings/metrics.js';
import { RecordingWorker } from '../../../apps/voicemail/src/recordings/recording-worker.js';

/** What the process that is killed is told. */
export interface KilledWorkerSettings {
  readonly connectionString: string;
  readonly folder: string;
  readonly accountId: string;
  readonly connection: string;
  readonly host: string;
}

/** Works on recordings until somebody kills it. What it tells goes into a table, once for each time that it was told. */
const settings = JSON.parse(process.argv[2] ?? '') as KilledWorkerSettings;
const { connectionString, folder, accountId, connection, host } = settings;
const pool = createPool({ connectionString, max: 4 });
const work = postgresRecordingJobs(pool, accountId);
const access = { hosts: [], credentials: null };
const known = { name: connection, access, namedHosts: [host], maxBytes: 1_000_000, transcribes: false };
new RecordingWorker({
  accountId,
  work,
  sentSounds: postgresSentSounds(pool, accountId),
  publisher: {
    publish: async (facts) => {
      const values = [facts.map(({ id }) => id), facts.map((fact) => JSON.stringify(fact))];
      await pool.query('insert into told (id, fact) select * from unnest($1::text[], $2::jsonb[])', values);
      return { outcome: 'published' };
    },
  },
  tools: {
    blobs: await openBlobStore(folder),
    connections: new Map([[connection, known]]),
    engine: null,
    authorizations: new Authorizations(Date.now),
    resolve: async () => ['127.0.0.1'],
    timeoutMs: 5_000,
    transcribeTimeoutMs: 5_000,
  },
  metrics: createRecordingMetrics(new Metrics(), () => work.count()),
  logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  pollMs: 5,
}).start();
process.stdout.write('started\n');
