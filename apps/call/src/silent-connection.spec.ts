import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdapterInfrastructureModule, checkConnections } from '#libs/channel-kit';
import { bootApplication, loadConfiguration, type RunningApplication } from '#libs/runtime';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CallModule } from './call.module.js';

const CONFIGURATION = `
telephony: [ { provider: zammad, key: pbx, secret: a-secret-of-the-pbx, group: Support, silentAfterHours: 1 } ]
`;

let directory: string;
let database: TestDatabase;
let running: RunningApplication;

class TestApplication {}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casewright-silent-'));
  database = await testDatabase();
  await writeFile(join(directory, 'casewright.yml'), CONFIGURATION);
  const file = { CASEWRIGHT_CONFIG: join(directory, 'casewright.yml'), DATA_DIR: directory };
  const environment = { ...file, DATABASE_URL: database.connectionString, PORT: '0', LOG_LEVEL: 'silent' };
  const configuration = loadConfiguration(environment, checkConnections);
  await database.pool.query(
    `insert into connection_silence values ($1, 'zammad/pbx', gen_random_uuid(), '2026-03-02T10:15:00Z', now(), 3600000, true)`,
    [configuration.account.id],
  );
  const imports = [AdapterInfrastructureModule.forRoot(configuration), CallModule];
  running = await bootApplication({ name: 'call', module: { module: TestApplication, imports }, configuration });
});
afterAll(async () => {
  await running?.close();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

it('F26 an app whose connection is silent says so in its health, and goes on taking calls', async () => {
  const ready = async () => {
    const response = await fetch(`${running.url}/readyz`);
    expect(response.status).toBe(200);
    return (await response.json()) as { readonly warnings?: unknown };
  };
  while ((await ready()).warnings === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await ready()).toEqual({
    status: 'ready',
    warnings: [{ name: 'connections', reason: expect.stringContaining('zammad/pbx has sent nothing for 1 business') }],
  });
});
