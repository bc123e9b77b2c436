import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { joinedJson, plainArray, textArray } from './array-literals.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000'));

describe('array literals', () => {
  it('bring any text through PostgreSQL unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.oneof(storable, fc.constantFrom('', 'NULL', '{}', '"', '\\', ','))), { minLength: 1 }),
        async (texts) => {
          const { rows } = await database.pool.query<{ texts: string[] }>('select $1::text[] as texts', [
            textArray(texts),
          ]);
          expect(rows[0]?.texts).toEqual(texts);
        },
      ),
    );
  });

  it('bring any JSON through PostgreSQL unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.json().filter((text) => !text.includes('\\u0000')),
          { minLength: 1 },
        ),
        async (texts) => {
          const { rows } = await database.pool.query<{ texts: string[] }>(
            `select array(select t::json::text from unnest(string_to_array($1, E'\\x1e')) as t) as texts`,
            [joinedJson(texts)],
          );
          expect(rows[0]?.texts).toEqual(texts);
        },
      ),
    );
  });

  it('hold ids, numbers and nothing', async () => {
    const { rows } = await database.pool.query(
      'select $1::int[] as numbers, $2::boolean[] as answers, $3::uuid[] as ids',
      [plainArray([1, null, -3]), plainArray([true, false]), plainArray([])],
    );
    expect(rows).toEqual([{ numbers: [1, null, -3], answers: [true, false], ids: [] }]);
  });
});
