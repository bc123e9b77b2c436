import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { testDatabase, type TestDatabase } from '#libs/testing';

import { classifyPostgresError } from './classify-postgres-error.js';
import { transaction } from './transaction.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ template: 'empty' });
  await database.pool.query('create table item (id integer primary key)');
});
beforeEach(async () => {
  await database.pool.query('delete from item');
});
afterAll(() => database.drop());

const count = async () => (await database.pool.query<{ n: number }>('select count(*)::int as n from item')).rows[0]?.n;

describe('transaction', () => {
  it('commits what resolves and hands its value on', async () => {
    const value = await transaction(database.pool, async (client) => {
      await client.query('insert into item values (1)');
      return 'done';
    });
    expect([value, await count()]).toEqual(['done', 1]);
  });

  it('rolls back what throws and passes that on', async () => {
    const failing = transaction(database.pool, async (client) => {
      await client.query('insert into item values (1)');
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await count()).toBe(0);
  });

  it('does not pass a silent rollback off as a commit', async () => {
    const swallowing = transaction(database.pool, async (client) => {
      await client.query('insert into item values (1)');
      await client.query('insert into item values (1)').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('rolled back');
    expect(await count()).toBe(0);
  });

  it('survives a connection that is cut between two queries, and does not use it again', async () => {
    const cut = transaction(database.pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await client.query('insert into item values (1)');
    });
    const error: unknown = await cut.catch((caught: unknown) => caught);
    expect(classifyPostgresError(error)).toBe('transient');
    expect(await Promise.all(Array.from({ length: 10 }, count))).toEqual(Array(10).fill(0));
  });
});
