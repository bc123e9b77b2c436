import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { testDatabase, type TestDatabase } from '#libs/testing';

import { migrate } from './migrate.js';
import { MigrationError } from './migration-files.js';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await testDatabase({ template: 'empty' });
  folder = await mkdtemp(path.join(tmpdir(), 'casewright-migrations-'));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const put = (name: string, sql: string) => writeFile(path.join(folder, name), sql);
const run = (set = 'store') => migrate(database.pool, { set, directory: pathToFileURL(folder) });
const tables = async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  );
  return rows.map(({ name }) => name).filter((name) => name !== 'schema_migration');
};

describe('migrate', () => {
  it('applies the newer files only, in order', async () => {
    await put('000001.sql', 'create table a (id int); create table b (id int);');
    expect(await run()).toEqual([1]);
    await put('000002.sql', 'alter table a add column name text; insert into a values (1, $$x$$);');
    await put('000003.sql', 'create table c as select * from a;');
    expect(await run()).toEqual([2, 3]);
    expect(await run()).toEqual([]);
    expect(await tables()).toEqual(['a', 'b', 'c']);
  });

  it('lets many starters come at once', async () => {
    await put('000001.sql', 'create table a (id int); select pg_sleep(0.1);');
    await put('000002.sql', 'create table b (id int);');
    const results = await Promise.all([run(), run(), run(), run()]);
    expect(results.flat()).toEqual([1, 2]);
  });

  it('counts each set by itself', async () => {
    await put('000001.sql', 'create table if not exists a (id int)');
    expect([await run('one'), await run('other')]).toEqual([[1], [1]]);
  });

  it('undoes a file that fails, keeps those before it, and frees the lock', async () => {
    await put('000001.sql', 'create table a (id int)');
    await put('000002.sql', 'create table b (id int); select 1 / 0;');
    await expect(run()).rejects.toThrow('Migration 000002.sql of set "store" failed: division by zero');
    expect(await tables()).toEqual(['a']);
    await put('000002.sql', 'create table b (id int)');
    expect(await run()).toEqual([2]);
  });

  it('refuses a file that was changed after it had been applied, but not other line ends', async () => {
    await put('000001.sql', 'create table a (id int);\n-- end\n');
    await run();
    await put('000001.sql', 'create table a (id int);\r\n-- end\r\n');
    expect(await run()).toEqual([]);
    await put('000001.sql', 'create table a (id bigint);\n-- end\n');
    await expect(run()).rejects.toThrow('was changed after it had been applied');
  });

  it('refuses a database that is newer than the program', async () => {
    await put('000001.sql', 'create table a (id int)');
    await put('000002.sql', 'create table b (id int)');
    await run();
    await rm(path.join(folder, '000002.sql'));
    await expect(run()).rejects.toThrow('The database is newer than this program');
  });

  it('refuses gaps and names that are no numbers', async () => {
    await put('000001.sql', 'select 1');
    await put('000003.sql', 'select 1');
    await expect(run()).rejects.toThrow(MigrationError);
    await rm(path.join(folder, '000003.sql'));
    await put('fix.sql', 'select 1');
    await expect(run()).rejects.toThrow('expected number 2, found fix.sql');
  });
});
