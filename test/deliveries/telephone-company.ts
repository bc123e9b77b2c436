import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '#libs/postgres';
import { type Connection, readConnectionFile } from '#libs/runtime';
import { waitUntil } from '#libs/testing';
import type { Pool } from 'pg';
import { startApp } from '../faults/processes.js';
import { telephonyFile } from '../webhooks/acme-telephony.js';
import type { Sent } from '../webhooks/senders.js';

/** The standalone as a process of its own, with connections of every provider, and somebody who calls them. */
export interface TelephoneCompany {
  readonly url: string;
  /** May ask the Case API for anything. */
  readonly apiKey: string;
  readonly pool: Pool;
  post(sent: Sent): Promise<Answered>;
  get<Body>(path: string): Promise<Body>;
  /** What the process has printed so far. */
  log(): Promise<string>;
  /** Resident memory of the process, in MB. */
  memory(): Promise<number>;
  /** Files in the blob store. */
  blobs(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** Connections that are held open at once. */
const CONNECTIONS = 64;

/** `databaseUrl`: its own embedded server unless told. `file`: further settings. */
export async function startTelephoneCompany(
  settings: { readonly databaseUrl?: string; readonly file?: string } = {},
): Promise<TelephoneCompany> {
  const folder = await mkdtemp(join(tmpdir(), 'telephone-company-'));
  await writeFile(join(folder, 'casewright.yml'), settings.file ?? telephonyFile());
  const data = join(folder, 'data');
  const app = await startApp('standalone', folder, {
    ...{ CASEWRIGHT_CONFIG: join(folder, 'casewright.yml'), DATA_DIR: data, SMTP_PORT: '0' },
    ...(settings.databaseUrl === undefined ? {} : { DATABASE_URL: settings.databaseUrl }),
  });
  await app.ready();
  const { databaseUrl, apiKey } = await whatItSays(data);
  const url = `http://127.0.0.1:${app.port}`;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const pool = createPool({ connectionString: databaseUrl, max: 3 });
  return {
    url,
    apiKey: apiKey ?? '',
    pool,
    post: (sent) => post(url, agent, sent),
    async get<Body>(path: string) {
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${apiKey}` } });
      return (await answer.json()) as Body;
    },
    log: () => readFile(join(folder, 'standalone.log'), 'utf8'),
    async memory() {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      return Number(/^casewright_process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]) / 1e6;
    },
    blobs: async () => (await readdir(data, { recursive: true })).filter((name) => name.startsWith('blobs/')),
    async stop() {
      agent.destroy();
      await pool.end();
      await app.kill('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** It is ready a moment before it says where. */
async function whatItSays(data: string): Promise<Connection> {
  let said: Connection | null = null;
  await waitUntil(
    async () => {
      const found = await readConnectionFile(data);
      said = found.ok ? found.value : null;
      return said !== null;
    },
    20_000,
    () => 'the standalone says nothing of itself',
    20,
  );
  return said!;
}

function post(url: string, agent: Agent, { path, headers, body }: Sent): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const sending = request(url + path, { method: 'POST', agent, headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
