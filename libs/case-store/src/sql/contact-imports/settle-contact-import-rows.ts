import type { Queryable } from '../../queryable.js';

interface Settled {
  readonly accountId: string;
  readonly importId: string;
  /** Most rows that are looked at, from the first that waits. */
  readonly limit: number;
}

/**
 * Writes down what became of rows whose facts are decided, and returns how many those were. A fact that had been decided
 * before the import has changed nothing this time.
 */
export async function settleContactImportRows(
  client: Queryable,
  { accountId, importId, limit }: Settled,
): Promise<number> {
  // Each fact by its key and each row by its place: tables that grow from nothing have no statistics, and every other plan of
  // such a join compares each with each.
  const { rowCount } = await client.query({
    text: `
      with waiting as materialized (
        select ctid as place, fact_id from contact_import_row
         where account_id = $1 and import_id = $2 and outcome is null
         order by row limit $3
      ), decided as materialized (
        select waiting.place, fact.outcome, fact.contact_id, fact.field, fact.reason
          from waiting
          cross join lateral (
            select outcome, contact_id, field, reason from contact_fact
             where account_id = $1 and id = waiting.fact_id limit 1
          ) as fact
      )
      update contact_import_row as noted
         set outcome = case
               when decided.outcome in ('flagged_shared', 'refused') then decided.outcome
               when noted.was_known or decided.outcome = 'unchanged' then 'unchanged'
               when decided.outcome = 'created' then 'created'
               else 'updated'
             end,
             contact_id = decided.contact_id, field = decided.field, reason = decided.reason
        from decided
       where noted.ctid = decided.place`,
    values: [accountId, importId, limit],
  });
  return rowCount ?? 0;
}

/** Refuses rows whose records were put aside as dead letters, which nobody will decide; returns how many those were. */
export async function refuseDeadContactImportRows(
  client: Queryable,
  { accountId, importId, topic }: Omit<Settled, 'limit'> & { readonly topic: string },
): Promise<number> {
  const { rowCount } = await client.query({
    text: `
      update contact_import_row as noted
         set outcome = 'refused', reason = 'was put aside as a dead letter: ' || letter.reason
        from dead_letter as letter
       where noted.account_id = $1 and noted.import_id = $2 and noted.outcome is null
         and letter.topic = $3 and letter.state <> 'replayed'
         and letter.record_headers ->> 'ce_id' = noted.fact_id::text`,
    values: [accountId, importId, topic],
  });
  return rowCount ?? 0;
}
