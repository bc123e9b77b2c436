import type { Socket } from 'node:net';
import { setImmediate as afterAnswers } from 'node:timers/promises';
import pg from 'pg';
import { endIdleSessions } from './end-idle-sessions.js';

export interface SilenceOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  /** How long a connection may owe an answer without a byte before the server is asked about it, in ms. */
  readonly silentMs?: number;
  readonly lookEveryMs?: number;
  /** How long the server may take to answer about it, in ms. */
  readonly askMs?: number;
}

/** With a look and an answer that does not come, work goes on within half a minute. */
const LIMITS = { silentMs: 15_000, lookEveryMs: 2_500, askMs: 5_000 };

/** What of a client no type of the package tells. */
interface Inner {
  readonly readyForQuery?: boolean;
  readonly processID?: number | null;
  readonly connection?: { readonly stream?: Socket };
}

interface Watched {
  readonly inner: Inner;
  readonly socket: Socket;
  /** What the socket had received and still has to send at the last look. */
  moved: string;
  quietSince: number;
}

/**
 * Watches the connections of a pool for those that are half open: a server that is gone without a word, or a network that
 * drops what it is given, leaves statements without an answer for as long as TCP tries again, a quarter of an hour and more.
 *
 * 1. A connection that owes an answer and has received nothing for a while is suspicious.
 * 2. The server is asked over a new connection what the session does. Whoever works is let alone, however long it takes.
 * 3. Sessions that wait for us are ended there, so that their locks are free; their connections are cut here, and so are
 *    those of sessions that the server does not know, and all of them when it does not answer either.
 *
 * Statements on a connection that is cut reject as after any lost connection.
 */
export function watchSilence(pool: pg.Pool, options: SilenceOptions): void {
  const { lookEveryMs } = { ...LIMITS, ...options };
  const watched = new Map<pg.PoolClient, Watched>();
  let isAsking = false;
  pool.on('connect', (client) => {
    const inner = client as unknown as Inner;
    const socket = inner.connection?.stream;
    if (socket !== undefined) {
      watched.set(client, { inner, socket, moved: '', quietSince: performance.now() });
    }
  });
  pool.on('remove', (client) => watched.delete(client));
  const timer = setInterval(() => {
    if (pool.ended) {
      clearInterval(timer);
      return;
    }
    const silent = [...watched.values()].filter((one) => isSilent(one, options));
    if (silent.length > 0 && !isAsking) {
      isAsking = true;
      void cutDead(silent, options).finally(() => (isAsking = false));
    }
  }, lookEveryMs).unref();
}

function isSilent(one: Watched, options: SilenceOptions): boolean {
  const { silentMs } = { ...LIMITS, ...options };
  const moved = `${one.socket.bytesRead} ${one.socket.writableLength}`;
  if (one.inner.readyForQuery !== false || moved !== one.moved) {
    one.moved = moved;
    one.quietSince = performance.now();
  }
  return performance.now() - one.quietSince >= silentMs;
}

async function cutDead(suspicious: readonly Watched[], options: SilenceOptions): Promise<void> {
  // Of a process that was frozen itself the answers are there, and only not read yet.
  await afterAnswers();
  const silent = suspicious.filter((one) => isSilent(one, options));
  if (silent.length === 0) {
    return;
  }
  const processIds = silent.flatMap(({ inner }) => inner.processID ?? []);
  const busy = await busySessions(processIds, options);
  for (const one of silent) {
    // What has answered meanwhile is silent no more.
    if (isSilent(one, options) && !busy.has(one.inner.processID ?? 0)) {
      const error = new Error(
        'PostgreSQL has not answered, and does not work on it: the connection was lost on the way',
      );
      one.socket.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
    }
  }
}

/** All of them where a server answers that it cannot tell: too many connections say nothing of a network. */
async function busySessions(processIds: readonly number[], options: SilenceOptions): Promise<ReadonlySet<number>> {
  const { connectionString, applicationName, askMs } = { ...LIMITS, ...options };
  const client = new pg.Client({
    connectionString,
    application_name: `${applicationName}-watch`,
    connectionTimeoutMillis: askMs,
    query_timeout: askMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return new Set(await endIdleSessions(client, { processIds, applicationName }));
  } catch (error) {
    return new Set(error instanceof pg.DatabaseError ? processIds : []);
  } finally {
    // An end that is not answered either must not be waited for.
    void client.end().catch(() => undefined);
  }
}
