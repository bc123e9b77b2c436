import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdapterInfrastructureModule, checkConnections } from '#libs/channel-kit';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { bootApplication, loadConfiguration, type RunningApplication } from '#libs/runtime';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { VoicemailModule } from './voicemail.module.js';

const CONFIGURATION = `
telephony: [ { provider: zammad, key: pbx, secret: a-secret-of-the-pbx, group: Support } ]
`;

let directory: string;
let database: TestDatabase;
let running: RunningApplication;

class TestApplication {}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casewright-voicemail-'));
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
  const imports = [AdapterInfrastructureModule.forRoot(configuration), VoicemailModule];
  running = await bootApplication({ name: 'voicemail', module: { module: TestApplication, imports }, configuration });
});
afterAll(async () => {
  await running?.close();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

describe('VoicemailModule', () => {
  it('is alive and ready', async () => {
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
  });

  it('takes what a telephone system tells, and says it on the topic of its kind', async () => {
    const body = JSON.stringify({ event: 'newCall', callId: 'c-1', from: '351210000001', direction: 'in' });
    const headers = { 'content-type': 'application/json' };
    const url = `${running.url}/webhooks/zammad/pbx/calls/a-secret-of-the-pbx`;
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
    const log = running.app.get<EventLog>(EVENT_LOG);
    const subjects: unknown[] = [];
    for await (const record of log.read('interactions.call.v1', { from: 'beginning', follow: false })) {
      subjects.push(record.headers['x-external-id']);
    }
    expect(subjects).toEqual(['zammad/pbx:c-1']);
  });

  it('serves the schema of our own webhook', async () => {
    const response = await fetch(`${running.url}/schemas/call-event.json`);
    expect(response.headers.get('content-type')).toBe('application/schema+json');
    expect(await response.json()).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  });
});
