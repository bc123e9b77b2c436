import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Pool } from 'pg';
import { BlobStoreModule } from '#libs/blob-store';
import { declareConfiguration } from '#libs/case-store';
import { checkConnections } from '#libs/channel-kit';
import { type ContactFact, TOPICS } from '#libs/interaction';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { POOL } from '#libs/postgres';
import { bootApplication, loadConfiguration } from '#libs/runtime';
import { testDatabase } from '#libs/testing';
import { signStandardMessage } from '#libs/webhook';
import { declarationOf } from '../../apps/case-builder/src/declaration.js';
import { ContactModule } from '../../apps/contact/src/contact.module.js';
import { makeBuilder } from '../e2e/builder.js';
import type { LogUnderTest } from '../e2e/logs.js';
import { readTables, type Tables } from '../e2e/tables.js';
import { untilSettled } from '../e2e/world.js';

export const ORIGIN = 'https://www.acme.example';
export const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
export const ANA = 'ana@acme.example';

const FILE = `
account: { defaultCountry: PT }
groups: [ { name: Support, strategy: round_robin }, { name: Sales } ]
agents: [ { email: ${ANA}, name: Ana, groups: [Support] } ]
caseTokens: { secret: a secret of the case tokens }
trustedProxies: [127.0.0.1]
contacts:
  - { provider: generic, key: crm, integration: crm, secret: '${SECRET}' }
forms:
  - { key: website, group: Sales, allowedOrigins: ['${ORIGIN}'], minSeconds: 0 }
  - { key: slow, allowedOrigins: ['${ORIGIN}'] }
`;

/** The app for contacts and the case-builder around one database and one log: all goes in over HTTP. */
export interface ContactWorld extends Tables {
  readonly url: string;
  readonly pool: Pool;
  /** Signed as our own webhook asks. */
  post(body: object, secret?: string): Promise<Response>;
  /** Taken, and then decided. */
  tells(...events: readonly object[]): Promise<void>;
  /** A fresh token of a form. */
  token(form?: string): Promise<string>;
  /** As a page sends it; `from`: whom the proxy says that it asks for. */
  submit(fields: Readonly<Record<string, unknown>>, from?: string, form?: string): Promise<Response>;
  settled(): Promise<void>;
  /** Facts of certain events on the topic, in the order of the events. */
  facts(...eventIds: readonly string[]): Promise<ContactFact[]>;
  stop(): Promise<void>;
}

export async function openContactWorld(under: LogUnderTest): Promise<ContactWorld> {
  const database = await testDatabase();
  const { pool } = database;
  const folder = await mkdtemp(join(tmpdir(), 'casewright-contacts-'));
  await writeFile(join(folder, 'casewright.yml'), FILE);
  const configuration = loadConfiguration(
    { CASEWRIGHT_CONFIG: join(folder, 'casewright.yml'), DATA_DIR: folder, LOG_LEVEL: 'silent' },
    checkConnections,
  );
  await declareConfiguration(pool, declarationOf(configuration));
  const { log } = await under.open(database);
  await log.ensureTopics(TOPICS);
  const builder = makeBuilder(pool, log, () => new Date());
  await builder.startConsumer();
  builder.startRelay();
  const module = around(pool, log, configuration.blobUrl);
  const running = await bootApplication({ name: 'contact', module, port: 0, host: '127.0.0.1', configuration });
  const tables = readTables(pool);
  const settled = (): Promise<void> => untilSettled(log, tables);
  return {
    ...tables,
    ...callsTo(running.url, settled),
    ...{ url: running.url, pool, settled, facts: (...eventIds: readonly string[]) => factsOn(log, eventIds) },
    async clear() {
      await settled();
      await tables.clear();
      await pool.query('truncate form_submission');
    },
    async stop() {
      await running.close();
      await builder.stop();
      await log.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function callsTo(url: string, settled: () => Promise<void>) {
  const post: ContactWorld['post'] = (body, secret = SECRET) => {
    const text = JSON.stringify(body);
    const [id, timestamp] = ['msg-1', String(Math.floor(Date.now() / 1000))];
    const signature = signStandardMessage(secret, { id, timestamp, body: Buffer.from(text) });
    const signed = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    const headers = { 'content-type': 'application/json', ...signed };
    return fetch(`${url}/webhooks/contacts/crm`, { method: 'POST', headers, body: text });
  };
  return {
    post,
    async tells(...events: readonly object[]) {
      const answer = await post({ events });
      if (answer.status !== 202) {
        throw new Error(`it was answered ${answer.status}: ${await answer.text()}`);
      }
      await settled();
    },
    async token(form = 'website') {
      const answer = await fetch(`${url}/forms/${form}/token`, { headers: { origin: ORIGIN } });
      return ((await answer.json()) as { token: string }).token;
    },
    submit: (fields: Readonly<Record<string, unknown>>, from = '198.51.100.7', form = 'website') =>
      fetch(`${url}/forms/${form}`, {
        method: 'POST',
        headers: { origin: ORIGIN, 'content-type': 'application/json', 'x-forwarded-for': from },
        body: JSON.stringify(fields),
      }),
  };
}

async function factsOn(log: EventLog, eventIds: readonly string[]): Promise<ContactFact[]> {
  const facts: ContactFact[] = [];
  for await (const record of log.read('interactions.contact.v1', { from: 'beginning', follow: false })) {
    const told = JSON.parse(String(record.value)) as ContactFact;
    facts.push(...('origin' in told ? [told] : []));
  }
  return eventIds.flatMap((id) => facts.filter(({ origin }) => origin.eventId === id));
}

/** Pool and log belong to the spec, which closes them. */
function around(pool: Pool, log: EventLog, blobs: string) {
  class Surroundings {}
  const provided = [
    { provide: POOL, useValue: pool },
    { provide: EVENT_LOG, useValue: log },
  ];
  Module({ providers: provided, exports: provided.map(({ provide }) => provide) })(Surroundings);
  class Application {}
  const surroundings = { module: Surroundings, global: true };
  return { module: Application, imports: [surroundings, BlobStoreModule.forRoot(blobs), ContactModule] };
}
