import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import type { FetchedMailbox, MailboxDependencies } from './folder/mailbox-dependencies.js';
import { runMailbox } from './run-mailbox.js';

/** Mailboxes that are being fetched from. */
export interface RunningMailboxes {
  /** Finishes the mails in hand, gives the leases back and says goodbye to the servers. */
  stop(): Promise<void>;
}

/** Works on each mailbox by itself, so that one that fails stops no other. */
export function runMailboxes(
  mailboxes: readonly FetchedMailbox[],
  dependencies: MailboxDependencies,
): RunningMailboxes {
  const stopping = new AbortController();
  // One for each mailbox; the default warns of more than ten.
  setMaxListeners(0, stopping.signal);
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  const runs = mailboxes.map((mailbox) => runMailbox(mailbox, dependencies, owner, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(runs);
    },
  };
}
