import type { FolderPosition, HeldFolder } from '#libs/channel-kit';
import { pause } from '#libs/runtime';
import { mailboxFailure, pauseAfter, type MailboxFailure } from './connection/mailbox-failure.js';
import { openFolder } from './connection/open-folder.js';
import { keepLease, type FolderLease } from './folder/folder-lease.js';
import { inStore, leaseLost, type FolderMemory, type FolderWork } from './folder/folder-work.js';
import {
  MAILBOX_TIMES,
  type FetchedMailbox,
  type MailboxDependencies,
  type MailboxTimes,
} from './folder/mailbox-dependencies.js';
import { syncFolder } from './folder/sync-folder.js';

/** A connection that ends sooner, without having brought anything, does not count as a good one. */
const GOOD_CONNECTION_MS = 60_000;
/** A server that ends each connection soon after it answered is asked again within half a minute. */
const MOST_SHORT_FAILURES = 9;

/**
 * One mailbox, from the start of the application until its stop.
 * 1. Wait for the lease: of several processes one works on a mailbox.
 * 2. Connect, read, wait for news; after a failure come back later, until the lease is lost.
 * 3. Give the lease back.
 *
 * Never rejects: whatever goes wrong with one mailbox stops no other.
 */
export async function runMailbox(
  mailbox: FetchedMailbox,
  dependencies: MailboxDependencies,
  owner: string,
  stop: AbortSignal,
): Promise<void> {
  const times = { ...MAILBOX_TIMES, ...dependencies.times };
  const failures = failureReports(mailbox, dependencies);
  while (!stop.aborted) {
    const askedAt = performance.now();
    const place = { mailbox: mailbox.address, folder: mailbox.imap.folder };
    try {
      const acquired = await inStore(dependencies.store.acquire(place, owner, times.lease));
      if (acquired !== null) {
        const lease = keepLease(dependencies.store, acquired.held, times.lease, askedAt);
        await workWithLease({ mailbox, dependencies, times, stop, failures }, lease, acquired.position);
        continue;
      }
    } catch (error) {
      failures.tell(mailboxFailure(error, mailbox.imap));
    }
    await pause(times.leaseRetry, stop);
  }
}

/** What stays the same over all connections of a mailbox. */
interface Worker {
  readonly mailbox: FetchedMailbox;
  readonly dependencies: MailboxDependencies;
  readonly times: MailboxTimes;
  readonly stop: AbortSignal;
  readonly failures: FailureReports;
}

async function workWithLease(worker: Worker, lease: FolderLease, position: FolderPosition): Promise<void> {
  const { mailbox, dependencies, times, stop, failures } = worker;
  const memory: FolderMemory = { ...position };
  const end = AbortSignal.any([stop, lease.lost]);
  let connections = 0;
  while (!end.aborted) {
    if ((connections += 1) > 1) {
      dependencies.mailboxMetrics.reconnected(mailbox.address);
    }
    const failure = await workOverConnection(worker, lease, memory, end);
    if (failure === null || failure.kind === 'lease_lost') {
      break;
    }
    const consecutiveFailures = failures.tell(failure);
    await savePause(dependencies, lease.held, failure, consecutiveFailures);
    await pause(pauseAfter(failure, consecutiveFailures, times), end);
  }
  await lease.release(stop.aborted ? 'stopped' : 'waiting');
}

/** Null when the application stops. */
async function workOverConnection(
  worker: Worker,
  lease: FolderLease,
  memory: FolderMemory,
  end: AbortSignal,
): Promise<MailboxFailure | null> {
  const { mailbox, dependencies, times, stop, failures } = worker;
  const startedAt = performance.now();
  let folder: FolderWork['folder'] | null = null;
  const work = { mailbox, lease, memory, dependencies, times, stop, imported: 0, marksRefused: false };
  const giveUp = () => void folder?.close(false);
  try {
    await inStore(dependencies.store.saveHealth(lease.held, { phase: 'connecting' }));
    folder = await openFolder(mailbox.imap, times, end);
    lease.lost.addEventListener('abort', giveUp);
    const connected: FolderWork = Object.assign(work, { folder });
    await syncFolder(connected, () => failures.synced());
    return null;
  } catch (error) {
    if (stop.aborted) {
      return null;
    }
    const isGood = performance.now() - startedAt > GOOD_CONNECTION_MS || work.imported > 0;
    failures.connectionEnded(isGood);
    return lease.isValid() ? mailboxFailure(error, mailbox.imap) : leaseLost();
  } finally {
    lease.lost.removeEventListener('abort', giveUp);
    await folder?.close(true);
  }
}

async function savePause(
  { store }: MailboxDependencies,
  held: HeldFolder,
  failure: MailboxFailure,
  consecutiveFailures: number,
): Promise<void> {
  const error = { reason: failure.message, at: new Date(), consecutiveFailures };
  // Without a database there is nobody to tell; the log has it.
  await store.saveHealth(held, { phase: 'paused', error }).catch(() => false);
}

/** Counts failures in a row and tells of them once each, not at every attempt. */
interface FailureReports {
  /** Failures in a row, this one included. */
  tell(failure: MailboxFailure): number;
  /** A sync came to its end. */
  synced(): void;
  connectionEnded(isGood: boolean): void;
}

function failureReports(mailbox: FetchedMailbox, { logger, mailboxMetrics }: MailboxDependencies): FailureReports {
  let inARow = 0;
  let told: string | null = null;
  let hasSynced = false;
  return {
    tell(failure) {
      inARow += 1;
      mailboxMetrics.failed(mailbox.address, failure.kind);
      if (failure.message !== told) {
        const details = { mailbox: mailbox.address, kind: failure.kind, reason: failure.message };
        logger.warn(details, 'The mailbox could not be read; we keep trying');
        told = failure.message;
      }
      return inARow;
    },
    synced() {
      if (told !== null) {
        logger.info({ mailbox: mailbox.address }, 'The mailbox is read again');
      }
      told = null;
      hasSynced = true;
    },
    connectionEnded(isGood) {
      const most = isGood ? 0 : MOST_SHORT_FAILURES - 1;
      inARow = hasSynced ? Math.min(inARow, most) : inARow;
      hasSynced = false;
    },
  };
}
