import { singleLine } from '#libs/mail';
import type { ImapConfiguration } from '#libs/runtime';
import { explainLoginRefusal } from '../credentials/index.js';

/**
 * Why the work on a mailbox ended. `refused`: only a person can help. `throttled`: the server said to come back later.
 * `lease_lost`: another process works on it. `unavailable`: the log or the store takes nothing now.
 */
export type FailureKind = 'connection' | 'refused' | 'throttled' | 'folder' | 'unavailable' | 'lease_lost' | 'database';

/** Ends the work on a mailbox until the next attempt. The reason is for people and holds no secret. */
export class MailboxFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    reason: string,
    /** Least milliseconds until the next attempt. */
    readonly pauseMs = 0,
  ) {
    super(reason);
  }
}

/** What imapflow's errors may hold. */
interface ImapError {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly authenticationFailed?: unknown;
  readonly serverResponseCode?: unknown;
  readonly responseText?: unknown;
  readonly throttleReset?: unknown;
  readonly mailboxMissing?: unknown;
}

const LONGEST_REASON = 500;
/** Codes of RFC 5530 that mean "not now", whatever they came with. */
const NOT_NOW = ['UNAVAILABLE', 'INUSE', 'SERVERBUG', 'LIMIT'];
const LONGEST_THROTTLE_MS = 60 * 60 * 1000;
const LIMIT_PAUSE_MS = 30_000;

/** A failure of the connection or of a command as one of ours. */
export function mailboxFailure(error: unknown, imap: ImapConfiguration): MailboxFailure {
  if (error instanceof MailboxFailure) {
    return error;
  }
  const found = (typeof error === 'object' && error !== null ? error : { message: error }) as ImapError;
  const said = textOf(found.responseText) ?? textOf(found.message) ?? 'no reason given';
  const where = `${imap.host}:${imap.port}`;
  const response = (textOf(found.serverResponseCode) ?? '').toUpperCase();
  if (found.code === 'ETHROTTLE') {
    const reset = Math.min(Number(found.throttleReset) || 0, LONGEST_THROTTLE_MS);
    return new MailboxFailure('throttled', `${where} asks us to come back in ${Math.ceil(reset / 1000)} s`, reset);
  }
  if (NOT_NOW.includes(response)) {
    return new MailboxFailure('throttled', `${where} takes no more work now: ${said}`, LIMIT_PAUSE_MS);
  }
  if (found.authenticationFailed === true) {
    return new MailboxFailure('refused', explainLoginRefusal(imap));
  }
  if (found.mailboxMissing === true) {
    return new MailboxFailure('refused', `${imap.user} has no folder ${imap.folder}: check folder below imap.`);
  }
  const code = textOf(found.code);
  return new MailboxFailure(
    'connection',
    `${where}: ${said}${code === null || said.includes(code) ? '' : ` (${code})`}`,
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? singleLine(value.slice(0, LONGEST_REASON)) : null;
}

/** Milliseconds. */
export interface PauseTimes {
  /** The first pause after a failure; it grows by half each time. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** The least pause after a login that was refused: more attempts could lock the account. */
  readonly refusedPause: number;
}

const GROWTH = 1.5;

/**
 * Milliseconds until the next attempt: growing by half from failure to failure, a quarter up or down by chance so that
 * many mailboxes of one server do not come back together, and never less than the failure itself asks for.
 */
export function pauseAfter(
  failure: Pick<MailboxFailure, 'kind' | 'pauseMs'>,
  consecutiveFailures: number,
  times: PauseTimes,
  chance: number = Math.random(),
): number {
  const grown = Math.min(times.firstPause * GROWTH ** Math.min(consecutiveFailures - 1, 100), times.longestPause);
  const spread = grown * (0.75 + chance / 2);
  const least = failure.kind === 'refused' ? Math.max(times.refusedPause, failure.pauseMs) : failure.pauseMs;
  return Math.round(Math.max(spread, least));
}
