import { CHANNEL_KIT_MIGRATIONS } from '#libs/channel-kit';
import { CASE_STORE_MIGRATIONS } from '#libs/case-store';
import { consumeLog, EVENT_LOG, type EventLog } from '#libs/messaging';
import { migrateDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from '#libs/postgres';
import {
  bootApplication,
  createLogger,
  reachableHost,
  removeConnectionFile,
  writeConnectionFile,
  type Configuration,
  type Connection,
  type Logger,
  type RunningApplication,
} from '#libs/runtime';
import { localSecrets, SECRETS_FILE } from './local-secrets.js';
import { StandaloneModule } from './standalone.module.js';

/** A running standalone. */
export interface Standalone {
  readonly connection: Connection;
  readonly log: EventLog;
  /** Stops the intake, then everything else, PostgreSQL last. */
  stop(): Promise<void>;
}

/**
 * Everything in one process:
 * 1. secrets of this data folder
 * 2. PostgreSQL, unless DATABASE_URL names one
 * 3. tables of every part
 * 4. the application: log, case-builder, API, adapters; then the consumers
 * 5. the file by which the command line finds it
 *
 * Rejects with a sentence for the operator when a port is busy, a disk is full or the database cannot be had.
 */
export async function startStandalone(given: Configuration): Promise<Standalone> {
  const logger = createLogger({ level: given.logLevel, name: 'standalone' });
  const secrets = await localSecrets(given.dataDirectory);
  const configuration = withLocalSecrets(given, secrets);
  const postgres = await startDatabase(configuration, logger);
  try {
    await migrateDatabase(postgres.connectionString, [CASE_STORE_MIGRATIONS, CHANNEL_KIT_MIGRATIONS]);
    const running = await bootAll(configuration, postgres, logger);
    const connection = connectionOf(configuration, postgres.connectionString, running, secrets.apiKey);
    await writeConnectionFile(configuration.dataDirectory, connection);
    return { connection, log: running.app.get<EventLog>(EVENT_LOG), stop: () => running.close() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

type LocalSecrets = Awaited<ReturnType<typeof localSecrets>>;

const LOCAL_NAME = 'local';
/** Whoever can read the data folder can do everything anyway. */
const LOCAL_SCOPES = [
  'cases:admin',
  'contacts:admin',
  'config:write',
  'ops:write',
  'deliveries:replay',
  'callbar:issue',
  'impersonate',
];

/** What the file leaves open is filled in; a key for whoever sits at this machine is declared beside the file's. */
function withLocalSecrets(configuration: Configuration, secrets: LocalSecrets): Configuration {
  const { apiKeys } = configuration;
  const name = apiKeys.some((declared) => declared.name === LOCAL_NAME)
    ? `${LOCAL_NAME} (${SECRETS_FILE})`
    : LOCAL_NAME;
  const localKey = { name, key: secrets.apiKey, scopes: LOCAL_SCOPES, allowedAgents: null, place: SECRETS_FILE };
  return {
    ...configuration,
    apiKeys: [...apiKeys, localKey],
    caseTokens: { ...configuration.caseTokens, secret: configuration.caseTokens.secret ?? secrets.caseTokenSecret },
  };
}

type Database = Pick<EmbeddedPostgres, 'connectionString' | 'stop'>;

async function startDatabase({ databaseUrl, dataDirectory }: Configuration, logger: Logger): Promise<Database> {
  if (databaseUrl !== null) {
    return { connectionString: databaseUrl, stop: async () => undefined };
  }
  const postgres = await startEmbeddedPostgres({ dataDirectory: `${dataDirectory}/postgres`, logger });
  void postgres.died.then((error) => {
    logger.fatal({ err: error }, 'PostgreSQL is gone: the process ends');
    process.exit(1);
  });
  return postgres;
}

function bootAll(configuration: Configuration, postgres: Database, logger: Logger): Promise<RunningApplication> {
  return bootApplication({
    name: 'standalone',
    module: StandaloneModule.forRoot(configuration, postgres.connectionString),
    configuration,
    logger,
    afterClose: async () => {
      await removeConnectionFile(configuration.dataDirectory);
      await postgres.stop();
    },
    prepare: consumeLog,
  });
}

function connectionOf(
  { smtp, kafka }: Configuration,
  databaseUrl: string,
  running: RunningApplication,
  apiKey: string,
): Connection {
  const port = smtp.port;
  const log =
    kafka.brokers.length > 0 ? ({ kind: 'kafka', brokers: kafka.brokers } as const) : ({ kind: 'embedded' } as const);
  return { databaseUrl, httpUrl: running.url, smtp: { host: reachableHost(smtp.host), port }, apiKey, log };
}
