import pg from 'pg';
import { type SilenceOptions, watchSilence } from './silence/watch-silence.js';

export interface PoolOptions {
  readonly connectionString: string;
  /** Most connections at once; 10 unless told. */
  readonly max?: number;
  /** Shown by `pg_stat_activity`. */
  readonly applicationName?: string;
  /** How soon connections that answer nothing are given up; half a minute unless told. */
  readonly silence?: Pick<SilenceOptions, 'silentMs' | 'lookEveryMs' | 'askMs'>;
}

/** Longer than anything of ours waits inside a transaction, a publish of the relay included. */
const SILENCE_IN_TRANSACTION_MS = 30_000;

/**
 * A pool that survives the loss of its connections: a broken one is dropped and the next query opens another, and one that is
 * half open is found out. Queries in flight on it reject; `classifyPostgresError` calls that `transient`.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const { connectionString, max = 10, applicationName = 'casewright' } = options;
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    // A process that is frozen or cut off half-way would hold its row locks against everybody for as long as it is.
    idle_in_transaction_session_timeout: SILENCE_IN_TRANSACTION_MS,
    keepAlive: true,
  });
  // Without a listener an idle connection that drops would end the process.
  pool.on('error', ignoreDroppedConnection);
  // The pool does not listen while a client is checked out, and a drop between two queries has nobody to reject to.
  pool.on('connect', (client) => client.on('error', ignoreDroppedConnection));
  watchSilence(pool, { connectionString, applicationName, ...options.silence });
  return pool;
}

function ignoreDroppedConnection(): void {}
