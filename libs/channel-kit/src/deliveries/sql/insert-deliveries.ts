import type { Pool } from 'pg';
import { selectRows, textOfRows } from '../row-text.js';

/** Rows of requests that were not taken, for each connection in each hour (channels.md I). */
export const MOST_UNTAKEN_ROWS = 1_000;

/** What became of rows. */
export interface InsertedDeliveries {
  /** Connections that have had all of the rows that their untaken requests get in this hour. */
  readonly exhausted: readonly string[];
  /** Rows beyond that, which were not written. */
  readonly beyond: number;
}

/**
 * Writes rows (`deliveryRow`), each once however often it is tried. Of requests that were refused or could not be read, all
 * processes together write `MOST_UNTAKEN_ROWS` for each connection in each hour. What belongs to an interaction that was
 * erased or redacted in the meantime is written without what it said.
 */
export async function insertDeliveries(
  pool: Pool,
  accountId: string,
  rows: readonly string[],
): Promise<InsertedDeliveries> {
  const result = await pool.query<InsertedDeliveries>({
    name: 'insert-deliveries',
    text: INSERT,
    values: [accountId, textOfRows(rows), MOST_UNTAKEN_ROWS],
  });
  return result.rows[0] ?? { exhausted: [], beyond: 0 };
}

/** In the order of `deliveryRow`. */
const COLUMNS = [
  ['id', 'uuid'],
  ['received_at', 'timestamptz'],
  ['connection', 'text'],
  ['path', 'text'],
  ['content_type', 'text'],
  ['bytes', 'int'],
  ['verdict', 'text'],
  ['reason', 'text'],
  ['signed_address', 'text'],
  ['event_ids', 'text[]'],
  ['interaction_ids', 'uuid[]'],
  ['milliseconds', 'int'],
  ['answer', 'int'],
  ['body', 'json'],
  ['beginning', 'text'],
  ['facts', 'json'],
] as const;

const INSERT = `
  with given as (
    select *, verdict in ('refused', 'malformed') as untaken from (${selectRows('$2', COLUMNS)}) as row
  ), asked as (
    select connection, count(*)::int as rows from given where untaken group by connection
  ), allowed as (
    insert into delivery_allowance as before (account_id, connection, hour, rows, granted)
    select $1, connection, date_trunc('hour', now()), least(rows, $3), least(rows, $3) from asked order by connection
    on conflict (account_id, connection) do update set
      hour = excluded.hour,
      rows = least($3, excluded.rows + case when before.hour = excluded.hour then before.rows else 0 end),
      granted = least(excluded.rows, $3 - case when before.hour = excluded.hour then before.rows else 0 end)
    returning connection, rows, granted
  ), placed as (
    select given.*, row_number() over (partition by connection, untaken order by id) as place from given
  ), inserted as (
    insert into delivery (
      account_id, id, received_at, connection, path, content_type, bytes, verdict, reason, signed_address, event_ids,
      interaction_ids, milliseconds, answer, body, beginning, facts, redacted_at
    )
    select $1, id, received_at, connection, path, content_type, bytes, verdict, reason,
      case when gone.at is null then signed_address end,
      case when gone.at is null then event_ids else '{}' end,
      interaction_ids, milliseconds, answer,
      case when gone.at is null then body end, beginning,
      case when gone.at is null then facts else '[]' end, gone.at
    from placed
    left join lateral (
      select now() as at from interaction i
      where i.account_id = $1 and i.id = any (placed.interaction_ids)
        and (i.outcome = 'erased' or i.redacted_at is not null)
      limit 1
    ) gone on true
    where not untaken or place <= (select granted from allowed where allowed.connection = placed.connection)
    on conflict (account_id, id) do nothing
  )
  select
    coalesce((select sum(asked.rows - allowed.granted) from asked join allowed using (connection)), 0)::int as beyond,
    array(select connection from allowed where allowed.rows >= $3) as exhausted`;
