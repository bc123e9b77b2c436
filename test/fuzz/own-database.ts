import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, migrateDatabase, startEmbeddedPostgres } from '#libs/postgres';
import { findMigrationSets } from '#libs/testing';
import type { Pool } from 'pg';

const quiet = { debug() {}, info() {}, warn() {}, error: console.error };
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Works on a database server of its own, which is gone afterwards. */
export async function onOwnDatabase<Result>(work: (pool: Pool) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-fuzz-'));
  const server = await startEmbeddedPostgres({ dataDirectory: folder, logger: quiet, settings: SETTINGS });
  const pool = createPool({ connectionString: server.connectionString, max: 10, applicationName: 'fuzz' });
  try {
    await migrateDatabase(server.connectionString, await findMigrationSets());
    return await work(pool);
  } finally {
    await pool.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
