import { setTimeout as delay } from 'node:timers/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ImapFlow } from 'imapflow';
import { openBlobStore } from '#libs/blob-store';
import { CASE_BUILDER_GROUP } from '#libs/interaction';
import { loadConfiguration } from '#libs/runtime';
import { startTestDovecot, type TestDovecot, waitUntil } from '#libs/testing';
import type { MailboxStep } from '../../apps/email/src/mailbox/folder/mailbox-dependencies.js';
import { EMAIL_TOPIC } from './killer.js';
import type { MailboxWorkerOrder } from './mailbox-worker.js';
import { startParts, type Parts } from './parts.js';
import { ROOT, startApp, type RunningApp } from './processes.js';

export const MAILBOX_STEPS: readonly MailboxStep[] = ['fetched', 'stored', 'published', 'saved', 'marking', 'marked'];
const ADDRESS = 'support@acme.example';
/** Without any progress. */
const WITHIN_MS = 120_000;

/** A mail server, a database, case-builder, and workers that can be started and struck. */
export interface MailboxFaults {
  readonly server: TestDovecot;
  readonly parts: Parts;
  /** Puts the next mails into the mailbox. */
  deliver(mails: number): Promise<void>;
  /** Subjects of everything that was delivered. */
  readonly delivered: string[];
  startWorker(killAt?: MailboxWorkerOrder['killAt']): WorkerProcess;
  /** Marks every mail as read, as a person may at any moment. */
  readEverything(): Promise<void>;
  /** Mails in a folder. */
  count(folder: string): Promise<number>;
  /** Sessions of the workers on the server. */
  sessions(): number[];
  /** Waits until case-builder has decided everything that was delivered. */
  untilDecided(): Promise<void>;
  /** Subjects of the interactions and of the first mails of cases that the database holds. */
  found(): Promise<{ readonly interactions: string[]; readonly cases: string[] }>;
  /** Subjects of the raw mails that the interactions refer to and the blob store holds, under the hash of their bytes. */
  kept(): Promise<string[]>;
  stop(options: { readonly keep: boolean }): Promise<void>;
}

export interface WorkerProcess {
  kill(signal: NodeJS.Signals): void;
  /** Settles with the signal that ended it, or its exit code. */
  readonly exited: Promise<string>;
}

export async function startMailboxFaults(moveTo?: string): Promise<MailboxFaults> {
  const [server, parts] = await Promise.all([startTestDovecot(), startParts('embedded', 'manual')]);
  const builder = await startApp('case-builder', parts.folder, parts.environment);
  await builder.ready();
  const delivered: string[] = [];
  const workers: ChildProcess[] = [];
  const { account, blobUrl } = loadConfiguration({ ...parts.environment });
  const order = {
    accountId: account.id,
    connectionString: parts.connectionString,
    blobAddress: blobUrl,
    address: ADDRESS,
    imapPort: server.imapPort,
    password: server.password,
    leaseMs: 1_500,
    ...(moveTo === undefined ? {} : { moveTo }),
  };
  return {
    server,
    parts,
    delivered,
    async deliver(mails) {
      for (let count = 0; count < mails; count += 1) {
        const subject = `mail ${delivered.length}`;
        await server.drop(ADDRESS, mailOf(delivered.length, subject));
        delivered.push(subject);
      }
    },
    startWorker: (killAt = null) => startWorker(parts, workers, { ...order, killAt }),
    readEverything: () => readEverything(server),
    count: (folder) => countMails(server, folder),
    sessions: () => server.imapProcesses(ADDRESS),
    untilDecided: () => untilDecided(parts, delivered),
    found: () => found(parts),
    kept: () => kept(parts, blobUrl),
    stop: async (options) => {
      workers.forEach((worker) => worker.kill('SIGKILL'));
      await stopAll(builder, server, parts, options.keep);
    },
  };
}

async function stopAll(builder: RunningApp, server: TestDovecot, parts: Parts, keep: boolean): Promise<void> {
  await builder.kill('SIGKILL');
  await server.stop();
  await parts.stop({ keep });
}

