import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from '@jest/globals';
import { CASE_STORE_MIGRATIONS } from '#libs/case-store';
import { migrate } from '#libs/postgres';
import { testDatabase } from '#libs/testing';

it('links from before they had names get names that sort by their times', async () => {
  const database = await testDatabase({ template: 'empty' });
  const folder = await mkdtemp(join(tmpdir(), 'casewright-migrations-'));
  try {
    for (const file of (await readdir(CASE_STORE_MIGRATIONS.directory)).filter((name) => name <= '000017.sql')) {
      await cp(new URL(file, CASE_STORE_MIGRATIONS.directory), join(folder, file));
    }
    await migrate(database.pool, { ...CASE_STORE_MIGRATIONS, directory: pathToFileURL(`${folder}/`) });
    await database.pool.query(`
      insert into case_link (account_id, from_case_id, to_case_id, kind, created_at)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), kind, at
      from unnest(array['2026-03-02T09:15:30.123Z', '2026-03-01T00:00:00.000Z', '2026-12-24T18:00:00.999Z']::timestamptz[]) at
      cross join unnest(array['merged', 'related', 'follow_up']) kind`);
    await migrate(database.pool, CASE_STORE_MIGRATIONS);
    const { rows } = await database.pool.query<{ id: string; created_at: Date; created_by: unknown }>(
      'select id, created_at, created_by from case_link order by id',
    );
    for (const { id, created_at: at, created_by: by } of rows) {
      expect([id, Number.parseInt(id.replace('-', '').slice(0, 12), 16), by]).toEqual([
        expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        at.getTime(),
        null,
      ]);
    }
    expect(new Set(rows.map(({ id }) => id)).size).toBe(9);
  } finally {
    await database.drop();
    await rm(folder, { recursive: true });
  }
});
