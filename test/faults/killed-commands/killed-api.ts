import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultAccountId } from '#libs/runtime';
import { createApiKey, PATIENCE_MS, type TestDatabase, waitUntil } from '#libs/testing';
import { startApp, type RunningApp } from '../processes.js';
import type { KeyedRequest } from './planned-requests.js';

/** What was read of an answer. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly body: string;
  readonly isReplayed: boolean;
}

/** Requests on their way. */
export interface SentRequests {
  /** In their order; null for a request whose answer did not come. */
  readonly answers: Promise<readonly (ReceivedAnswer | null)[]>;
  /** How many have an answer by now. */
  readonly answered: () => number;
}

/** The Case API in a process of its own, which can be killed and started again. */
export interface KilledApi {
  start(): Promise<void>;
  /** All at once. */
  sendAll(requests: readonly KeyedRequest[]): SentRequests;
  /** SIGKILL. Resolves when the database has ended what the process had begun, one way or the other. */
  kill(): Promise<void>;
  /** Ends what runs, and removes the folder unless its logs are wanted. */
  stop(options: { readonly keep: boolean }): Promise<void>;
}

const SESSIONS = `select count(*)::int as count from pg_stat_activity
  where application_name = 'case-api' and datname = current_database()`;

export async function makeKilledApi({ pool, connectionString }: TestDatabase): Promise<KilledApi> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-killed-'));
  const configuration = join(folder, 'casewright.yml');
  await writeFile(configuration, 'rateLimit: off\n');
  const environment = {
    CASEWRIGHT_CONFIG: configuration,
    DATABASE_URL: connectionString,
    DATA_DIR: join(folder, 'data'),
    BLOB_URL: pathToFileURL(join(folder, 'blobs')).href,
  };
  const key = await createApiKey(pool, { accountId: defaultAccountId, name: 'killer', scopes: ['cases:admin'] });
  let app: RunningApp | null = null;
  const sessions = async (): Promise<number> => (await pool.query<{ count: number }>(SESSIONS)).rows[0]?.count ?? 0;
  return {
    async start() {
      // One that a failed test has left.
      await app?.kill('SIGKILL');
      app = await startApp('case-api', folder, environment);
      await app.ready();
    },
    sendAll(requests) {
      const origin = `http://127.0.0.1:${app?.port}`;
      let answered = 0;
      const one = async (request: KeyedRequest): Promise<ReceivedAnswer | null> => {
        const answer = await send(origin, key, request).catch(() => null);
        answered += answer === null ? 0 : 1;
        return answer;
      };
      return { answers: Promise.all(requests.map(one)), answered: () => answered };
    },
    async kill() {
      await app?.kill('SIGKILL');
      // What was sent before the end is still carried out, a commit too.
      await waitUntil(
        async () => (await sessions()) === 0,
        PATIENCE_MS,
        () => 'the database holds on to sessions of a process that is gone',
        10,
      );
    },
    async stop({ keep }) {
      await app?.kill('SIGKILL');
      await (keep ? undefined : rm(folder, { recursive: true, force: true }));
    },
  };
}

async function send(origin: string, key: string, { line, body, idempotencyKey }: KeyedRequest) {
  const [method = '', path = ''] = line.split(' ');
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': idempotencyKey,
  };
  const reply = await fetch(`${origin}${path}`, { method, headers, body: JSON.stringify(body) });
  const isReplayed = reply.headers.get('idempotency-replayed') === 'true';
  return { status: reply.status, body: await reply.text(), isReplayed };
}
