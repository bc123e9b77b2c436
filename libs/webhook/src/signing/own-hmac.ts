import { createHmac } from 'node:crypto';
import { isSignature } from '../request/constant-time.js';
import { isRefused, signatureHeaders } from '../request/signature-headers.js';
import { refuseTimestamp } from '../request/timestamp.js';
import { refused, verified, type Verification } from '../request/verification.js';
import type { WebhookRequest } from '../request/webhook-request.js';
import type { HmacSettings } from './hmac-settings.js';

/** HMAC-SHA256 of the body, after time and separator where the time is signed. `timestamp` null: it is not. */
export function signOwnHmac(
  secret: string,
  { encoding, keyEncoding, separator }: Pick<HmacSettings, 'encoding' | 'keyEncoding' | 'separator'>,
  { timestamp, body }: { readonly timestamp: string | null; readonly body: Buffer },
): string {
  const signer = createHmac('sha256', Buffer.from(secret, keyEncoding));
  if (timestamp !== null) {
    signer.update(`${timestamp}${separator}`, 'utf8');
  }
  return signer.update(body).digest(encoding);
}

/** Checks a request of a telephone system that signs in a way of its own, which the settings tell. */
export function verifyOwnHmac(request: WebhookRequest, secrets: readonly string[], hmac: HmacSettings): Verification {
  const { header, timestampHeader, toleranceSeconds } = hmac;
  const headers = signatureHeaders(request, timestampHeader === null ? [header] : [header, timestampHeader]);
  if (isRefused(headers)) {
    return headers;
  }
  const [signature = '', timestamp = null] = headers;
  const outOfTime = timestamp === null ? null : refuseTimestamp(timestamp, request, toleranceSeconds);
  if (outOfTime !== null) {
    return outOfTime;
  }
  const right = secrets.map((secret) => signOwnHmac(secret, hmac, { timestamp, body: request.body }));
  return isSignature(right, signature) ? verified() : refused('signature-mismatch');
}
