import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { CASE_STORE_MIGRATIONS, declareConfiguration } from '#libs/case-store';
import { createPool, migrate, startEmbeddedPostgres } from '#libs/postgres';
import { aDeclaration, aDeclaredAgent, aDeclaredLine, aDeclaredMailbox } from '#libs/testing';

/** They are in no group: what they bring counts, and no case is assigned to them. */
export const AGENTS = Array.from({ length: 50 }, (_, index) => `agent${index}@acme.example`);

/** The line that is called. */
export const BENCH_LINE = '+351210000000';

/** A database of the bench's server. */
export interface BenchDatabase {
  readonly connectionString: string;
  readonly pool: Pool;
}

/** A PostgreSQL of the bench's own, with the settings that users get. */
export interface BenchServer {
  readonly folder: string;
  /** A database with the tables and one account. */
  create(name: string): Promise<BenchDatabase>;
  /** A copy, rows and all. The pool of the original is closed and opened again. */
  copy(original: BenchDatabase, name: string): Promise<[BenchDatabase, BenchDatabase]>;
  stop(): Promise<void>;
}

const ACCOUNT = aDeclaration({
  agents: AGENTS.map((email) => ({ ...aDeclaredAgent(email, email), groups: [] })),
  endpoints: [aDeclaredMailbox('support@acme.example'), aDeclaredLine(BENCH_LINE)],
});
const quiet = { debug() {}, info() {}, warn() {}, error: console.error };

export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres'), logger: quiet });
  const opened = new Set<Pool>();
  const open = (name: string): BenchDatabase => {
    const url = new URL(postgres.connectionString);
    url.pathname = `/${name}`;
    const pool = createPool({ connectionString: url.href, max: 8, applicationName: 'bench' });
    opened.add(pool);
    return { connectionString: url.href, pool };
  };
  const close = async (pool: Pool): Promise<void> => {
    opened.delete(pool);
    await pool.end();
  };
  const administer = async (statement: string): Promise<void> => {
    const { pool } = open('postgres');
    await pool.query(statement);
    await close(pool);
  };
  return {
    folder,
    async create(name) {
      await administer(`create database ${name}`);
      const database = open(name);
      await migrate(database.pool, CASE_STORE_MIGRATIONS);
      await declareConfiguration(database.pool, ACCOUNT);
      return database;
    },
    async copy(original, name) {
      await close(original.pool);
      const template = new URL(original.connectionString).pathname.slice(1);
      await administer(`create database ${name} template ${template}`);
      return [open(template), open(name)];
    },
    async stop() {
      await Promise.all([...opened].map(close));
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A second database on a running server, with the tables, the account and nothing else. */
export async function createBeside(connectionString: string, name: string): Promise<Pool> {
  const administrator = createPool({ connectionString, max: 1 });
  await administrator.query(`create database ${name}`);
  await administrator.end();
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  const pool = createPool({ connectionString: url.href, max: 4, applicationName: 'bench' });
  await migrate(pool, CASE_STORE_MIGRATIONS);
  await declareConfiguration(pool, ACCOUNT);
  return pool;
}
