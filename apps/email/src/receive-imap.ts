import type { Logger } from '#libs/runtime';
import { pollMailbox, type PollDependencies, type PolledMailbox } from './imap/poll-mailbox.js';

/** Mailboxes that are being polled. */
export interface ImapReceiver {
  /** Ends after the mails that are being imported. */
  stop(): Promise<void>;
}

export interface ImapDependencies extends PollDependencies {
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

const LONGEST_PAUSE_SECONDS = 600;

/**
 * Polls each mailbox by itself, so that one that fails stops no other. After a failure the pause doubles up to ten
 * minutes; it is back to normal after the first poll that comes to its end.
 */
export function receiveImap(mailboxes: readonly PolledMailbox[], dependencies: ImapDependencies): ImapReceiver {
  const stopping = new AbortController();
  const loops = mailboxes.map((mailbox) => poll(mailbox, dependencies, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function poll(mailbox: PolledMailbox, dependencies: ImapDependencies, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const reason = await pollOnce(mailbox, dependencies);
    if (reason === null && failures > 0) {
      dependencies.logger.info({ mailbox: mailbox.address }, 'The mailbox is read again');
    }
    if (reason !== null && failures === 0) {
      dependencies.logger.warn({ mailbox: mailbox.address, reason }, 'The mailbox could not be read; we keep trying');
    }
    failures = reason === null ? 0 : failures + 1;
    const pause = Math.min(mailbox.imap.pollSeconds * 2 ** failures, LONGEST_PAUSE_SECONDS);
    await sleep(Math.max(pause, mailbox.imap.pollSeconds) * 1000, signal);
  }
}

async function pollOnce(mailbox: PolledMailbox, dependencies: ImapDependencies): Promise<string | null> {
  try {
    const result = await pollMailbox(mailbox, dependencies);
    return result.outcome === 'complete' ? null : result.reason;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (signal.aborted) {
      done();
    }
  });
}
