import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdapterInfrastructureModule, checkConnections } from '#libs/channel-kit';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { bootApplication, loadConfiguration, type RunningApplication } from '#libs/runtime';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { ContactModule } from './contact.module.js';

const CONFIGURATION = `
contacts: [ { provider: pipedrive, key: sales, basic: { user: casewright, password: a-password-of-pipedrive } } ]
forms: [ { key: website, secret: a-secret-of-the-form, allowedOrigins: ['https://www.acme.example'] } ]
`;

let directory: string;
let database: TestDatabase;
let running: RunningApplication;

class TestApplication {}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casewright-contact-'));
  database = await testDatabase({ template: 'empty' });
  await writeFile(join(directory, 'casewright.yml'), CONFIGURATION);
  const environment = {
    CASEWRIGHT_CONFIG: join(directory, 'casewright.yml'),
    DATABASE_URL: database.connectionString,
    DATA_DIR: directory,
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  const configuration = loadConfiguration(environment, checkConnections);
  const imports = [AdapterInfrastructureModule.forRoot(configuration), ContactModule];
  running = await bootApplication({ name: 'contact', module: { module: TestApplication, imports }, configuration });
});
afterAll(async () => {
  await running?.close();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

describe('ContactModule', () => {
  it('is alive and ready', async () => {
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
  });

  it('takes what a directory tells, and says it on the topic of contacts', async () => {
    const meta = { action: 'create', entity: 'person', entity_id: '100', id: 'e-1', timestamp: '2026-03-02T09:00:00Z' };
    const body = JSON.stringify({ meta, data: { id: 100, name: 'Maria Silva', emails: [], phones: [] } });
    const authorization = `Basic ${Buffer.from('casewright:a-password-of-pipedrive').toString('base64')}`;
    const headers = { 'content-type': 'application/json', authorization };
    const url = `${running.url}/webhooks/contacts/sales`;
    expect((await fetch(url, { method: 'POST', headers: { ...headers, authorization: '' }, body })).status).toBe(401);
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
    const log = running.app.get<EventLog>(EVENT_LOG);
    const subjects: unknown[] = [];
    for await (const record of log.read('interactions.contact.v1', { from: 'beginning', follow: false })) {
      subjects.push(record.headers['x-external-id']);
    }
    expect(subjects).toEqual(['pipedrive:100']);
  });

  it('gives a form its token', async () => {
    const answer = await fetch(`${running.url}/forms/website/token`);
    expect(await answer.json()).toEqual({ token: expect.any(String), min_seconds: 3 });
  });

  it('serves the schema of our own webhook', async () => {
    const response = await fetch(`${running.url}/schemas/contact-event.json`);
    expect(response.headers.get('content-type')).toBe('application/schema+json');
    expect(await response.json()).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  });
});
