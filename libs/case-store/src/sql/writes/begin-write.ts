import type { PoolClient, QueryResult } from 'pg';

/** High half of the keys of advisory locks that writes show; differs from the other numbers that are locked here. */
export const WRITE_LOCKS = 1_129_535_059;

/**
 * One message to the server, three statements in this order: the write shows itself by a lock whose low half is the
 * millisecond, and only then asks what time it is. Nobody ever waits for a shared lock that all take shared.
 */
const BEGIN = `
  begin;
  select pg_advisory_xact_lock_shared(
    (${WRITE_LOCKS}::bigint << 32) | (floor(extract(epoch from clock_timestamp()) * 1000)::bigint & 4294967295)
  );
  select clock_timestamp() as now;`;

/**
 * Begins a transaction that writes cases, and returns its moment by the clock of the database, which is the same for all
 * processes. Until it ends, `settledUntil` is at or before that moment.
 */
export async function beginWrite(client: PoolClient): Promise<Date> {
  // The driver answers several statements with a list, of which its types know nothing.
  const results = (await client.query(BEGIN)) as unknown as readonly QueryResult<{ now: Date }>[];
  const now = results.at(-1)?.rows[0]?.now;
  if (now === undefined) {
    throw new Error('the database did not say what time it is');
  }
  return now;
}
