import { setTimeout as delay } from 'node:timers/promises';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { dovecotProgram, startTestDovecot, type TestDovecot, waitUntil } from '#libs/testing';
import { NODE_OPTIONS_OF_THE_IMAGE, startApp } from '../faults/processes.js';
import { startParts, type Parts } from '../faults/parts.js';
import type { BenchContext } from './context.js';
import { median, type Figure } from './figure.js';
import { largeMails, mixedMails } from './mailbox-mails.js';

/** The fastest way to use mailparser's simple interface. */
const LEAN = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, keepCidLinks: true } as const;
/** As the image and `npm start` have it. */
const NODE_OPTIONS = ['--enable-source-maps', ...NODE_OPTIONS_OF_THE_IMAGE];
const WITHIN_MS = 180_000;
const WARM_USER = 'warm@acme.example';
/** Until V8 has compiled what is used in practice all day; the other side has rounds that do not count. */
const WARM_MAILS = 6000;
/** Milliseconds; asking for the figure is work too. */
const POLL_MS = 25;

interface Servers {
  readonly dovecot: TestDovecot;
  /** Stays up while the other is down. */
  readonly warm: TestDovecot;
  /** Folders of rounds that are over. */
  readonly finished: string[];
}

interface Load {
  readonly name: string;
  readonly mails: (run: string) => Buffer[];
  readonly rounds: number;
}

/**
 * A mailbox that is taken in, from its login to the last durable record: the email app in a process of its own with
 * PostgreSQL and a blob folder, beside one connection that downloads the same mails one by one and only parses them.
 * Both get a fresh mailbox of the same server in each round.
 */
