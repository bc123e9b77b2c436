import { isNativeError } from 'node:util/types';
import type { Pool, PoolClient } from 'pg';
import { errorCode } from '#libs/runtime';

/**
 * Runs `work` in one transaction: committed when it resolves, rolled back when it throws.
 * Rejects with what `work` threw, or with the error of the commit; the connection is then dropped if it is broken.
 */
export function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return transactionBegunBy(pool, (client) => client.query('begin'), work);
}

/** `transaction` whose first statements are the caller's, `begin` among them; `work` is told what they came to. */
export async function transactionBegunBy<Begun, T>(
  pool: Pool,
  begin: (client: PoolClient) => Promise<Begun>,
  work: (client: PoolClient, begun: Begun) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const begun = await begin(client);
    const result = await work(client, begun);
    const { command } = await client.query('commit');
    refuseSilentRollback(command);
    return result;
  } catch (error) {
    broken = (await rollback(client)) ?? outdated(error);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** PostgreSQL answers a commit of a failed transaction with ROLLBACK and no error: `work` swallowed one. */
function refuseSilentRollback(command: string): void {
  if (command !== 'COMMIT') {
    throw new Error('The transaction was rolled back because an error inside it was not passed on');
  }
}

/** Plans and names that no later statement of the connection gets rid of, and servers that only read since a failover. */
const OUTDATED = new Set(['0A000', '26000', '25006']);

function outdated(error: unknown): Error | undefined {
  return isNativeError(error) && OUTDATED.has(errorCode(error))
    ? new Error('What the connection has prepared is outdated', { cause: error })
    : undefined;
}

async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return new Error('The connection broke', { cause: error });
  }
}
