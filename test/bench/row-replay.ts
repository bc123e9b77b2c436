import type { Pool, PoolClient } from 'pg';
import { captureInteractionUpdates, TOLD_BEFORE } from './calls/interaction-update-replay.js';
import { captureCaseUpdates } from './case-update-replay.js';
import { type Column, type Mark, type TableRows, WRITTEN_TABLES, type WrittenTable } from './table-rows.js';

/** Rows keep the order in which they were written, but an identity must come in the batch of its contact. */
const ORDER: Partial<Record<WrittenTable, string>> = {
  cases: 'id',
  contact: 'reverse(id::text)',
  contact_identity: 'reverse(contact_id::text)',
};

/** Rows that are newer and were there before: their updates are captured apart. */
const MADE_BEFORE: Partial<Record<WrittenTable, string>> = {
  cases: `not exists (
    select from case_event e
    where e.account_id = cases.account_id and e.case_id = cases.id and e.seq = 1 and e.xmin::text::bigint > $1::bigint)`,
  interaction: TOLD_BEFORE,
};

export async function markRows(pool: Pool): Promise<Mark> {
  const { rows } = await pool.query<{ now: Mark }>('select pg_current_xact_id()::text as now');
  return rows[0]?.now ?? '0';
}

/**
 * The bare SQL limit: rows that case-builder has written are read back and written again into another database, with
 * one `insert … select from unnest` per table and batch, and one `update … from unnest` for cases and interactions that were there before,
 * on one connection, with nothing decided on the way.
 *
 * This reads what was written since the mark, ready to be sent again in `batches` pieces.
 */
export async function captureRows(pool: Pool, mark: Mark, batches: number): Promise<TableRows[]> {
  const captured: TableRows[] = [];
  for (const table of WRITTEN_TABLES) {
    captured.push(await captureTable(pool, table, mark, batches));
    if (table === 'cases') {
      captured.push(await captureCaseUpdates(pool, await columnsOf(pool, table), mark, batches));
    }
    if (table === 'interaction') {
      captured.push(await captureInteractionUpdates(pool, await columnsOf(pool, table), mark, batches));
    }
  }
  return captured.filter(({ rows }) => rows > 0);
}

/** Writes the rows in batches, one transaction each, on one connection; returns the seconds that it took. */
export async function replayRows(pool: Pool, captured: readonly TableRows[]): Promise<number> {
  const batches = Math.max(...captured.map((table) => table.batches.length));
  const client = await pool.connect();
  try {
    const started = performance.now();
    for (let batch = 0; batch < batches; batch += 1) {
      await replayBatch(client, captured, batch);
    }
    return (performance.now() - started) / 1000;
  } finally {
    client.release();
  }
}

async function replayBatch(client: PoolClient, captured: readonly TableRows[], batch: number): Promise<void> {
  await client.query('begin');
  for (const { table, statement, batches } of captured) {
    for (const values of batches[batch] ?? []) {
      await client.query({ name: `${statement.slice(0, 6)}_${table}`, text: statement, values: [...values] });
    }
  }
  await client.query('commit');
}

async function captureTable(pool: Pool, table: WrittenTable, mark: Mark, batches: number): Promise<TableRows> {
  const columns = await columnsOf(pool, table);
  if (columns.some(({ type }) => type === 'bytea')) {
    return captureBytes(pool, table, columns, mark, batches);
  }
  const literals = columns.map(({ name, type }, index) => {
    return `array_agg(${type.endsWith('[]') ? `${name}::text` : name} order by place)::text as c${index}`;
  });
  const { rows } = await pool.query<Record<string, string>>(
    `with newer as (
       select *, row_number() over (order by ${ORDER[table] ?? 'ctid'}) - 1 as place, count(*) over () as total
         from ${table} where xmin::text::bigint > $1::bigint and not (${MADE_BEFORE[table] ?? 'false'}))
     select count(*)::text as count, ${literals.join(', ')}
       from newer group by place * $2::int / total order by place * $2::int / total`,
    [mark, batches],
  );
  return {
    table,
    rows: rows.reduce((sum, row) => sum + Number(row['count']), 0),
    statement: statementOf(table, columns),
    batches: rows.map((row) => [columns.map((_, index) => row[`c${index}`] ?? '{}')]),
  };
}

/** Few and large rows: bytes inside of an array would travel as text, which no program would do. */
async function captureBytes(
  pool: Pool,
  table: WrittenTable,
  columns: readonly Column[],
  mark: Mark,
  batches: number,
): Promise<TableRows> {
  const names = columns.map(({ name }) => name);
  const { rows } = await pool.query<unknown[]>({
    text: `select ${names.join(', ')} from ${table} where xmin::text::bigint > $1::bigint order by ctid`,
    values: [mark],
    rowMode: 'array',
  });
  return {
    table,
    rows: rows.length,
    statement: `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    batches: Array.from({ length: batches }, (_, batch) =>
      rows.filter((_row, index) => Math.floor((index * batches) / rows.length) === batch),
    ),
  };
}

async function columnsOf(pool: Pool, table: string): Promise<Column[]> {
  const { rows } = await pool.query<Column>(
    `select attname as name, format_type(atttypid, null) as type
       from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''
      order by attnum`,
    [table],
  );
  return rows;
}

/** `unnest` flattens arrays of arrays, so what is an array itself travels as the text of its literal. */
function statementOf(table: string, columns: readonly Column[]): string {
  const parameters = columns.map(({ type }, index) => `$${index + 1}::${type.endsWith('[]') ? 'text' : type}[]`);
  const selected = columns.map(({ type }, index) => (type.endsWith('[]') ? `c${index}::${type}` : `c${index}`));
  const names = columns.map((_, index) => `c${index}`);
  return `insert into ${table} (${columns.map(({ name }) => name).join(', ')})
    select ${selected.join(', ')} from unnest(${parameters.join(', ')}) as u (${names.join(', ')})`;
}
