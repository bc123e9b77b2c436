import type { Pool } from 'pg';
import { WRITTEN_TABLES } from './table-rows.js';

/** How much a database has grown, and how far the server's write-ahead log has come. Bytes. */
export interface Grown {
  /** With their indexes and what is kept out of line. */
  readonly tables: ReadonlyMap<string, number>;
  readonly wal: number;
}

export async function measureGrown(pool: Pool): Promise<Grown> {
  const { rows } = await pool.query<{ table: string; bytes: number; wal: number }>(
    `select name as table, pg_total_relation_size(name::regclass)::float8 as bytes,
       (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 as wal
     from unnest($1::text[]) as name`,
    [WRITTEN_TABLES],
  );
  return { tables: new Map(rows.map(({ table, bytes }) => [table, bytes])), wal: rows[0]?.wal ?? 0 };
}

/** What was added between two looks. */
export function grownBetween(before: Grown, after: Grown): Grown {
  const tables = [...after.tables].map(([table, bytes]) => [table, bytes - (before.tables.get(table) ?? 0)] as const);
  return { tables: new Map(tables), wal: after.wal - before.wal };
}
