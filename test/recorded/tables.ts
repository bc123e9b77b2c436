import type { Pool } from 'pg';
import { byText, canonicalJson, sortable } from './canonical-json.js';
import type { Names } from './names.js';

/** A table that is recorded at the end, and the columns that say which row is which. */
interface RecordedTable {
  readonly table: string;
  readonly key: readonly string[];
  /** Columns that are left out. */
  readonly without?: readonly string[];
}

export const RECORDED_TABLES: readonly RecordedTable[] = [
  { table: 'cases', key: ['id'] },
  { table: 'interaction', key: ['id'], without: ['payload'] },
  { table: 'thread_key', key: ['kind', 'value'] },
  { table: 'contact', key: ['id'] },
  { table: 'contact_identity', key: ['kind', 'value', 'contact_id'] },
  { table: 'case_event', key: ['case_id', 'seq'] },
  { table: 'case_link', key: ['from_case_id', 'to_case_id', 'kind'], without: ['id'] },
  { table: 'quarantine', key: ['interaction_id'] },
  { table: 'group_member', key: ['group_id', 'agent_id'] },
  { table: 'dead_letter', key: ['record_key'], without: ['id', 'record_value'] },
  { table: 'case_number_counter', key: ['account_id'] },
];

/**
 * One line per row of each table, in the order of the rows' names. Of an interaction's payload it says only whether it is
 * what was published.
 */
export async function tableLines(
  pool: Pool,
  names: Names,
  published: ReadonlyMap<string, ReadonlySet<string>>,
  write: (line: string) => void,
): Promise<void> {
  for (const { table, key, without = [] } of RECORDED_TABLES) {
    const texts = await readRows(pool, table, without, published);
    await names.learn(texts);
    const rows = texts.map((text) => JSON.parse(names.rename(text)) as Record<string, unknown>);
    const named = rows.map((row) => ({ row, name: sortable(key.map((column) => String(row[column])).join('\n')) }));
    named.sort((one, other) => byText(one.name, other.name));
    named.forEach(({ row }) => write(canonicalJson({ table, row })));
  }
}

async function readRows(
  pool: Pool,
  table: string,
  without: readonly string[],
  published: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query(`set timezone to 'UTC'`);
    const digest = table === 'interaction' ? 'md5(payload::text)' : 'null';
    const { rows } = await client.query<{ row: string; digest: string | null; id: string | null }>(
      `select (to_jsonb(t) - $1::text[])::text as row, ${digest} as digest, to_jsonb(t) ->> 'id' as id from ${table} t`,
      [without],
    );
    return rows.map(({ row, digest, id }) => {
      const isKept = digest === null ? null : (published.get(id ?? '')?.has(digest) ?? false);
      return isKept === null ? row : `${row.slice(0, -1)}, "payload": "${isKept ? 'as published' : 'changed'}"}`;
    });
  } finally {
    client.release(true);
  }
}
