import { refused, type Refused } from './verification.js';
import type { WebhookRequest } from './webhook-request.js';

/** Seconds since 1970, written in one way only; 12 digits last for 30,000 years. */
const SECONDS = /^(0|[1-9]\d{0,11})$/;

/** Refuses what was signed longer ago, or later, than the tolerance allows; null when the time is good. */
export function refuseTimestamp(
  timestamp: string,
  { receivedAt }: Pick<WebhookRequest, 'receivedAt'>,
  toleranceSeconds: number,
): Refused | null {
  if (!SECONDS.test(timestamp)) {
    return refused('signature-unreadable');
  }
  const behind = Math.floor(receivedAt / 1000) - Number(timestamp);
  return Math.abs(behind) <= toleranceSeconds
    ? null
    : refused('timestamp-out-of-range', { detail: `the clocks differ by ${Math.abs(behind)} s` });
}
