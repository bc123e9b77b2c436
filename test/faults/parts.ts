import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Pool } from 'pg';
import { TOPICS } from '#libs/interaction';
import { createEmbeddedLog, createKafkaLog, type EventLog } from '#libs/messaging';
import { createPool, startEmbeddedPostgres } from '#libs/postgres';
import { ROOT } from './processes.js';

/** The real parts that the apps of a run stand on. */
export interface Parts {
  readonly folder: string;
  /** What every app is started with. */
  readonly environment: Readonly<Record<string, string>>;
  readonly connectionString: string;
  readonly pool: Pool;
  readonly log: EventLog;
  /** Stops PostgreSQL as a crash does, and starts it again at the same place after a while. */
  crashDatabase(downMs: number): Promise<void>;
  /** Kills the broker, and starts it again at the same place after a while; of a broker of its own only. */
  crashBroker(downMs: number): Promise<void>;
  stop(options: { readonly keep: boolean }): Promise<void>;
}

const CONFIGURATION = `
account: { name: Acme, timeZone: Europe/Lisbon, defaultCountry: PT, resolvedAutoCloseDays: 5, defaultGroup: Support,
  backStops: { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0 } }
caseTokens: { secret: a-secret-of-the-proofs-alone }
mailboxes:
  - { address: support@acme.example, group: Support }
  - { address: sales@acme.example, group: Sales }
agents:
  - { email: ana@acme.example, name: Ana Lopes, groups: [Support] }
  - { email: rui@acme.example, name: Rui Dias, groups: [Support] }
groups:
  - { name: Support, strategy: STRATEGY }
  - { name: Sales, strategy: manual }
`;
const quiet = { debug() {}, info() {}, warn() {}, error: console.error };

interface PartsOptions {
  /** The configuration file; a small company with two mailboxes unless told. */
  readonly file?: string;
  /** Added to the file. */
  readonly more?: string;
  readonly ownBroker?: boolean;
}

/** Starts PostgreSQL and, when asked for, a real Apache Kafka, in a folder of their own. */
export async function startParts(
  kind: 'embedded' | 'kafka',
  strategy: 'manual' | 'round_robin' = 'round_robin',
  { more = '', file = CONFIGURATION, ownBroker = false }: PartsOptions = {},
): Promise<Parts> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-parts-'));
  const configurationFile = join(folder, 'casewright.yml');
  await writeFile(configurationFile, file.replace('STRATEGY', strategy) + more);
  const dataDirectory = join(folder, 'postgres');
  let postgres = await startEmbeddedPostgres({ dataDirectory, logger: quiet });
  const kafka = kind === 'kafka' ? await startBroker(folder, ownBroker) : null;
  const pool = createPool({ connectionString: postgres.connectionString, max: 8, applicationName: 'proof' });
  const log = await openLog(kafka, pool, postgres.connectionString);
  await log.ensureTopics(TOPICS);
  return {
    folder,
    connectionString: postgres.connectionString,
    environment: {
      CASEWRIGHT_CONFIG: configurationFile,
      DATABASE_URL: postgres.connectionString,
      DATA_DIR: join(folder, 'data'),
      BLOB_URL: pathToFileURL(join(folder, 'blobs')).href,
      ...(kafka === null ? {} : { KAFKA_BROKERS: kafka.brokers.join(','), TOPIC_PREFIX: kafka.topicPrefix }),
    },
    pool,
    log,
    async crashDatabase(downMs) {
      const postmaster = await readFile(join(dataDirectory, 'cluster', 'postmaster.pid'), 'utf8');
      process.kill(Number(postmaster.split('\n')[0]), 'SIGQUIT');
      await postgres.died;
      await delay(downMs);
      postgres = await startEmbeddedPostgres({ dataDirectory, port: postgres.port, logger: quiet });
    },
    crashBroker: (downMs) => kafka?.crash(downMs) ?? Promise.reject(new Error('there is no broker')),
    async stop({ keep }) {
      await log.close();
      await pool.end();
      await postgres.stop();
      await kafka?.stop();
      await (keep ? undefined : rm(folder, { recursive: true, force: true }));
    },
  };
}

interface Broker {
  readonly brokers: string[];
  readonly topicPrefix: string;
  crash(downMs: number): Promise<void>;
  stop(): Promise<void>;
}

interface RunningKafka {
  readonly brokers: string[];
  readonly port: number;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** A broker that runs already is shared; its topics then carry a prefix of their own, whatever ran before in this process. */
async function startBroker(folder: string, own: boolean): Promise<Broker> {
  const running = process.env['KAFKA_BROKERS'] ?? process.env['CASEWRIGHT_TEST_KAFKA'];
  if (!own && running !== undefined && running !== '') {
    const topicPrefix = `run-${randomUUID().slice(0, 13)}.`;
    const crash = () => Promise.reject(new Error('the broker is somebody else’s'));
    return { brokers: running.split(','), topicPrefix, crash, stop: async () => undefined };
  }
  const script = (await import(pathToFileURL(join(ROOT, 'scripts/kafka-server.mjs')).href)) as {
    startKafka(options: { dataDirectory: string; port?: number }): Promise<RunningKafka>;
  };
  const dataDirectory = join(folder, 'kafka');
  let broker = await script.startKafka({ dataDirectory });
  return {
    brokers: broker.brokers,
    topicPrefix: '',
    async crash(downMs) {
      broker.kill('SIGKILL');
      await broker.exited;
      await delay(downMs);
      broker = await script.startKafka({ dataDirectory, port: broker.port });
    },
    stop: () => broker.stop(),
  };
}

async function openLog(kafka: Broker | null, pool: Pool, connectionString: string): Promise<EventLog> {
  return kafka === null
    ? createEmbeddedLog({ pool, connectionString, logger: quiet })
    : createKafkaLog({ brokers: kafka.brokers, topicPrefix: kafka.topicPrefix, clientId: 'proof', logger: quiet });
}
