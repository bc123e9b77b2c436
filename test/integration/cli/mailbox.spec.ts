import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { postgresMailboxStore } from '#libs/channel-kit';
import { defaultAccountId } from '#libs/runtime';
import { hasTestDovecot, startTestDovecot, testDatabase, type TestDovecot } from '#libs/testing';
import { casewright } from './terminal-of-test.js';

const PROGRAM = join(import.meta.dirname, '../../../bin/casewright.mjs');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-mailbox-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the compiled program: the examination is a process of its own. */
async function mailboxTest(imap: object | null, words: readonly string[]) {
  const file = join(folder, 'casewright.yml');
  const mailboxes = [{ address: 'support@acme.example', group: 'Support', ...(imap === null ? {} : { imap }) }];
  await writeFile(file, JSON.stringify({ mailboxes }));
  const environment = { PATH: process.env['PATH'], CASEWRIGHT_CONFIG: file, DATA_DIR: folder };
  const child = spawn(process.execPath, [PROGRAM, 'mailbox', 'test', ...words], { env: environment });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { output, errors, code };
}

(hasTestDovecot() ? describe : describe.skip)('casewright mailbox test', () => {
  let server: TestDovecot;
  beforeAll(async () => {
    server = await startTestDovecot({ tls: true });
  });
  afterAll(() => server.stop());
  const imap = (password: string) => {
    const { imapsPort: port, caFile } = server;
    return { host: 'localhost', port, tls: 'implicit', caFile, user: 'support@acme.example', password };
  };

  it('lists what works, for people and as JSON', async () => {
    const shown = await mailboxTest(imap(server.password), ['Support@acme.example']);
    expect(shown).toMatchObject({ code: 0, errors: '' });
    expect(shown.output).toMatch(/^ok {7}configuration .*\nok {7}credentials /);
    const { output, code } = await mailboxTest(imap(server.password), ['support@acme.example', '--json']);
    const findings = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { what: string; state: string });
    expect(code).toBe(0);
    expect(findings.map(({ what }) => what)).toEqual(expect.arrayContaining(['tls', 'login', 'folder']));
  });

  it('ends with 1 when something fails, and shows no password', async () => {
    const { output, errors, code } = await mailboxTest(imap('hunter2'), ['support@acme.example']);
    expect(code).toBe(1);
    expect(output).toMatch(/^failed {3}login /m);
    expect(output + errors).not.toContain('hunter2');
  });
});

describe('casewright mailbox test without a server', () => {
  it.each([
    ['support@acme.example', 'reached by forwarding'],
    ['sales@acme.example', 'no mailbox of this address; it has support@acme.example'],
  ])('says of %s: %s', async (address, sentence) => {
    const { output, errors, code } = await mailboxTest(null, [address]);
    expect(output + errors).toContain(sentence);
    expect(code).toBe(1);
  });
});

describe('casewright mailbox list', () => {
  it('says how each mailbox fares', async () => {
    const database = await testDatabase();
    try {
      const file = join(folder, 'list.yml');
      const imap = { host: 'imap.acme.example', user: 'u', password: 'hunter2' };
      const mailboxes = [
        { address: 'support@acme.example', group: 'Support', imap },
        { address: 'sales@acme.example', group: 'Support' },
      ];
      await writeFile(file, JSON.stringify({ mailboxes }));
      const environment = { CASEWRIGHT_CONFIG: file, DATA_DIR: folder, DATABASE_URL: database.connectionString };
      const store = postgresMailboxStore(database.pool, defaultAccountId);
      const lease = await store.acquire({ mailbox: 'support@acme.example', folder: 'INBOX' }, 'worker', 60_000);
      const error = { reason: 'the server is\u001b[2J gone', at: new Date(), consecutiveFailures: 3 };
      await store.saveHealth(lease!.held, { phase: 'paused', error });
      const { code, output, errors } = await casewright(['mailbox', 'list'], environment);
      expect([code, errors]).toEqual([1, '']);
      expect(output).toMatch(/^support@acme\.example +failing +INBOX +paused +0 +0 +0$/m);
      expect(output).toMatch(/^sales@acme\.example +forwarded$/m);
      expect(output).toContain('support@acme.example: 3 failures: the server is\ufffd[2J gone');
      const json = await casewright(['mailbox', 'list', '--json'], environment);
      expect(JSON.parse(json.output.split('\n')[0] ?? '')).toMatchObject({ status: 'failing', folder: 'INBOX' });
      expect(output + json.output).not.toContain('hunter2');
    } finally {
      await database.drop();
    }
  });
});
