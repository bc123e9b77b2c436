import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { startTcpProxy, testDatabase, type TcpProxy, type TestDatabase, waitUntil } from '#libs/testing';
import { classifyPostgresError } from '../classify-postgres-error.js';
import { createPool } from '../create-pool.js';

const SILENCE = { silentMs: 600, lookEveryMs: 100, askMs: 500 };

let database: TestDatabase;
let proxy: TcpProxy;
let pool: Pool;
beforeEach(async () => {
  database = await testDatabase();
  const url = new URL(database.connectionString);
  proxy = await startTcpProxy({ port: Number(url.port) });
  url.port = String(proxy.port);
  pool = createPool({ connectionString: url.href, applicationName: 'watched', silence: SILENCE });
});
afterEach(async () => {
  proxy.set({});
  await pool.end();
  await proxy.close();
  await database.drop();
});

const rejection = (query: Promise<unknown>): Promise<unknown> =>
  query.then(
    () => null,
    (error: unknown) => error,
  );

/** Sessions of the pool that the server knows. */
async function sessions(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where application_name = 'watched'`,
  );
  return rows[0]?.count ?? 0;
}

describe('a pool whose connections are half open', () => {
  it.each(['to-server', 'to-client'] as const)('gives them up and goes on over new ones: %s', async (direction) => {
    await pool.query('select 1');
    proxy.set({ mode: 'hang', direction });
    const failed = rejection(pool.query('select 2'));
    expect(classifyPostgresError(await failed)).toBe('transient');
    proxy.set({});
    expect((await pool.query<{ three: number }>('select 3 as three')).rows).toEqual([{ three: 3 }]);
  });

  it('frees what their sessions hold as soon as the server can be asked', async () => {
    const client = await pool.connect();
    await client.query('select pg_advisory_lock(7)');
    proxy.set({ mode: 'hang', only: 'present' });
    await rejection(client.query('select 2'));
    client.release(true);
    await waitUntil(
      async () => (await sessions()) === 0,
      5_000,
      () => 'the session is still there',
    );
    const { rows } = await database.pool.query<{ won: boolean }>('select pg_try_advisory_lock(7) as won');
    expect(rows).toEqual([{ won: true }]);
  });

  it('lets a session alone that works, however long it takes', async () => {
    expect((await pool.query<{ done: number }>('select 1 as done from pg_sleep(2)')).rows).toEqual([{ done: 1 }]);
  });

  it('lets a session alone that waits for a lock', async () => {
    const [holder, waiter] = [await database.pool.connect(), await pool.connect()];
    await holder.query('select pg_advisory_lock(8)');
    const waiting = waiter.query('select pg_advisory_lock(8)');
    await new Promise((resolve) => setTimeout(resolve, 4 * SILENCE.silentMs));
    await holder.query('select pg_advisory_unlock(8)');
    await waiting;
    [holder, waiter].forEach((client) => client.release(true));
  });
});
