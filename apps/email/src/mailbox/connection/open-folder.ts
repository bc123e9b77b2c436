import { ImapFlow } from 'imapflow';
import type { ImapConfiguration } from '#libs/runtime';
import { obtainCredentials } from '../credentials/index.js';
import { connectionOptions } from './connection-options.js';
import { MailboxFailure, mailboxFailure } from './mailbox-failure.js';

/** One connection with one folder open. It is used by one flow at a time, and never again once it was closed. */
export interface OpenFolder {
  readonly client: ImapFlow;
  /** `0` when the server has none: then UIDs hold for this connection only. */
  readonly uidValidity: string;
  readonly highestModseq: string | null;
  readonly uidNext: number;
  readonly tokenExpiresAt: Date | null;
  /** Aborted when the connection is gone. */
  readonly closed: AbortSignal;
  /** Whether the server hinted at new mail since the last question. */
  takeHint(): boolean;
  /** Calls back at each hint. */
  onHint(listener: (() => void) | null): void;
  /**
   * Opens the folder by its name once more. A session can be left in a folder that was deleted or renamed meanwhile (RFC 2180 §3; Dovecot
   * does it too, and answers OK), and would never hear of a new mail. Rejects when the name leads to another folder by now, which the next
   * connection reads.
   */
  reopen(): Promise<void>;
  /** Runs commands; rejects with `MailboxFailure` when they fail, and in any case when the connection is gone. */
  run<Result>(commands: (client: ImapFlow) => Promise<Result>): Promise<Result>;
  /** Says goodbye when that is possible quickly, and closes. Never rejects. */
  close(politely: boolean): Promise<void>;
}

/** Milliseconds. */
export interface ConnectionTimes {
  /** IDLE is begun anew after this, which shows whether the server is still there. */
  readonly idle: number;
  /** Silence of the server in a command, after which the connection is given up. */
  readonly silence: number;
}

const GOODBYE_MS = 2_000;

/**
 * 1. Fetch the credentials anew: a token serves one login.
 * 2. Connect and log in. A connection ends in `close`, with `error` before it or not.
 * 3. Open the folder.
 *
 * Rejects with `MailboxFailure`; soon after `giveUp` too.
 */
export async function openFolder(
  imap: ImapConfiguration,
  times: ConnectionTimes,
  giveUp: AbortSignal,
): Promise<OpenFolder> {
  const credentials = await obtainCredentials(imap);
  if (!credentials.ok) {
    const kind = credentials.kind === 'refused' ? 'refused' : 'connection';
    throw new MailboxFailure(kind, credentials.reason, credentials.retryAfterMs ?? 0);
  }
  const options = await connectionOptions(imap, credentials.auth).catch((error: unknown) => {
    throw mailboxFailure(error, imap);
  });
  const client = new ImapFlow({ ...options, maxIdleTime: times.idle, socketTimeout: times.silence });
  const closed = new AbortController();
  let lastError: unknown = null;
  client.on('error', (error: unknown) => (lastError = error));
  client.on('close', () => closed.abort());
  const gone = () => mailboxFailure(lastError ?? new Error('the server closed the connection'), imap);
  const run = commandsUntilClosed(client, closed.signal, gone, imap);
  const close = () => client.close();
  if (giveUp.aborted) {
    throw gone();
  }
  giveUp.addEventListener('abort', close);
  try {
    await run(() => client.connect());
    await run(() => client.mailboxOpen(imap.folder));
    return describeFolder(client, closed.signal, run, imap.folder, credentials.expiresAt);
  } catch (error) {
    client.close();
    throw error;
  } finally {
    giveUp.removeEventListener('abort', close);
  }
}

function describeFolder(
  client: ImapFlow,
  closed: AbortSignal,
  run: OpenFolder['run'],
  path: string,
  tokenExpiresAt: Date | null,
): OpenFolder {
  const mailbox = client.mailbox === false ? null : client.mailbox;
  const uidValidity = uidValidityOf(client);
  let hinted = false;
  let listener: (() => void) | null = null;
  client.on('exists', () => {
    hinted = true;
    listener?.();
  });
  return {
    client,
    closed,
    run,
    tokenExpiresAt,
    uidValidity,
    highestModseq: mailbox?.highestModseq === undefined ? null : String(mailbox.highestModseq),
    uidNext: mailbox?.uidNext ?? 0,
    takeHint() {
      const was = hinted;
      hinted = false;
      return was;
    },
    onHint: (next) => void (listener = next),
    async reopen() {
      await run(() => client.mailboxOpen(path));
      if (uidValidityOf(client) !== uidValidity) {
        throw new MailboxFailure('connection', `${path} is another folder than before, or was numbered anew`);
      }
    },
    close: (politely) => closeClient(client, politely),
  };
}

function uidValidityOf({ mailbox }: ImapFlow): string {
  return String(mailbox === false ? 0 : (mailbox.uidValidity ?? 0));
}

/** A command whose answer never comes must end with its connection, whatever the library does. */
function commandsUntilClosed(
  client: ImapFlow,
  closed: AbortSignal,
  gone: () => MailboxFailure,
  imap: ImapConfiguration,
): OpenFolder['run'] {
  return async (commands) => {
    let onClose = () => {};
    const untilClosed = new Promise<never>((_resolve, reject) => {
      onClose = () => reject(gone());
      closed.addEventListener('abort', onClose);
    });
    const work = closed.aborted ? Promise.reject(gone()) : commands(client);
    // Whichever ends second has nobody to reject to.
    untilClosed.catch(() => undefined);
    work.catch(() => undefined);
    try {
      return await Promise.race([work, untilClosed]);
    } catch (error) {
      throw mailboxFailure(error, imap);
    } finally {
      closed.removeEventListener('abort', onClose);
    }
  };
}

async function closeClient(client: ImapFlow, politely: boolean): Promise<void> {
  if (politely && client.usable) {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, GOODBYE_MS)));
    await Promise.race([client.logout().catch(() => undefined), tooLate]);
    clearTimeout(timer);
  }
  client.close();
}
