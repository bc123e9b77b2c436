import { readdir } from 'node:fs/promises';
import type { Pool } from 'pg';
import { CASE_STORE_MIGRATIONS } from '#libs/case-store';
import { CHANNEL_KIT_MIGRATIONS } from '#libs/channel-kit';
import type { MigrationSet } from '#libs/postgres';
import { EMBEDDED_LOG_MIGRATIONS } from '#libs/messaging';
import { messageOf } from '../context.js';
import { broken, doubtful, fine, type Finding } from './finding.js';

const OLDEST_VERSION = 150_000;

/** Whether the database answers, is recent enough, and has the tables of this version. */
export async function examineDatabase(pool: Pool, log: 'embedded' | 'kafka'): Promise<Finding[]> {
  try {
    const { rows } = await pool.query<{ version: string; number: number }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
    );
    const { version = '', number = 0 } = rows[0] ?? {};
    const server =
      number >= OLDEST_VERSION
        ? fine('database', `PostgreSQL ${version} answers`)
        : broken('database', `PostgreSQL ${version} is too old: use 15 or later`);
    return [server, await examineTables(pool, log)];
  } catch (error) {
    return [broken('database', `does not answer (${messageOf(error)}): start it, or correct DATABASE_URL`)];
  }
}

async function examineTables(pool: Pool, log: 'embedded' | 'kafka'): Promise<Finding> {
  const { rows } = await pool.query<{ present: boolean }>(
    `select to_regclass('schema_migration') is not null as present`,
  );
  if (rows[0]?.present !== true) {
    return doubtful('tables', 'none yet: case-builder or the standalone makes them when it starts');
  }
  const own = [CASE_STORE_MIGRATIONS, CHANNEL_KIT_MIGRATIONS];
  const sets = log === 'embedded' ? [...own, EMBEDDED_LOG_MIGRATIONS] : own;
  const missing = await Promise.all(sets.map((set) => missingOf(pool, set)));
  const all = missing.filter((text) => text !== null);
  return all.length === 0
    ? fine('tables', 'up to date')
    : doubtful('tables', `${all.join(', ')}: start case-builder or the standalone of this version once`);
}

/** How many files of the set were not applied, in words; null when all were. */
async function missingOf(pool: Pool, { set, directory }: MigrationSet): Promise<string | null> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).length;
  const { rows } = await pool.query<{ applied: number }>(
    'select count(*)::int as applied from schema_migration where set_name = $1',
    [set],
  );
  const applied = rows[0]?.applied ?? 0;
  return applied >= files ? null : `${files - applied} of ${files} migrations of ${set} are missing`;
}
