import type { Pool } from 'pg';
import type { Column, Mark, TableRows } from '../table-rows.js';

/** Columns that a further fact about a call leaves alone. */
const LASTING = new Set(['account_id', 'id', 'channel', 'external_id']);

/** Rows that stood there before the mark: a fact about them is older. */
export const TOLD_BEFORE = `exists (
    select from fact f
    where f.account_id = interaction.account_id and f.interaction_id = interaction.id
      and f.xmin::text::bigint <= $1::bigint)`;

/** The revisions of interactions since the mark, as bare SQL would make them: each row that facts revised, once. */
export async function captureInteractionUpdates(
  pool: Pool,
  columns: readonly Column[],
  mark: Mark,
  batches: number,
): Promise<TableRows> {
  const literals = columns.map(({ name, type }, index) => {
    return `array_agg(${type.endsWith('[]') ? `${name}::text` : name} order by place)::text as c${index}`;
  });
  const { rows } = await pool.query<Record<string, string>>(
    `with revised as (
       select *, row_number() over (order by ctid) - 1 as place, count(*) over () as total
         from interaction where xmin::text::bigint > $1::bigint and ${TOLD_BEFORE})
     select count(*)::text as count, ${literals.join(', ')}
       from revised group by place * $2::int / total order by place * $2::int / total`,
    [mark, batches],
  );
  return {
    table: 'interaction',
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
  return `update interaction set ${set.join(', ')}
    from unnest(${parameters.join(', ')}) as u (${columns.map((_, index) => `c${index}`).join(', ')})
    where interaction.account_id = ${at('account_id')} and interaction.id = ${at('id')}`;
}
