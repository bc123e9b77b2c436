import { ownAddress } from '#libs/interaction';
import { secretExpiry, type MailboxConfiguration, type SecretExpiry } from '#libs/runtime';
import type { MailboxState } from './sql/list-mailbox-states.js';

/**
 * `ok`: all that is in the folder is durable. `warning`: so it is, and something needs a hand soon. `failing`: the last
 * attempts failed. `waiting`: nobody works on it, or its first look is not over. `forwarded`: there is nothing to fetch.
 */
export type MailboxStatus = 'ok' | 'warning' | 'failing' | 'waiting' | 'forwarded';

/** One of our mailboxes: how it is reached, and how that goes. */
export interface MailboxOverview {
  readonly address: string;
  readonly status: MailboxStatus;
  /** Null for a mailbox that we do not fetch from. */
  readonly folder: string | null;
  /** Null before the first attempt. */
  readonly state: MailboxState | null;
  readonly clientSecretExpiresAt: Date | null;
  /** Sentences for an operator: what is so, and what to do. */
  readonly warnings: readonly string[];
}

/** A folder is looked at once a minute or more often; twice the longest pause of a worker is not normal any more. */
const STALE_AFTER_MS = 10 * 60 * 1000;

/** Joins what is configured with what is stored; a mailbox that was taken out of the configuration is left out. */
export function mailboxOverview(
  mailboxes: readonly Pick<MailboxConfiguration, 'address' | 'imap'>[],
  states: readonly MailboxState[],
  now: Date,
): MailboxOverview[] {
  return mailboxes.map(({ address: written, imap }) => {
    const address = ownAddress(written);
    if (imap === null) {
      return { address, status: 'forwarded', folder: null, state: null, clientSecretExpiresAt: null, warnings: [] };
    }
    const state = states.find(({ mailbox, folder }) => mailbox === address && folder === imap.folder) ?? null;
    const expiry = secretExpiry(imap, now);
    const warnings = [...expiryWarnings(expiry, now), ...stateWarnings(state, now)];
    const status = statusOf(state, warnings);
    return { address, status, folder: imap.folder, state, clientSecretExpiresAt: expiry?.expiresAt ?? null, warnings };
  });
}

function statusOf(state: MailboxState | null, warnings: readonly string[]): MailboxStatus {
  if (state !== null && state.consecutiveFailures > 0) {
    return 'failing';
  }
  if (state === null || state.lastSyncAt === null || state.phase === 'waiting' || state.phase === 'stopped') {
    return 'waiting';
  }
  return warnings.length > 0 ? 'warning' : 'ok';
}

function expiryWarnings(expiry: SecretExpiry | null, now: Date): string[] {
  if (expiry === null || expiry.warningDays === null) {
    return [];
  }
  const day = expiry.expiresAt.toISOString().slice(0, 10);
  const when = expiry.expiresAt <= now ? `has ended on ${day}` : `ends on ${day}, in ${expiry.daysLeft} days`;
  return [`The client secret ${when}: create a new one and put it, with its date, into the configuration.`];
}

function stateWarnings(state: MailboxState | null, now: Date): string[] {
  if (state === null || state.phase === 'waiting' || state.phase === 'stopped') {
    return ['No process fetches from it: see whether the email app runs.'];
  }
  const { lastSyncAt } = state;
  const isStale = lastSyncAt !== null && now.getTime() - lastSyncAt.getTime() > STALE_AFTER_MS;
  return isStale ? [`The folder was last taken in completely at ${lastSyncAt.toISOString()}.`] : [];
}
