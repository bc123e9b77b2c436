import { rowsOf, type Queryable } from '../../queryable.js';

/** Rows of a table that still mention somebody. */
export interface LeftTrace {
  readonly table: string;
  readonly rows: number;
}

interface TableColumns {
  readonly table: string;
  readonly has_account: boolean;
  readonly bytes: readonly string[];
}

/** Who is erased, and what is deleted with the last step; records of the log are removed by the log. */
const BESIDE = [
  'contact',
  'contact_identity',
  'contact_search',
  'case_search',
  'contact_erasure',
  'outbox',
  'log_record',
];

/**
 * Looks through every table that there is, so that one of which nobody thought is found: rows that say what a person is
 * known by, in whichever column. All rows of the account are read. What cases under a legal hold say is left out.
 */
export async function findLeftTraces(client: Queryable, accountId: string, pattern: string): Promise<LeftTrace[]> {
  const tables = await rowsOf<TableColumns>(client, {
    name: 'find_tables',
    text: `
      select c.relname as table,
        bool_or(a.attname = 'account_id') as has_account,
        coalesce(array_agg(a.attname) filter (where a.atttypid = 'bytea'::regtype), '{}')::text[] as bytes
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname <> all ($1::text[])
      group by c.relname
      order by c.relname`,
    values: [BESIDE],
  });
  const left: LeftTrace[] = [];
  for (const table of tables) {
    const [found] = await rowsOf<{ rows: number }>(client, {
      text: countText(table),
      values: table.has_account ? [pattern, accountId] : [pattern],
    });
    if (found !== undefined && found.rows > 0) {
      left.push({ table: table.table, rows: found.rows });
    }
  }
  return left;
}

function countText({ table, has_account: hasAccount, bytes }: TableColumns): string {
  const name = `"${table.replaceAll('"', '""')}"`;
  const escaped = bytes.map((column) => `replace(encode(coalesce(t."${column}", ''), 'escape'), '\\000', '')`);
  const held = HELD[table] ?? 'true';
  return `
    select count(*)::int as rows from ${name} t
    where concat_ws(E'\\n', ${['t::text', ...escaped].join(', ')}) ~* $1
      ${hasAccount ? 'and (t.account_id = $2 or t.account_id is null)' : ''} and ${held}`;
}

const isHeld = (column: string): string =>
  `not exists (select 1 from legal_hold h where h.account_id = t.account_id and h.case_id = t.${column})`;

const HELD: Readonly<Record<string, string>> = {
  cases: isHeld('id'),
  case_event: isHeld('case_id'),
  case_search: isHeld('case_id'),
  comment: isHeld('case_id'),
  interaction: isHeld('case_id'),
  thread_key: isHeld('case_id'),
};
