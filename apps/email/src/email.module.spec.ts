import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { AdapterInfrastructureModule } from '#libs/channel-kit';
import { parseInteraction } from '#libs/interaction';
import { EVENT_LOG, type EventLog, type LogRecord } from '#libs/messaging';
import { bootApplication, loadConfiguration, type RunningApplication } from '#libs/runtime';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { EmailAdapter } from './email-adapter.js';
import { EmailModule } from './email.module.js';

const CONFIGURATION = `
mailboxes: [ { address: Support@Acme.example, group: Support } ]
caseTokens: { secret: a-secret-of-the-tests }
`;

let directory: string;
let database: TestDatabase;
let running: RunningApplication;

class TestApplication {}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casewright-email-'));
  database = await testDatabase({ template: 'empty' });
  await writeFile(join(directory, 'casewright.yml'), CONFIGURATION);
  const configuration = loadConfiguration({
    CASEWRIGHT_CONFIG: join(directory, 'casewright.yml'),
    DATABASE_URL: database.connectionString,
    BLOB_URL: join(directory, 'blobs'),
    DATA_DIR: directory,
    SMTP_PORT: '0',
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  const imports = [AdapterInfrastructureModule.forRoot(configuration), EmailModule];
  running = await bootApplication({ name: 'email', module: { module: TestApplication, imports }, configuration });
});

afterAll(async () => {
  await running?.close();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

async function emailRecords(): Promise<LogRecord[]> {
  const log = running.app.get<EventLog>(EVENT_LOG);
  const records: LogRecord[] = [];
  for await (const record of log.read('interactions.email.v1', { from: 'beginning', follow: false })) {
    records.push(record);
  }
  return records;
}

describe('the email adapter as a process', () => {
  it('answers 250 for a mail whose record is in the log, with its headers', async () => {
    const port = running.app.get(EmailAdapter).smtpPort ?? 0;
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    const mail = { from: 'maria@customer.example', to: 'support@acme.example', subject: 'Lamp', text: 'Broken.' };
    const { response } = await transport.sendMail({ ...mail, messageId: '<lamp@customer.example>' });
    transport.close();
    expect(response).toMatch(/^250/);
    const records = await emailRecords();
    expect(records).toHaveLength(1);
    const parsed = parseInteraction(records[0]?.value ?? null);
    expect(parsed).toMatchObject({ ok: true, interaction: { content: { subject: 'Lamp', text: 'Broken.\n' } } });
    expect(records[0]?.key).toMatch(/\|email\|lamp@customer\.example$/);
    expect(records[0]?.headers).toMatchObject({
      ce_type: 'io.casewright.interaction.received.v1',
      'x-channel': 'email',
    });
  });

  it('is ready, and counts what it took', async () => {
    const { status } = await fetch(`${running.url}/readyz`);
    expect(status).toBe(200);
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toContain('casewright_email_received_total{provider="smtp",outcome="durable"} 1');
  });
});
