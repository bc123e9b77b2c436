import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createPool, migrateDatabase, startEmbeddedPostgres } from '#libs/postgres';

import { templateDatabase } from '../environment.js';
import { findMigrationSets } from './migration-sets.js';

export interface TestPostgres {
  readonly connectionString: string;
  readonly description: string;
  stop(): Promise<void>;
}

/** Starts a server without fsync in a folder of its own, with a migrated template database on it. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'casewright-test-'));
  const server = await startEmbeddedPostgres({
    dataDirectory,
    logger: console,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      autovacuum_naptime: '10min',
      max_connections: '300',
    },
  });
  const version = await createTemplate(server.connectionString);
  return {
    connectionString: server.connectionString,
    description: `embedded PostgreSQL ${version}`,
    async stop() {
      await server.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function createTemplate(connectionString: string): Promise<string> {
  const server = createPool({ connectionString, max: 1 });
  await server.query(`create database ${templateDatabase}`);
  const { rows } = await server.query<{ server_version: string }>('show server_version');
  await server.end();
  const url = new URL(connectionString);
  url.pathname = `/${templateDatabase}`;
  await migrateDatabase(url.href, await findMigrationSets());
  return rows[0]?.server_version ?? '';
}
