import type { MailboxStore } from '#libs/channel-kit';
import type { ImapConfiguration, Logger } from '#libs/runtime';
import type { Mailbox } from '../../receive/mail-in-hand.js';
import type { ReceiveDependencies } from '../../receive/receive-mail.js';
import type { PauseTimes } from '../connection/mailbox-failure.js';
import type { ConnectionTimes } from '../connection/open-folder.js';
import type { MailboxMetrics } from './mailbox-metrics.js';

/** A mailbox that we fetch from. */
export interface FetchedMailbox extends Mailbox {
  readonly imap: ImapConfiguration;
}

/** The boundaries between what a worker does to a portion of mails, in order. */
export type MailboxStep = 'fetched' | 'stored' | 'published' | 'saved' | 'marking' | 'marked';

/** Milliseconds. */
export interface MailboxTimes extends ConnectionTimes, PauseTimes {
  /** Another process may take a mailbox over when its holder has been silent for so long. */
  readonly lease: number;
  /** How often we ask for a lease that somebody else holds. */
  readonly leaseRetry: number;
  /** Between two comparisons of the folder with what was imported. */
  readonly reconcile: number;
  /** How long we believe that the open folder still is the one that has its name. */
  readonly reopen: number;
}

/** A half-open connection is found after idle + silence: within 90 s. */
export const MAILBOX_TIMES: MailboxTimes = {
  lease: 30_000,
  leaseRetry: 5_000,
  idle: 25_000,
  silence: 60_000,
  firstPause: 1_000,
  longestPause: 300_000,
  refusedPause: 60_000,
  reconcile: 24 * 60 * 60 * 1000,
  reopen: 60_000,
};

export interface MailboxDependencies extends ReceiveDependencies {
  readonly store: MailboxStore;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly mailboxMetrics: MailboxMetrics;
  /** Overrides of `MAILBOX_TIMES`. */
  readonly times?: Partial<MailboxTimes>;
  /** Called at each boundary; work goes on when it resolves. */
  readonly onStep?: (step: MailboxStep) => void | Promise<void>;
}
