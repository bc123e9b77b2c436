import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { ACCOUNT_ID, aDeclaration, testDatabase, type TestDatabase } from '#libs/testing';
import { insertContactImport, insertContactImportRows } from './contact-imports.js';
import { declareConfiguration } from './declare-configuration.js';
import { loadPeople } from './load-people.js';
import { loadContactIdentities } from './sql/people/load-people.js';
import { loadContactTexts } from './sql/search/load-contact-texts.js';

/**
 * Tables that grow from nothing have no statistics until somebody analyses them, and a first import is over by then. What is
 * looked up for a batch must not grow with what else is there.
 */
const [FEW, MANY, BATCH] = [5_000, 80_000, 300] as const;
const IMPORT_ID = '01a20000-0000-7000-8000-000000000001';

let database: TestDatabase;
let client: PoolClient;
beforeAll(async () => {
  database = await testDatabase();
  await declareConfiguration(database.pool, aDeclaration());
  client = await database.pool.connect();
  for (const table of ['contact', 'contact_identity', 'contact_fact', 'contact_merge', 'contact_import_row']) {
    await client.query(`alter table ${table} set (autovacuum_enabled = false)`);
  }
  const begun = { fileSha256: 'a'.repeat(64), settings: {}, settingsSha256: 'b'.repeat(64) };
  const startedAt = new Date().toISOString();
  await insertContactImport(client, { accountId: ACCOUNT_ID, id: IMPORT_ID, ...begun, startedAt });
});
afterAll(async () => {
  client.release();
  await database.drop();
});

/** Contacts, each with an address and a number, and a fact for each. */
async function fill(from: number, to: number): Promise<void> {
  await client.query(
    `with made as (
       insert into contact (account_id, id, name, created_at)
       select $1, gen_random_uuid(), 'Nome ' || n, now() - n * interval '1 ms' from generate_series($2::int, $3::int) as n returning id, name
     ), named as (
       insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
       select $1, kind, value, id, value, now() from made
       cross join lateral (values ('email', name || '@lumen.example'), ('phone', '+3512' || substr(name, 6))) as v (kind, value)
     )
     insert into contact_fact (account_id, id, outcome, contact_id, decided_at)
     select $1, gen_random_uuid(), 'created', id, now() from made`,
    [ACCOUNT_ID, from, to],
  );
}

async function someIds(table: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`select id from ${table} order by id desc limit ${BATCH}`);
  return rows.map(({ id }) => id);
}

/** Blocks of tables and indexes that something looked at, and rows that it found there. */
async function readBy(doing: () => Promise<unknown>): Promise<number> {
  const before = await readSoFar();
  await doing();
  return (await readSoFar()) - before;
}

async function readSoFar(): Promise<number> {
  await client.query('select pg_stat_force_next_flush()');
  const { rows } = await client.query<{ all: number }>(`
    select (
      (select sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read) from pg_statio_user_tables)
      + (select sum(seq_tup_read) from pg_stat_user_tables) + (select sum(idx_tup_read) from pg_stat_user_indexes)
    )::int as all`);
  return rows[0]?.all ?? 0;
}

let nextRow = 1;
const lookups: Readonly<Record<string, { readonly of: string; readonly lookUp: (ids: string[]) => Promise<unknown> }>> =
  {
    'people of a batch': {
      of: 'contact',
      async lookUp(ids) {
        await client.query('begin');
        await loadPeople(client, ACCOUNT_ID, { people: new Set(ids), peopleNamed: new Map() });
        await client.query('commit');
      },
    },
    'their identities': { of: 'contact', lookUp: (ids) => loadContactIdentities(client, ACCOUNT_ID, ids) },
    'texts of contacts': { of: 'contact', lookUp: (ids) => loadContactTexts(client, ACCOUNT_ID, ids) },
    'facts that are known': {
      of: 'contact_fact',
      lookUp(ids) {
        const rows = ids.map((factId) => ({ row: nextRow, line: nextRow++, factId, field: null, reason: null }));
        return insertContactImportRows(client, { accountId: ACCOUNT_ID, importId: IMPORT_ID }, rows);
      },
    },
  };

async function measured(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, { of, lookUp }] of Object.entries(lookups)) {
    const ids = await someIds(of);
    found[name] = await readBy(() => lookUp(ids));
  }
  return found;
}

describe('what is looked up for a batch, while no table was ever analysed', () => {
  it('does not grow with what else is there', async () => {
    await fill(1, FEW);
    const few = await measured();
    await fill(FEW + 1, MANY);
    const many = await measured();
    const ratios = Object.entries(many).map(([name, now]) => [name, now / (few[name] ?? 0)] as const);
    expect(ratios.filter(([, ratio]) => !(ratio < 1.5))).toEqual([]);
  });
});
