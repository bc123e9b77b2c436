import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Pool } from 'pg';
import { BlobStoreModule } from '#libs/blob-store';
import { declareConfiguration } from '#libs/case-store';
import { checkConnections } from '#libs/channel-kit';
import { TOPICS } from '#libs/interaction';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { POOL } from '#libs/postgres';
import { bootApplication, loadConfiguration, type RunningApplication } from '#libs/runtime';
import { createApiKey, testDatabase, type TestDatabase } from '#libs/testing';
import { CallModule } from '../../apps/call/src/call.module.js';
import { CaseApiModule } from '../../apps/case-api/src/case-api.module.js';
import { VoicemailModule } from '../../apps/voicemail/src/voicemail.module.js';
import { type CallBarClient, clientOf, ORIGIN, SECRET } from '../callbar/http-world.js';
import { ACME } from '../e2e/acme.js';
import { makeBuilder } from '../e2e/builder.js';
import type { LogUnderTest } from '../e2e/logs.js';
import { readTables } from '../e2e/tables.js';
import { untilSettled, type World } from '../e2e/world.js';
import { ACCOUNT_SID, telephonyFile } from '../webhooks/acme-telephony.js';
import type { Sent } from '../webhooks/senders.js';

type Kept = 'builder' | 'log' | 'settled' | 'now' | 'setNow' | 'clear' | 'stop';

/** The apps for calls and voicemails, the Case API and the case-builder around one database and one log: all goes in over HTTP. */
export interface TelephonyWorld extends Pick<World, Kept | keyof ReturnType<typeof readTables>>, CallBarClient {
  readonly pool: Pool;
  /** Where each app is reached. */
  readonly urls: Readonly<Record<AppName, string>>;
  /** May ask the Case API for anything. */
  readonly apiKey: string;
  /** As its proxy would pass it on; what is for `/voicemails` to the app for voicemails. */
  post(sent: Sent): Promise<Posted>;
  /** One after another, each taken; then everything is decided. */
  sends(...requests: readonly Sent[]): Promise<void>;
  /** Of the Case API. @throws unless it is answered 2xx. */
  asks<Body>(path: string, change?: Change): Promise<Body>;
  /** Of how many interactions something becomes so many seconds from now. */
  passes(seconds: number): Promise<number>;
  metricsOf(app: AppName): Promise<string>;
  /** What is tried again later is due now. */
  recordingsAreDue(): Promise<void>;
}

export type AppName = 'call' | 'voicemail' | 'case-api';
export interface Posted {
  readonly status: number;
  readonly text: string;
}
export interface Change {
  readonly method: 'POST' | 'PATCH';
  readonly body?: object;
}

const MODULES = { call: CallModule, voicemail: VoicemailModule, 'case-api': CaseApiModule };
const SCOPES = ['cases:admin', 'contacts:admin', 'deliveries:replay'];

/** The file of every spec, with a host of our own for sounds, and a call bar. */
const FILE = telephonyFile(`callbar: { secret: ${SECRET}, allowedOrigins: ['${ORIGIN}'] }`)
  .replace('group: Support } ] }', 'group: Support } ], recordingHosts: [localhost] }')
  .replace(`${ACCOUNT_SID}, group: Support }`, `${ACCOUNT_SID}, group: Support, recordingHosts: [localhost] }`);

export async function openTelephonyWorld(under: LogUnderTest): Promise<TelephonyWorld> {
  const database = await testDatabase();
  const { pool } = database;
  await declareConfiguration(pool, ACME);
  const { log } = await under.open(database);
  await log.ensureTopics(TOPICS);
  let fixed: Date | null = null;
  const builder = makeBuilder(pool, log, () => fixed ?? new Date());
  await builder.startConsumer();
  builder.startRelay();
  const tables = readTables(pool);
  const settled = (): Promise<void> => untilSettled(log, tables);
  const apps = await startApps(database, log);
  const { urls } = apps;
  const apiKey = await createApiKey(pool, { accountId: ACME.account.id, name: 'specs', scopes: SCOPES });
  const setNow = (instant: Date | null): void => void (fixed = instant);
  return {
    ...tables,
    ...clientOf(urls.call, urls['case-api']),
    ...senderTo(urls, settled),
    ...{ pool, log, builder, urls, apiKey, settled, setNow },
    now: () => fixed ?? new Date(),
    asks: (path, change) => asked(urls['case-api'] + path, apiKey, change),
    async passes(seconds) {
      setNow(new Date(Date.now() + seconds * 1000));
      const count = await builder.passTime();
      await settled();
      return count;
    },
    metricsOf: async (app) => (await fetch(`${urls[app]}/metrics`)).text(),
    async recordingsAreDue() {
      await pool.query('update recording_job set due_at = now()');
    },
    async clear() {
      await settled();
      await tables.clear();
      await pool.query('truncate recording_job, recording_end, sent_sound, awaited_sound');
      setNow(null);
    },
    async stop() {
      await apps.stop();
      await builder.stop();
      await log.close();
      await database.drop();
    },
  };
}

function senderTo(urls: TelephonyWorld['urls'], settled: () => Promise<void>): Pick<TelephonyWorld, 'post' | 'sends'> {
  const post: TelephonyWorld['post'] = (sent) =>
    posted(sent.path.includes('/voicemails') ? urls.voicemail : urls.call, sent);
  return {
    post,
    async sends(...requests) {
      for (const sent of requests) {
        const { status, text } = await post(sent);
        if (status > 299) {
          throw new Error(`${sent.path} was answered ${status}: ${text}`);
        }
      }
      await settled();
    },
  };
}

async function startApps({ connectionString, pool }: TestDatabase, log: EventLog) {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-telephony-'));
  await writeFile(join(folder, 'casewright.yml'), FILE);
  const configuration = loadConfiguration(
    {
      ...{ CASEWRIGHT_CONFIG: join(folder, 'casewright.yml'), DATA_DIR: folder, LOG_LEVEL: 'silent' },
      DATABASE_URL: connectionString,
    },
    checkConnections,
  );
  const running: Partial<Record<AppName, RunningApplication>> = {};
  for (const name of Object.keys(MODULES) as AppName[]) {
    const module = around(name, pool, log, configuration.blobUrl);
    running[name] = await bootApplication({ name, module, port: 0, host: '127.0.0.1', configuration });
  }
  const { call, voicemail, 'case-api': api } = running as Record<AppName, RunningApplication>;
  return {
    urls: { call: call.url, voicemail: voicemail.url, 'case-api': api.url },
    async stop() {
      await Promise.all([call.close(), voicemail.close(), api.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Pool and log belong to the spec, which closes them. */
function around(name: AppName, pool: Pool, log: EventLog, blobs: string) {
  class Surroundings {}
  const provided = [
    { provide: POOL, useValue: pool },
    { provide: EVENT_LOG, useValue: log },
  ];
  Module({ providers: provided, exports: provided.map(({ provide }) => provide) })(Surroundings);
  class Application {}
  const surroundings = { module: Surroundings, global: true };
  return { module: Application, imports: [surroundings, BlobStoreModule.forRoot(blobs), MODULES[name]] };
}

/** `fetch` has a Host of its own. */
function posted(url: string, { path, headers, body }: Sent): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const sending = request(url + path, { method: 'POST', headers: { ...headers, ...length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

async function asked<Body>(url: string, apiKey: string, change?: Change): Promise<Body> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const sent = change === undefined ? {} : { method: change.method, body: JSON.stringify(change.body ?? {}) };
  const answer = await fetch(url, { headers, ...sent });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${url} was answered ${answer.status}: ${text}`);
  }
  return JSON.parse(text) as Body;
}
