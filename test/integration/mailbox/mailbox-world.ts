import { ImapFlow } from 'imapflow';
import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { listMailboxStates, postgresMailboxStore, type MailboxState, type PublishResult } from '#libs/channel-kit';
import type { Interaction } from '#libs/interaction';
import { memoryParts, parseMail, sourceOfBytes } from '#libs/mail';
import type { ImapConfiguration } from '#libs/runtime';
import {
  PATIENCE_MS,
  startTestDovecot,
  testDatabase,
  type TestDatabase,
  type TestDovecot,
  waitUntil,
} from '#libs/testing';
import type {
  FetchedMailbox,
  MailboxDependencies,
  MailboxTimes,
} from '../../../apps/email/src/mailbox/folder/mailbox-dependencies.js';
import { runMailboxes, type RunningMailboxes } from '../../../apps/email/src/mailbox/run-mailboxes.js';

/** A real mail server and a real database; the log and the blob store are in memory. */
export interface MailboxWorld {
  readonly server: TestDovecot;
  readonly database: TestDatabase;
  readonly accountId: string;
  close(): Promise<void>;
}

/** A mailbox of the world that no other test uses, and what was published from it. */
export interface MailboxUnderTest {
  readonly address: string;
  readonly published: Interaction[];
  /** Numbers of interactions that were published together. */
  readonly publications: number[];
  /** What was logged as a warning. */
  readonly warnings: string[];
  /** What the log answers; everything is taken unless a test says otherwise. */
  answer: (interactions: readonly Interaction[]) => PublishResult;
  /** Starts a worker; several may run. */
  start(options?: {
    readonly imap?: Partial<ImapConfiguration>;
    readonly times?: Partial<MailboxTimes>;
    readonly onStep?: MailboxDependencies['onStep'];
  }): RunningMailboxes;
  state(): Promise<MailboxState | undefined>;
  drop(...subjects: readonly string[]): Promise<void>;
  subjects(): string[];
  /** Runs commands as a person does who opens the mailbox too. */
  asPerson<Result>(commands: (client: ImapFlow) => Promise<Result>, folder?: string): Promise<Result>;
}

const QUICK: Partial<MailboxTimes> = { leaseRetry: 50, firstPause: 50 };

export async function startMailboxWorld(): Promise<MailboxWorld> {
  const [server, database] = await Promise.all([startTestDovecot(), testDatabase()]);
  const close = async () => {
    await server.stop();
    await database.drop();
  };
  return { server, database, accountId: randomUUID(), close };
}

/** Bytes of a mail whose subject says which one it is. */
export function mailBytes(subject: string, text = subject): Buffer {
  const id = subject.replaceAll(/\W+/g, '-');
  return Buffer.from(
    `From: a@customer.example\r\nTo: support@acme.example\r\nDate: Mon, 2 Mar 2026 10:20:00 +0000\r\n` +
      `Message-ID: <${id}@customer.example>\r\nSubject: ${subject}\r\n\r\n${text}\r\n`,
  );
}

export function mailboxOf({ server, database, accountId }: MailboxWorld, address: string): MailboxUnderTest {
  const store = postgresMailboxStore(database.pool, accountId);
  const connection = { host: '127.0.0.1', port: server.imapPort, user: address, password: server.password } as const;
  const plain = { tls: 'none', caFile: null, oauth2: null, folder: 'INBOX', afterImport: {}, pollSeconds: 60 } as const;
  const mailbox: MailboxUnderTest = {
    address,
    published: [],
    publications: [],
    warnings: [],
    answer: () => ({ outcome: 'published' }),
    start({ imap, times, onStep } = {}) {
      const fetched: FetchedMailbox = { address, trustedAuthservId: null, imap: { ...connection, ...plain, ...imap } };
      const dependencies = { ...dependenciesOf(mailbox, accountId), store, times: { ...QUICK, ...times }, onStep };
      return runMailboxes([fetched], dependencies);
    },
    async state() {
      const states = await listMailboxStates(database.pool, accountId);
      return states.find((state) => state.mailbox === address);
    },
    async drop(...subjects) {
      for (const subject of subjects) {
        await server.drop(address, mailBytes(subject));
      }
    },
    subjects: () => mailbox.published.map(({ content }) => content.subject),
    asPerson: (commands, folder = 'INBOX') => asPerson(connection, commands, folder),
  };
  return mailbox;
}

type Unstored = Omit<MailboxDependencies, 'store' | 'times' | 'onStep'>;

function dependenciesOf(mailbox: MailboxUnderTest, accountId: string): Unstored {
  const parts = memoryParts();
  const bytesOf = new Map<string, Buffer>();
  const nothing = () => undefined;
  return {
    blobs: {
      async put(content) {
        const bytes = content instanceof Uint8Array ? Buffer.from(content) : await buffer(content);
        const stored = await parts.put(bytes);
        bytesOf.set(stored.sha256, bytes);
        return { ok: true, ...stored };
      },
    },
    parser: {
      async parse(input) {
        const bytes = Buffer.from('bytes' in input ? input.bytes : (bytesOf.get(input.sha256) ?? ''));
        const raw = { ...(await parts.put(bytes)), mediaType: 'message/rfc822' };
        return { payload: await parseMail(sourceOfBytes(bytes), parts), raw };
      },
    },
    publisher: {
      async publish(interactions) {
        const result = mailbox.answer(interactions);
        if (result.outcome === 'published') {
          mailbox.published.push(...interactions);
          mailbox.publications.push(interactions.length);
        }
        return result;
      },
    },
    metrics: {
      ...{ received: nothing, parsed: nothing },
      ...{ recipientRefused: nothing, connectionRefused: nothing, connectionEnded: nothing },
    },
    mailboxMetrics: {
      ...{ imported: nothing, backlog: nothing, synced: nothing },
      ...{ failed: nothing, reconnected: nothing, reconciled: nothing },
    },
    logger: {
      info: nothing,
      error: nothing,
      warn: (...said: unknown[]) => void mailbox.warnings.push(JSON.stringify(said)),
    },
    accountId,
    tokenSecret: 'a secret of the tests',
    maxMessageBytes: 1,
  };
}

async function asPerson<Result>(
  { host, port, user, password }: { host: string; port: number; user: string; password: string },
  commands: (client: ImapFlow) => Promise<Result>,
  folder: string,
): Promise<Result> {
  const client = new ImapFlow({
    host,
    port,
    secure: false,
    doSTARTTLS: false,
    logger: false,
    auth: { user, pass: password },
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.mailboxOpen(folder);
    return await commands(client);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

/** Looks until the condition holds; rejects after a while. */
export function eventually(holds: () => boolean | Promise<boolean>, withinMs = PATIENCE_MS): Promise<void> {
  return waitUntil(holds, withinMs, () => `not within ${withinMs} ms: ${holds.toString()}`, 10);
}
