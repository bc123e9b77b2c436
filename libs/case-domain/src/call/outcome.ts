import type { CallOutcome } from '#libs/interaction';
import type { CallSummary } from './call-summary.js';

/** What else is known when a call is judged. */
export interface Circumstances {
  /** A message was left for us. */
  readonly message: boolean;
  /** It goes on for longer than calls do: its end was never told. */
  readonly overdue: boolean;
}

/** The table of channels.md F, first hit wins; null while the call goes on and nothing is certain. */
export function outcomeOfCall(summary: CallSummary, { message, overdue }: Circumstances): CallOutcome | null {
  const { direction, agentConnectedAt, endedAt, end } = summary;
  if (direction === 'internal') {
    return 'internal';
  }
  if (agentConnectedAt !== null) {
    return 'answered';
  }
  if (direction === 'outbound') {
    return endedAt === null && !overdue ? null : 'missed';
  }
  if (end.reason === 'blocked') {
    return 'blocked';
  }
  if (message) {
    return 'voicemail_left';
  }
  if (endedAt === null) {
    return overdue ? 'unknown' : null;
  }
  return gaveUp(summary) ? 'abandoned' : 'missed';
}

/** The caller ended it; or nobody knows who did, and the caller only waited. Who got as far as a mailbox did not give up. */
function gaveUp({ end: { by, reason }, queuedAt, ringingAt }: CallSummary): boolean {
  if (reason === 'voicemail') {
    return false;
  }
  if (by === 'caller' || (by === 'unknown' && reason === 'cancelled')) {
    return true;
  }
  const isNobodysFault = reason === null || reason === 'completed' || reason === 'cancelled';
  return by === 'unknown' && isNobodysFault && queuedAt !== null && ringingAt === null;
}

export const DISPOSITIONS = [
  'completed',
  'missed',
  'abandoned',
  'busy',
  'rejected',
  'failed',
  'voicemail',
  'voicemail_no_message',
  'blocked',
  'transferred_out',
  'answered_elsewhere',
  'unknown',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** The technical word for the end (telephony.md §3.2), beside the outcome; null while the call goes on. */
export function dispositionOf(summary: CallSummary, circumstances: Circumstances): Disposition | null {
  const { agentConnectedAt, endedAt, end, handedOut } = summary;
  if (endedAt === null) {
    return circumstances.overdue ? 'unknown' : null;
  }
  if (agentConnectedAt !== null) {
    return handedOut ? 'transferred_out' : 'completed';
  }
  switch (end.reason) {
    case 'busy':
    case 'rejected':
    case 'failed':
    case 'blocked':
    case 'answered_elsewhere':
      return end.reason;
    case 'voicemail':
      return circumstances.message ? 'voicemail' : 'voicemail_no_message';
    default:
      return circumstances.message
        ? 'voicemail'
        : outcomeOfCall(summary, circumstances) === 'abandoned'
          ? 'abandoned'
          : 'missed';
  }
}