/** From a sender of its own each, so that each mail is a case; some larger, as real mail is. */
function mailOf(number: number, subject: string): Buffer {
  const text = `This is ${subject}.\r\n`.repeat(1 + ((number * 37) % 400));
  const from = `person${number}@customer.example`;
  const date = new Date(Date.UTC(2026, 2, 2) + number * 1000).toUTCString();
  const head = `From: ${from}\r\nTo: ${ADDRESS}\r\nDate: ${date}\r\nMessage-ID: <m${number}@customer.example>`;
  return Buffer.from(`${head}\r\nSubject: ${subject}\r\n\r\n${text}`);
}

function startWorker(parts: Parts, workers: ChildProcess[], order: MailboxWorkerOrder): WorkerProcess {
  const worker = spawn(process.execPath, [join(ROOT, 'dist/test/faults/mailbox-worker.js')], {
    cwd: parts.folder,
    env: { PATH: process.env['PATH'], MAILBOX_WORKER: JSON.stringify(order) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  workers.push(worker);
  const log = createWriteStream(join(parts.folder, 'mailbox-worker.log'), { flags: 'a' });
  worker.stdout.pipe(log, { end: false });
  worker.stderr.pipe(log, { end: false });
  const exited = new Promise<string>((resolve) =>
    worker.once('exit', (code, signal) => resolve(String(signal ?? code))),
  );
  return { kill: (signal) => void worker.kill(signal), exited };
}

function clientOf({ imapPort, password }: TestDovecot): ImapFlow {
  const auth = { user: ADDRESS, pass: password };
  const client = new ImapFlow({ host: '127.0.0.1', port: imapPort, secure: false, logger: false, auth });
  client.on('error', () => undefined);
  return client;
}

async function countMails(server: TestDovecot, folder: string): Promise<number> {
  const client = clientOf(server);
  await client.connect();
  try {
    const found = await client.status(folder, { messages: true });
    return found === false ? 0 : (found.messages ?? 0);
  } finally {
    await client.logout();
  }
}

async function readEverything(server: TestDovecot): Promise<void> {
  const client = clientOf(server);
  try {
    await client.connect();
    await client.mailboxOpen('INBOX');
    await client.messageFlagsAdd('1:*', ['\\Seen'], { uid: true });
    await client.logout();
  } catch {
    client.close(); // The server may be down just now.
  }
}

async function untilDecided(parts: Parts, delivered: readonly string[]): Promise<void> {
  const { pool, log, folder } = parts;
  let here = 0;
  await waitUntil(
    async () => {
      const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from interaction');
      here = rows[0]?.count ?? 0;
      return here >= delivered.length;
    },
    WITHIN_MS,
    () => `${here} of ${delivered.length} mails were decided: see ${join(folder, 'mailbox-worker.log')}`,
    50,
    () => here,
  );
  const isRead = async () => (await log.lag(CASE_BUILDER_GROUP, [EMAIL_TOPIC])).every(({ lag }) => lag === 0n);
  const isSettled = async () => (await isRead()) && (await delay(1_000), await isRead());
  await waitUntil(isSettled, WITHIN_MS, () => 'records come again and again');
}

async function found({ pool }: Parts): Promise<{ interactions: string[]; cases: string[] }> {
  const interactions = await pool.query<{ subject: string }>('select subject from interaction');
  const cases = await pool.query<{ subject: string }>('select subject from cases');
  return {
    interactions: interactions.rows.map(({ subject }) => subject),
    cases: cases.rows.map(({ subject }) => subject),
  };
}

async function kept({ pool }: Parts, blobUrl: string): Promise<string[]> {
  const blobs = await openBlobStore(blobUrl);
  const { rows } = await pool.query<{ sha256: string }>(
    "select payload->'content'->'raw'->>'sha256' as sha256 from interaction",
  );
  const subjects: string[] = [];
  for (const { sha256 } of rows) {
    const content = await blobs.get(sha256);
    const raw = content === null ? Buffer.alloc(0) : await buffer(content);
    if (createHash('sha256').update(raw).digest('hex') === sha256) {
      subjects.push(/^Subject: (.*)\r$/m.exec(raw.toString())?.[1] ?? '');
    }
  }
  return subjects;
}
