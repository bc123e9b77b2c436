import type { MailboxFailure } from './connection/mailbox-failure.js';
import type { MailboxTimes } from './folder/mailbox-dependencies.js';

const GROWTH = 1.5;

/**
 * Milliseconds until the next attempt: growing by half from failure to failure, a quarter up or down by chance so that
 * many mailboxes of one server do not come back together, and never less than the failure itself asks for.
 */
export function pauseAfter(
  failure: Pick<MailboxFailure, 'kind' | 'pauseMs'>,
  consecutiveFailures: number,
  times: MailboxTimes,
  chance: number = Math.random(),
): number {
  const grown = Math.min(times.firstPause * GROWTH ** Math.min(consecutiveFailures - 1, 100), times.longestPause);
  const spread = grown * (0.75 + chance / 2);
  const least = failure.kind === 'refused' ? Math.max(times.refusedPause, failure.pauseMs) : failure.pauseMs;
  return Math.round(Math.max(spread, least));
}
