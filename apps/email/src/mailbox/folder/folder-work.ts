import type { MailboxHealth } from '#libs/channel-kit';
import { errorMessage } from '#libs/runtime';
import { MailboxFailure } from '../connection/mailbox-failure.js';
import type { OpenFolder } from '../connection/open-folder.js';
import type { FolderLease } from './folder-lease.js';
import type { FetchedMailbox, MailboxDependencies, MailboxStep, MailboxTimes } from './mailbox-dependencies.js';

/** What is known of a folder while its lease is held; changes with each portion. */
export interface FolderMemory {
  uidValidity: string | null;
  /** Highest UID whose mail, and every mail below it, is durable. */
  lastUid: number;
  highestModseq: string | null;
  seenAbove: number;
  lastReconciledAt: Date | null;
}

/** One connection's work on a folder. */
export interface FolderWork {
  readonly mailbox: FetchedMailbox;
  readonly folder: OpenFolder;
  readonly lease: FolderLease;
  readonly memory: FolderMemory;
  readonly dependencies: MailboxDependencies;
  readonly times: MailboxTimes;
  /** Aborted when the application stops: no portion is begun any more. */
  readonly stop: AbortSignal;
  /** Mails imported over this connection. */
  imported: number;
  /** The server refused the marks: they are tried again over the next connection. */
  marksRefused: boolean;
}

export async function stepDone({ dependencies }: FolderWork, step: MailboxStep): Promise<void> {
  await dependencies.onStep?.(step);
}

/** A write to the store, as `MailboxFailure` when it fails or when the lease was lost. */
export async function written(writing: Promise<boolean>): Promise<void> {
  if (!(await inStore(writing))) {
    throw leaseLost();
  }
}

/** A question to the store; rejects with `MailboxFailure`. */
export async function inStore<Result>(asking: Promise<Result>): Promise<Result> {
  try {
    return await asking;
  } catch (error) {
    throw new MailboxFailure('database', `the database: ${errorMessage(error)}`);
  }
}

export function leaseLost(): MailboxFailure {
  return new MailboxFailure('lease_lost', 'another process has taken the mailbox over');
}

export async function saveHealth({ dependencies, lease }: FolderWork, health: MailboxHealth): Promise<void> {
  await written(dependencies.store.saveHealth(lease.held, health));
}