export async function benchMailbox({ quick, say }: BenchContext): Promise<Figure[]> {
  if (dovecotProgram() === null) {
    say('  SKIPPED: there is no Dovecot (Debian: dovecot-imapd dovecot-lmtpd)');
    return [];
  }
  const servers: Servers = { dovecot: await startTestDovecot(), warm: await startTestDovecot(), finished: [] };
  try {
    await fill(servers.warm, WARM_USER, mixedMails('warm', WARM_MAILS));
    const mixed = await measure(servers, say, {
      name: 'mixed',
      mails: (run) => mixedMails(run, 2000),
      rounds: quick ? 3 : 6,
    });
    const large = await measure(servers, say, {
      name: 'large',
      mails: (run) => largeMails(run, quick ? 60 : 120),
      rounds: quick ? 2 : 4,
    });
    const figure = (name: string, rates: Rates, wanted: Figure['wanted']): Figure => {
      const limit = { name: 'download one by one, lean parser', value: median(rates.bare) };
      return { bench: 'mailbox', name, unit: 'mails/s', value: median(rates.ours), limit, wanted };
    };
    return [
      figure('login to durable, 2,000 mixed mails', mixed, { ratio: 1.5 }),
      figure('login to durable, 2 MB mails', large, { atLeast: 20 }),
    ];
  } finally {
    await Promise.all([servers.dovecot.stop(), servers.warm.stop()]);
    await Promise.all(servers.finished.map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

interface Rates {
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

async function measure(servers: Servers, say: (line: string) => void, load: Load): Promise<Rates> {
  const { dovecot } = servers;
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < load.rounds; round += 1) {
    const mails = load.mails(`${load.name}${round}`);
    const [our, other] = [`ours-${load.name}${round}@acme.example`, `bare-${load.name}${round}@acme.example`];
    for (const user of [our, other]) {
      await fill(dovecot, user, mails);
    }
    ours.push(await rateOfOurs(servers, our, mails.length));
    bare.push(await rateOfBare(dovecot, other, mails.length));
    const bytes = mails.reduce((sum, mail) => sum + mail.length, 0);
    const average = Math.round(bytes / mails.length / 1024);
    say(
      `  ${load.name}: ${mails.length} mails of ${average} KB; ours ${ours.at(-1)?.toFixed(0)}/s, ` +
        `one by one ${bare.at(-1)?.toFixed(0)}/s`,
    );
  }
  return { ours: ours.slice(1), bare: bare.slice(1) };
}

/** Fills the mailbox and lets the server index it, so that neither side pays for that. */
async function fill(dovecot: TestDovecot, user: string, mails: readonly Buffer[]): Promise<void> {
  for (const mail of mails) {
    await dovecot.drop(user, mail);
  }
  const client = await openBare(dovecot, user);
  await client.mailboxOpen('INBOX');
  await client.logout();
}

async function openBare(dovecot: TestDovecot, user: string): Promise<ImapFlow> {
  const protection = { secure: false, doSTARTTLS: false, logger: false } as const;
  const auth = { user, pass: dovecot.password };
  const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.imapPort, ...protection, auth });
  await client.connect();
  return client;
}

async function rateOfBare(dovecot: TestDovecot, user: string, count: number): Promise<number> {
  const started = performance.now();
  const client = await openBare(dovecot, user);
  const { uidNext } = await client.mailboxOpen('INBOX');
  let parsed = 0;
  for (let uid = 1; uid < uidNext; uid += 1) {
    const download = await client.download(String(uid), undefined, { uid: true });
    if ('content' in download && download.content !== undefined) {
      await simpleParser(download.content, LEAN);
      parsed += 1;
    }
  }
  await client.logout();
  if (parsed !== count) {
    throw new Error(`${parsed} of ${count} mails were downloaded`);
  }
  return count / ((performance.now() - started) / 1000);
}

/**
 * The process has taken in a mailbox of another server before, as it has in practice: its code is compiled and its
 * folders are made, like those of the other side, whose first round does not count either.
 */
async function rateOfOurs(servers: Servers, user: string, count: number): Promise<number> {
  const { dovecot, warm } = servers;
  const parts = await startParts('embedded', 'manual');
  const configuration = join(parts.folder, 'mailbox.yml');
  await writeFile(configuration, configurationOf([mailboxOf(warm, WARM_USER), mailboxOf(dovecot, user)]));
  const environment = { ...parts.environment, CASEWRIGHT_CONFIG: configuration, SMTP_PORT: '0' };
  dovecot.kill('SIGKILL');
  const app = await startApp('email', parts.folder, environment, NODE_OPTIONS);
  const log = `see ${join(parts.folder, 'email.log')}`;
  let complete = false;
  try {
    await waitUntil(
      async () => (await durable(parts)) >= WARM_MAILS,
      WITHIN_MS,
      () => `it did not get warm: ${log}`,
    );
    await dovecot.restart();
    await waitUntil(
      async () => dovecot.imapProcesses(user).length > 0,
      60_000,
      () => `nobody logged in: ${log}`,
      2,
    );
    const started = performance.now();
    const all = WARM_MAILS + count;
    await waitUntil(
      async () => (await durable(parts)) >= all,
      WITHIN_MS,
      () => `not all became durable: ${log}`,
      POLL_MS,
    );
    complete = true;
    return count / ((performance.now() - started) / 1000);
  } finally {
    await app.kill('SIGKILL');
    await delay(200);
    // ext4 looks for a free inode much longer after many files were deleted, so that waits for the end of the bench.
    await parts.stop({ keep: true });
    servers.finished.push(...(complete ? [parts.folder] : []));
  }
}

/** Records that the log holds of mail. */
async function durable({ pool }: Parts): Promise<number> {
  const { rows } = await pool.query<{ count: string | null }>({
    name: 'durable',
    text: `select sum(next_offset)::text as count from log_partition
            where topic_id = (select id from log_topic where name = 'interactions.email.v1')`,
  });
  return Number(rows[0]?.count ?? 0);
}

function mailboxOf({ imapPort, password }: TestDovecot, user: string): object {
  return { address: user, group: 'Support', imap: { host: '127.0.0.1', port: imapPort, tls: 'none', user, password } };
}

function configurationOf(mailboxes: readonly object[]): string {
  return JSON.stringify({
    account: { name: 'Acme', defaultGroup: 'Support' },
    caseTokens: { secret: 'a-secret-of-the-bench-alone' },
    mailboxes,
    groups: [{ name: 'Support', strategy: 'manual' }],
  });
}
