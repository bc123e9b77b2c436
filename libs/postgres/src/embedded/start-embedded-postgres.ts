import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import { clearLeftovers, type ServerNews } from './server/clear-leftovers.js';
import { databaseName, openCluster } from './server/create-cluster.js';
import { EmbeddedPostgresError, explainStartFailure } from './embedded-postgres-error.js';
import { findBinaries } from './binaries/find-binaries.js';
import { guardAgainstOurDeath } from './guard.js';
import { launchServer, type Launch, type LaunchOptions } from './server/launch-server.js';
import { claimFolder } from './owner.js';
import { prepareBinaries } from './binaries/prepare-binaries.js';
import { findServerAccount } from './process/server-account.js';
import type { ServerSettings } from './server/server-settings.js';

export interface EmbeddedPostgresOptions {
  /** Everything lives in here: the cluster, the password (0600), the server's log. Made when missing. */
  readonly dataDirectory: string;
  /** Taken when free; otherwise, and without it, any free port of 127.0.0.1. */
  readonly port?: number;
  readonly logger: ServerNews;
  /** PostgreSQL settings that win over ours. */
  readonly settings?: ServerSettings;
}

/** A running server of our own. */
export interface EmbeddedPostgres {
  readonly connectionString: string;
  readonly port: number;
  /** Settles when the server ended although nobody had called `stop`; the process must then end too. */
  readonly died: Promise<Error>;
  /** Fast shutdown: open transactions roll back, everything committed is on disk. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL from the binaries that npm installed, keeping the data between starts.
 * Rejects with `EmbeddedPostgresError`, a sentence for the operator, when it cannot.
 *
 * 1. Find the binaries, and the account to run them as when we are root.
 * 2. Claim the data folder; refuse when a living process uses it.
 * 3. Clear away what a killed process left behind.
 * 4. Open the cluster, or make one.
 * 5. Launch on a free port, set up a guard against our own death, make the database.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = path.resolve(options.dataDirectory);
  try {
    const account = await findServerAccount();
    const binaries = await prepareBinaries(findBinaries(), account);
    await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
    const release = await claimFolder(dataDirectory);
    try {
      await clearLeftovers(`${dataDirectory}/cluster`, options.logger);
      const { cluster, password } = await openCluster(dataDirectory, binaries, account);
      const launch = {
        binaries,
        account,
        cluster,
        logFile: `${dataDirectory}/server.log`,
        settings: options.settings ?? {},
      };
      const running = await launchOnFreePort(launch, options.port);
      const dismiss = guardAgainstOurDeath(running.pid, account);
      const url = `postgresql://${databaseName}:${password}@127.0.0.1:${running.port}`;
      await ensureDatabase(`${url}/postgres`, databaseName);
      return control(running, `${url}/${databaseName}`, async () => {
        dismiss();
        await release();
      });
    } catch (error) {
      await release();
      throw error;
    }
  } catch (error) {
    throw explainStartFailure(error, dataDirectory);
  }
}

type RunningServer = Extract<Launch, { outcome: 'ready' }> & { readonly port: number };

async function launchOnFreePort(options: Omit<LaunchOptions, 'port'>, wanted?: number): Promise<RunningServer> {
  let result: Launch | undefined;
  // A port can be taken between our look and the server's; processes of a killed server need a moment to end.
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const port = await freePort(attempt === 0 ? wanted : undefined);
    result = await launchServer({ ...options, port });
    if (result.outcome === 'ready') {
      return { ...result, port };
    }
    if (result.outcome === 'failed' || result.outcome === 'in-use') {
      break;
    }
    await delay(500);
  }
  const reason = result && result.outcome !== 'ready' ? result.reason : 'no attempt was made';
  if (result?.outcome === 'in-use') {
    throw new EmbeddedPostgresError(
      `Another PostgreSQL server uses ${options.cluster} (${reason}): stop it and start again.`,
    );
  }
  throw new EmbeddedPostgresError(`PostgreSQL did not start (${reason}): see ${options.logFile}.`);
}

/** The wanted port of 127.0.0.1 when it is free, else one that the system picks. */
async function freePort(wanted?: number): Promise<number> {
  return (wanted !== undefined && (await tryPort(wanted))) || (await tryPort(0)) || 0;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}

/** Creates the database when it is missing. */
async function ensureDatabase(connectionString: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`create database ${pg.escapeIdentifier(name)}`);
    }
  } finally {
    await client.end();
  }
}

function control(running: RunningServer, connectionString: string, cleanUp: () => Promise<void>): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const died = new Promise<Error>((resolve) => {
    void running.exited.then(async () => {
      if (!stopping) {
        await cleanUp();
        resolve(new Error('The embedded PostgreSQL server ended by itself'));
      }
    });
  });
  return { connectionString, port: running.port, died, stop: () => (stopping ??= shutDown(running, cleanUp)) };
}

async function shutDown({ server, exited }: RunningServer, cleanUp: () => Promise<void>): Promise<void> {
  server.ref();
  server.kill('SIGINT');
  // The shutdown checkpoint of a busy server takes seconds on a slow disk; after a minute recovery is the lesser evil.
  const impatience = setTimeout(() => server.kill('SIGQUIT'), 60_000);
  await exited;
  clearTimeout(impatience);
  await cleanUp();
}
