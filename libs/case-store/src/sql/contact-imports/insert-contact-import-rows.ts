import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** A row that is about to become durable, or is refused. */
export interface NewContactImportRow {
  readonly row: number;
  readonly line: number;
  /** Null: refused. */
  readonly factId: string | null;
  readonly field: string | null;
  readonly reason: string | null;
}

/**
 * Notes rows before their facts are published, and which of those facts were decided before. A row that is noted stays as it
 * is: whoever goes on after a crash must not take what the first run did for something older.
 */
export async function insertContactImportRows(
  client: Queryable,
  { accountId, importId }: { readonly accountId: string; readonly importId: string },
  rows: readonly NewContactImportRow[],
): Promise<void> {
  await client.query({
    text: `
      insert into contact_import_row (
        account_id, import_id, row, line, fact_id, was_known, outcome, field, reason
      )
      select
        $1, $2, given.row, given.line, given.fact_id,
        known.id is not null,
        case when given.fact_id is null then 'refused' end, given.field, given.reason
      from unnest($3::bigint[], $4::bigint[], $5::uuid[], $6::text[], $7::text[])
        as given (row, line, fact_id, field, reason)
      -- Each fact by its key: "exists" reads all of the account's into a hash, for every batch.
      left join lateral (
        select id from contact_fact where account_id = $1 and id = given.fact_id
        offset 0
      ) as known on true
      on conflict (account_id, import_id, row) do nothing`,
    values: [
      accountId,
      importId,
      plainArray(rows.map(({ row }) => row)),
      plainArray(rows.map(({ line }) => line)),
      plainArray(rows.map(({ factId }) => factId)),
      textArray(rows.map(({ field }) => field)),
      textArray(rows.map(({ reason }) => reason)),
    ],
  });
}
