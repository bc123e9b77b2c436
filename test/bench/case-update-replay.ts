import type { Pool } from 'pg';
import type { Column, Mark, TableRows } from './table-rows.js';

/** Columns that are written once, when a case comes into being. */
const LASTING = new Set(['account_id', 'id', 'number', 'follow_up_of_id', 'root_case_id', 'created_at']);

/**
 * The updates of cases since the mark, as bare SQL would make them: one for each transaction and each case that it changed
 * and did not make, in the order of the transactions, with the values that the case has now.
 */
export async function captureCaseUpdates(
  pool: Pool,
  columns: readonly Column[],
  mark: Mark,
  batches: number,
): Promise<TableRows> {
  const literals = columns.map(({ name, type }, index) => {
    return `array_agg(${type.endsWith('[]') ? `c.${name}::text` : `c.${name}`} order by place)::text as c${index}`;
  });
  const { rows } = await pool.query<Record<string, string>>(
    `with touched as (
       select distinct e.xmin::text::bigint as writer, e.account_id, e.case_id
         from case_event e
        where e.xmin::text::bigint > $1::bigint and not exists (
          select from case_event b
           where b.account_id = e.account_id and b.case_id = e.case_id and b.seq = 1 and b.xmin = e.xmin)
     ), placed as (
       select *, row_number() over (order by writer, case_id) - 1 as place, count(*) over () as total from touched)
     select count(*)::text as count, ${literals.join(', ')}
       from placed p join cases c on c.account_id = p.account_id and c.id = p.case_id
      group by place * $2::int / total order by place * $2::int / total`,
    [mark, batches],
  );
  return {
    table: 'cases',
    rows: rows.reduce((sum, row) => sum + Number(row['count']), 0),
    statement: statementOf(columns),
    batches: rows.map((row) => [columns.map((_, index) => row[`c${index}`] ?? '{}')]),
  };
}

function statementOf(columns: readonly Column[]): string {
  const parameters = columns.map(({ type }, index) => `$${index + 1}::${type.endsWith('[]') ? 'text' : type}[]`);
  const set = columns.flatMap(({ name, type }, index) => {
    return LASTING.has(name) ? [] : [`${name} = u.c${index}${type.endsWith('[]') ? `::${type}` : ''}`];
  });
  const at = (name: string): string => `u.c${columns.findIndex((column) => column.name === name)}`;
  return `update cases set ${set.join(', ')}
    from unnest(${parameters.join(', ')}) as u (${columns.map((_, index) => `c${index}`).join(', ')})
    where cases.account_id = ${at('account_id')} and cases.id = ${at('id')}`;
}
