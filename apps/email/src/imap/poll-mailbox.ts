import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { Readable } from 'node:stream';
import type { Checkpoints } from '#libs/channel-kit';
import type { ImapConfiguration } from '#libs/runtime';
import { receiveMail, type Mailbox, type ReceiveDependencies } from '../receive-mail.js';
import { checkpointSource, cursorFor, type ImapCursor } from './imap-cursor.js';

/** A mailbox that we fetch from. */
export interface PolledMailbox extends Mailbox {
  readonly imap: ImapConfiguration;
}

export interface PollDependencies extends ReceiveDependencies {
  readonly checkpoints: Checkpoints;
}

/** `interrupted`: the log or the store did not take a mail; the cursor stays before it. */
export type PollResult =
  | { readonly outcome: 'complete'; readonly imported: number }
  | { readonly outcome: 'interrupted'; readonly imported: number; readonly reason: string };

interface ListedMail {
  readonly uid: number;
  readonly arrivedAt: Date | undefined;
}

/** Mails between two saves of the cursor. A crash repeats at most these, and their ids are the same. */
const SAVE_EVERY = 50;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Fetches what is new in a mailbox, oldest first.
 * 1. Open the folder; another UIDVALIDITY than at the last time starts from the first mail.
 * 2. List the mails above the cursor. No command runs while a listing is read: that would wait for ever.
 * 3. Download each as a stream, and make it durable.
 * 4. Move the cursor, past durable mails only.
 * 5. Mark what was imported; the marks are for people, nothing relies on them.
 *
 * Rejects when the server cannot be reached or refuses; whatever was durable by then stays so.
 */
export async function pollMailbox(mailbox: PolledMailbox, dependencies: PollDependencies): Promise<PollResult> {
  const client = new ImapFlow(clientOptions(mailbox.imap));
  // Without a listener an error after the last command would end the process; the command itself rejects as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const folder = await client.mailboxOpen(mailbox.imap.folder);
    const source = checkpointSource(mailbox.address, mailbox.imap.folder);
    const cursor = cursorFor(await dependencies.checkpoints.load(source), folder.uidValidity.toString());
    const listed = await listAbove(client, cursor.lastUid);
    const save = (position: ImapCursor) => dependencies.checkpoints.save(source, position);
    const { result, imported } = await importAll(client, mailbox, listed, cursor, save, dependencies);
    await mark(client, mailbox.imap, imported);
    return result;
  } finally {
    await client.logout().catch(() => client.close());
  }
}

function clientOptions({ host, port, tls, user, password }: ImapConfiguration): ImapFlowOptions {
  const limits = { socketTimeout: 90_000, greetingTimeout: 16_000, connectionTimeout: 30_000 };
  const protection = { secure: tls === 'implicit', ...(tls === 'implicit' ? {} : { doSTARTTLS: tls === 'starttls' }) };
  return { host, port, ...protection, auth: { user, pass: password ?? '' }, logger: false, ...limits };
}

/** `n:*` names the last mail even when its UID is below n (RFC 3501 §6.4.8), hence the filter. */
async function listAbove(client: ImapFlow, lastUid: number): Promise<ListedMail[]> {
  const listed: ListedMail[] = [];
  const fields = { uid: true, internalDate: true };
  for await (const { uid, internalDate } of client.fetch(`${lastUid + 1}:*`, fields, { uid: true })) {
    if (uid > lastUid) {
      listed.push({ uid, arrivedAt: internalDate === undefined ? undefined : new Date(internalDate) });
    }
  }
  return listed.sort((left, right) => left.uid - right.uid);
}

async function importAll(
  client: ImapFlow,
  mailbox: PolledMailbox,
  listed: readonly ListedMail[],
  cursor: ImapCursor,
  save: (cursor: ImapCursor) => Promise<void>,
  dependencies: PollDependencies,
): Promise<{ result: PollResult; imported: number[] }> {
  const imported: number[] = [];
  let saved = cursor.lastUid;
  let lastUid = cursor.lastUid;
  const settle = async (result: PollResult) => {
    if (lastUid > saved) {
      await save({ ...cursor, lastUid });
    }
    return { result, imported };
  };
  for (const mail of listed) {
    const failure = await importOne(client, mailbox, mail, dependencies);
    if (failure !== null) {
      return settle({ outcome: 'interrupted', imported: imported.length, reason: failure });
    }
    imported.push(mail.uid);
    lastUid = mail.uid;
    if (imported.length % SAVE_EVERY === 0) {
      await save({ ...cursor, lastUid });
      saved = lastUid;
    }
  }
  return settle({ outcome: 'complete', imported: imported.length });
}

/** Null when the mail is durable, or was deleted before we came. */
async function importOne(
  client: ImapFlow,
  mailbox: PolledMailbox,
  { uid, arrivedAt }: ListedMail,
  dependencies: PollDependencies,
): Promise<string | null> {
  const download = await client.download(String(uid), undefined, { uid: true, chunkSize: CHUNK_BYTES });
  if (!('content' in download) || download.content === undefined) {
    return null;
  }
  const envelope = { provider: 'imap', receivedAt: new Date(), arrivedAt, from: null, recipients: [] } as const;
  // The mailbox's own server has accepted the mail: refusing it for its size would lose it.
  const limits = { ...dependencies, maxMessageBytes: Number.MAX_SAFE_INTEGER };
  const content: Readable = download.content;
  const result = await receiveMail(content, { ...envelope, mailboxes: [mailbox] }, limits);
  return result.outcome === 'durable' ? null : result.outcome === 'unavailable' ? result.reason : result.outcome;
}

async function mark(client: ImapFlow, { afterImport }: ImapConfiguration, imported: readonly number[]): Promise<void> {
  if (imported.length === 0) {
    return;
  }
  const range = imported.join(',');
  const flags = [
    ...(afterImport.seen === true ? ['\\Seen'] : []),
    ...(afterImport.keyword ? [afterImport.keyword] : []),
  ];
  if (flags.length > 0) {
    await client.messageFlagsAdd(range, flags, { uid: true });
  }
  if (afterImport.moveTo !== undefined) {
    await client.messageMove(range, afterImport.moveTo, { uid: true });
  }
}
