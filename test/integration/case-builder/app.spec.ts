import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC, DECIDED_TOPIC, interactionRecord } from '#libs/interaction';
import { consumeLog, createEmbeddedLog, type EventLog, type LogRecord, MessagingModule } from '#libs/messaging';
import { POOL, PostgresModule } from '#libs/postgres';
import { bootApplication, loadConfiguration, type RunningApplication } from '#libs/runtime';
import { aMail, PATIENCE_MS, testDatabase, type TestDatabase, waitUntil } from '#libs/testing';
import type { Pool } from 'pg';
import { CaseBuilderModule } from '../../../apps/case-builder/src/case-builder.module.js';

let database: TestDatabase;
let running: RunningApplication;
let log: EventLog;
const configuration = loadConfiguration({ LOG_LEVEL: 'silent' });
beforeAll(async () => {
  database = await testDatabase();
  const { connectionString } = database;
  class Root {}
  const module = {
    module: Root,
    imports: [
      PostgresModule.forRoot({ connectionString }),
      MessagingModule.forRoot({
        inject: [POOL],
        useFactory: async (pool: Pool) => (log = await createEmbeddedLog({ pool, connectionString })),
      }),
      CaseBuilderModule.forRoot(),
    ],
  };
  running = await bootApplication({ name: 'case-builder', module, port: 0, configuration, prepare: consumeLog });
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

async function readAll(topic: string): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const record of log.read(topic, { from: 'beginning', follow: false })) {
    records.push(record);
  }
  return records;
}

const waitFor = (check: () => Promise<boolean>) => waitUntil(check, PATIENCE_MS, () => 'the log is not worked off');

describe('CaseBuilderModule', () => {
  it('is ready', async () => {
    const response = await fetch(`${running.url}/readyz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('turns records of the log into cases and tells the topics', async () => {
    const accountId = configuration.account.id;
    const mails = [
      aMail({ messageId: 'one@example.org' }, { accountId }),
      aMail({ messageId: 'two@example.org', inReplyTo: 'one@example.org' }, { accountId }),
    ];
    await log.publish(mails.map((mail) => interactionRecord(mail)));
    await waitFor(async () => (await readAll(DECIDED_TOPIC)).length === 2);
    expect(await readAll(CASE_EVENTS_TOPIC)).toHaveLength(2);
    const [state] = (await readAll(CASE_STATE_TOPIC)).slice(-1);
    expect(JSON.parse(state?.value?.toString() ?? '{}')).toMatchObject({ interaction_count: 2, number: 1 });
  });

  it('counts what became of the interactions', async () => {
    const text = await (await fetch(`${running.url}/metrics`)).text();
    expect(text).toContain('casewright_interactions_total{outcome="created"} 1');
    expect(text).toContain('casewright_outbox_published_total');
  });
});
