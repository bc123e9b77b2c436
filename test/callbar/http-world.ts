import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Pool } from 'pg';
import { BlobStoreModule } from '#libs/blob-store';
import { CASE_STORE_MIGRATIONS, declareConfiguration } from '#libs/case-store';
import { CallBarTokens } from '#libs/channel-kit';
import { CASE_BUILDER_GROUP, type CallFact, factRecord, INTERACTION_TOPICS, newId, TOPICS } from '#libs/interaction';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { migrate, POOL } from '#libs/postgres';
import { bootApplication, CallBarConfiguration, loadConfiguration } from '#libs/runtime';
import { PATIENCE_MS, testDatabase, waitUntil } from '#libs/testing';
import { CallBarEventsModule } from '../../apps/call/src/callbar/call-bar-events.module.js';
import { CaseApiModule } from '../../apps/case-api/src/case-api.module.js';
import { ACME, ANA } from '../e2e/acme.js';
import { makeBuilder } from '../e2e/builder.js';
import type { LogUnderTest } from '../e2e/logs.js';
import { readTables, type Tables } from '../e2e/tables.js';

export const ORIGIN = 'https://crm.acme.example';
export const SECRET = 'a secret of thirty-two bytes or more';
export const PREVIOUS = 'the secret before it, as long as that';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** What a call bar does over HTTP. */
export interface CallBarClient {
  tokenOf(agent?: string, seconds?: number): Promise<string>;
  /** Sends an event; `more` is what it says beside who, when and which. */
  press(action: string, more?: Record<string, unknown>, request?: RequestParts): Promise<Answered>;
  get(path: string, agent?: string): Promise<Answered>;
}

/** Both halves of the call bar and the case-builder around one database and one log, reached over HTTP. */
export interface HttpWorld extends Tables, CallBarClient {
  readonly url: string;
  readonly pool: Pool;
  readonly log: EventLog;
  tells(...facts: CallFact[]): Promise<void>;
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface RequestParts {
  readonly agent?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly eventId?: string;
  readonly occurredAt?: string;
}

const CALL_BAR: CallBarConfiguration = {
  ...new CallBarConfiguration(),
  secret: SECRET,
  previousSecret: PREVIOUS,
  allowedOrigins: [ORIGIN],
};

export async function openHttpWorld(under: LogUnderTest): Promise<HttpWorld> {
  const database = await testDatabase();
  const { pool } = database;
  await migrate(pool, CASE_STORE_MIGRATIONS);
  await declareConfiguration(pool, ACME);
  const { log } = await under.open(database);
  await log.ensureTopics(TOPICS);
  const builder = makeBuilder(pool, log, () => new Date());
  await builder.startConsumer();
  const configuration = { ...loadConfiguration({ LOG_LEVEL: 'silent' }), callbar: CALL_BAR };
  const blobs = await mkdtemp(join(tmpdir(), 'casewright-callbar-'));
  const running = await bootApplication({ name: 'callbar', module: around(pool, log, blobs), port: 0, configuration });
  const tables = readTables(pool);
  const settled = (): Promise<void> => untilRead(log);
  return {
    ...tables,
    ...clientOf(running.url),
    url: running.url,
    pool,
    log,
    async tells(...facts) {
      await log.publish(facts.map((fact) => factRecord(fact)));
      await settled();
    },
    settled,
    async clear() {
      await settled();
      await tables.clear();
    },
    async stop() {
      await running.close();
      await rm(blobs, { recursive: true, force: true });
      await builder.stop();
      await log.close();
      await database.drop();
    },
  };
}

async function untilRead(log: EventLog): Promise<void> {
  const isRead = async (): Promise<boolean> => {
    return (await log.lag(CASE_BUILDER_GROUP, INTERACTION_TOPICS)).every(({ lag }) => lag === 0n);
  };
  await waitUntil(isRead, PATIENCE_MS, () => 'what was pressed is not settled', 10);
}

/** `reads`: where it asks, when that is another app than the one that takes events. */
export function clientOf(url: string, reads = url): CallBarClient {
  const tokens = new CallBarTokens(CALL_BAR);
  const tokenOf: CallBarClient['tokenOf'] = async (agent = ANA, seconds = 600) =>
    (await tokens.issue(agent, seconds))?.token ?? '';
  const bearer = async (agent?: string) => ({ authorization: `Bearer ${await tokenOf(agent)}` });
  return {
    tokenOf,
    async press(action, more = {}, { agent, headers = {}, eventId = newId(), occurredAt } = {}) {
      const body = { event_id: eventId, occurred_at: occurredAt ?? new Date().toISOString(), action, ...more };
      const all = { ...(await bearer(agent)), 'content-type': 'application/json', ...headers };
      const sent = { method: 'POST', headers: all, body: JSON.stringify(body) };
      return answered(await fetch(`${url}/callbar/v1/events`, sent));
    },
    async get(path, agent) {
      return answered(await fetch(`${reads}${path}`, { headers: await bearer(agent) }));
    },
  };
}

export async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body };
}

/** What the modules ask the application for. */
function around(pool: Pool, log: EventLog, blobs: string) {
  class Surroundings {}
  const provided = [
    { provide: POOL, useValue: pool },
    { provide: EVENT_LOG, useValue: log },
  ];
  Module({ providers: provided, exports: provided.map(({ provide }) => provide) })(Surroundings);
  class Application {}
  return {
    module: Application,
    imports: [
      { module: Surroundings, global: true },
      BlobStoreModule.forRoot(blobs),
      CallBarEventsModule,
      CaseApiModule,
    ],
  };
}
