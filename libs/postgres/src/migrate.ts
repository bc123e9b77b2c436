import type { Pool, PoolClient } from 'pg';

import { createPool } from './create-pool.js';
import { MigrationError, readMigrationFiles, type MigrationFile } from './migration-files.js';
import { errorMessage } from '#libs/runtime';

export interface MigrationSet {
  /** Whose files these are; numbers count within the set. */
  readonly set: string;
  /** Folder with `000001.sql`, `000002.sql`, … */
  readonly directory: URL;
}

interface AppliedMigration {
  readonly number: number;
  readonly checksum: string;
}

/** Any constant will do, as long as every version of Casewright takes the same lock. */
const migrationLock = '4850193761';

/**
 * Brings the database up to the newest file of the set and returns the numbers that were applied now.
 *
 * 1. Take the session lock, so that concurrent starters wait for one another.
 * 2. Compare what was applied with the files; `MigrationError` when one was changed or is missing.
 * 3. Apply each newer file, one transaction per file.
 */
export async function migrate(pool: Pool, { set, directory }: MigrationSet): Promise<number[]> {
  const files = await readMigrationFiles(directory);
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const applied = await loadApplied(client, set);
    refuseDifferences(set, files, applied);
    const pending = files.slice(applied.length);
    for (const file of pending) {
      await applyMigration(client, set, file);
    }
    await client.query('select pg_advisory_unlock($1)', [migrationLock]);
    failed = false;
    return pending.map(({ number }) => number);
  } finally {
    // Closing the session is what surely gives the lock back after a failure.
    client.release(failed);
  }
}

/** Migrates sets one after another on a connection that is opened for that alone, before an application starts. */
export async function migrateDatabase(connectionString: string, sets: readonly MigrationSet[]): Promise<void> {
  const pool = createPool({ connectionString, max: 1, applicationName: 'casewright-migrations' });
  try {
    for (const set of sets) {
      await migrate(pool, set);
    }
  } finally {
    await pool.end();
  }
}

async function loadApplied(client: PoolClient, set: string): Promise<AppliedMigration[]> {
  await client.query(`
    create table if not exists schema_migration (
      set_name text not null,
      number integer not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      primary key (set_name, number)
    )`);
  const { rows } = await client.query<AppliedMigration>(
    'select number, checksum from schema_migration where set_name = $1 order by number',
    [set],
  );
  return rows;
}

function refuseDifferences(set: string, files: readonly MigrationFile[], applied: readonly AppliedMigration[]): void {
  if (applied.length > files.length) {
    throw new MigrationError(
      `The database is newer than this program: set "${set}" has ${applied.length} migrations applied, ` +
        `${files.length} are known here. Start the newer version, or restore a backup.`,
    );
  }
  for (const [index, { number, checksum }] of applied.entries()) {
    if (files[index]?.number !== number || files[index].checksum !== checksum) {
      throw new MigrationError(
        `Migration ${number} of set "${set}" was changed after it had been applied. ` +
          'Restore the file and put the change into a new one with the next number.',
      );
    }
  }
}

async function applyMigration(client: PoolClient, set: string, file: MigrationFile): Promise<void> {
  try {
    await client.query('begin');
    await client.query(file.sql);
    await client.query('insert into schema_migration (set_name, number, checksum) values ($1, $2, $3)', [
      set,
      file.number,
      file.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    const reason = errorMessage(error);
    throw new MigrationError(`Migration ${file.name} of set "${set}" failed: ${reason}`, { cause: error });
  }
}
