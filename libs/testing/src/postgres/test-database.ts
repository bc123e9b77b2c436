import { randomUUID } from 'node:crypto';

import { createPool } from '#libs/postgres';

import { templateDatabase, testEnvironment } from '../environment.js';

type Pool = ReturnType<typeof createPool>;

/** A migrated database that belongs to one test file. */
export interface TestDatabase {
  readonly pool: Pool;
  readonly connectionString: string;
  /** Closes the pool and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** `empty` has no tables at all. */
  readonly template?: 'migrated' | 'empty';
  /** Most connections of `pool`; 10 unless told. */
  readonly max?: number;
}

/** Copies the template database. Call it in `beforeAll` and `drop` in `afterAll`. */
export async function testDatabase({
  template = 'migrated',
  max = 10,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name} template ${template === 'migrated' ? templateDatabase : 'template0'}`);
  const url = new URL(serverAddress());
  url.pathname = `/${name}`;
  const pool = createPool({ connectionString: url.href, max, applicationName: 'casewright-test' });
  return {
    pool,
    connectionString: url.href,
    async drop() {
      await pool.end();
      await administer(`drop database if exists ${name} with (force)`);
    },
  };
}

function serverAddress(): string {
  const address = process.env[testEnvironment.postgres];
  if (!address) {
    throw new Error(
      `${testEnvironment.postgres} is not set: run the tests through Jest, whose global setup starts PostgreSQL`,
    );
  }
  return address;
}

async function administer(statement: string): Promise<void> {
  const server = createPool({ connectionString: serverAddress(), max: 1 });
  try {
    await server.query(statement);
  } finally {
    await server.end();
  }
}
