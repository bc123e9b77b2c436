import { describe, expect, it } from '@jest/globals';

import { testDatabase } from './test-database.js';

describe('testDatabase', () => {
  it('is a migrated copy of its own, gone after drop', async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    await one.pool.query('create table only_here (id integer)');
    const { rows } = await other.pool.query(
      "select to_regclass('only_here') is null as alone, to_regclass('schema_migration') is not null as migrated",
    );
    expect(rows).toEqual([{ alone: true, migrated: true }]);
    const name = new URL(one.connectionString).pathname.slice(1);
    await one.drop();
    const left = await other.pool.query('select 1 from pg_database where datname = $1', [name]);
    expect(left.rowCount).toBe(0);
    await other.drop();
  });

  it('can be empty', async () => {
    const database = await testDatabase({ template: 'empty' });
    const { rows } = await database.pool.query("select to_regclass('schema_migration') as found");
    expect(rows).toEqual([{ found: null }]);
    await database.drop();
  });
});
