import { rowsOf, type Queryable } from '../../queryable.js';
import { WRITE_LOCKS } from './begin-write.js';

interface ShownWrites {
  readonly now: Date;
  /** Low 32 bits of the milliseconds in which they began. */
  readonly begun: readonly number[];
}

/**
 * No write that is still under way, and none to come, has an instant (`updated_at`) before this one: ISO 8601. What is
 * read afterwards, in a statement of its own, has everything before it. Who reads rows in the order of their writes
 * shows those before it, and comes back for the others.
 */
export async function settledUntil(client: Queryable): Promise<string> {
  const [shown] = await rowsOf<ShownWrites>(client, {
    name: 'settled_until',
    // The time of the statement is that before it looks at the locks: who shows up later has a later one.
    text: `
      select
        statement_timestamp() as now,
        array(
          select objid::bigint::float8 from pg_locks
          where locktype = 'advisory' and classid = $1 and objsubid = 1
            and database = (select oid from pg_database where datname = current_database())
        ) as begun`,
    values: [WRITE_LOCKS],
  });
  if (shown === undefined) {
    throw new Error('the database did not say what time it is');
  }
  return new Date(oldestOf(shown.now.getTime(), shown.begun)).toISOString();
}

/**
 * The earliest of the instants, in milliseconds, and of now. Those that began are told by their low 32 bits, which is
 * enough to tell 24 days, and no transaction is that old.
 */
export function oldestOf(now: number, begun: readonly number[]): number {
  // `| 0` takes the difference modulo 2^32, with its sign.
  return Math.min(now, ...begun.map((low) => now - ((now - low) | 0)));
}
