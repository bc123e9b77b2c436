import { rowsOf, type Queryable } from '../../queryable.js';

/** Whether searches are answered by an index, and why not. */
export type SearchIndexState = 'indexed' | 'no-extension' | 'no-index';

const INDEXES = [
  { name: 'case_search_text', table: 'case_search' },
  { name: 'contact_search_text', table: 'contact_search' },
] as const;

export async function findSearchIndex(client: Queryable): Promise<SearchIndexState> {
  const [found] = await rowsOf<{ readonly extension: boolean; readonly index: boolean }>(client, {
    text: `
      select
        exists (select from pg_extension where extname = 'pg_trgm') as extension,
        (
          select count(*) = ${INDEXES.length} from pg_index
          where indexrelid in (${INDEXES.map(({ name }) => `to_regclass('${name}')`).join(', ')}) and indisvalid
        ) as index`,
  });
  if (found?.index === true) {
    return 'indexed';
  }
  return found?.extension === true ? 'no-index' : 'no-extension';
}

/**
 * Makes the indexes of cases and contacts, and before them the extension `pg_trgm`, which is part of PostgreSQL. A role that may not create
 * extensions, or a server that was installed without it, is no failure: searches then read all texts.
 */
export async function ensureSearchIndex(client: Queryable): Promise<SearchIndexState> {
  if ((await findSearchIndex(client)) === 'indexed') {
    return 'indexed';
  }
  await client.query(`
    do $$
    begin
      create extension if not exists pg_trgm;
    exception
      when insufficient_privilege or undefined_file or feature_not_supported then
        raise notice 'search does without pg_trgm: %', sqlerrm;
    end
    $$`);
  if ((await findSearchIndex(client)) === 'no-extension') {
    return 'no-extension';
  }
  for (const { name, table } of INDEXES) {
    await client.query(`create index if not exists ${name} on ${table} using gin (text gin_trgm_ops)`);
  }
  return 'indexed';
}
