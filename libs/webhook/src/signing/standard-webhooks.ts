import { createHmac } from 'node:crypto';
import { isSignature } from '../request/constant-time.js';
import { isRefused, signatureHeaders } from '../request/signature-headers.js';
import { refuseTimestamp } from '../request/timestamp.js';
import { refused, verified, type Verification } from '../request/verification.js';
import type { WebhookRequest } from '../request/webhook-request.js';
import { signingKeys } from './signing-key.js';

/** What is signed besides the body. */
export interface StandardMessage {
  readonly id: string;
  /** Seconds since 1970, as written in the header. */
  readonly timestamp: string;
  readonly body: Buffer;
}

const PREFIX = 'whsec_';
const TOLERANCE_SECONDS = 300;

/** `v1,` and the signature of Standard Webhooks 1.0: HMAC-SHA256 of `id.timestamp.body`, base64. */
export function signStandardMessage(secret: string, { id, timestamp, body }: StandardMessage): string {
  const signer = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`, 'utf8');
  return `v1,${signer.update(body).digest('base64')}`;
}

const keyOf = signingKeys((secret) =>
  Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64'),
);

/**
 * Checks a request as Standard Webhooks 1.0 says (github.com/standard-webhooks, spec/standard-webhooks.md).
 *
 * 1. Each of the three headers once.
 * 2. Signed at most 300 s ago, by our clock, and at most 300 s ahead of it.
 * 3. One of the signatures in the header is that of one of the secrets; other versions than `v1` count for nothing.
 */
export function verifyStandardMessage(request: WebhookRequest, secrets: readonly string[]): Verification {
  const headers = signatureHeaders(request, ['webhook-id', 'webhook-timestamp', 'webhook-signature']);
  if (isRefused(headers)) {
    return headers;
  }
  const [id = '', timestamp = '', signatures = ''] = headers;
  const outOfTime = refuseTimestamp(timestamp, request, TOLERANCE_SECONDS);
  if (outOfTime !== null) {
    return outOfTime;
  }
  const right = secrets.map((secret) => signStandardMessage(secret, { id, timestamp, body: request.body }));
  const given = signatures.split(' ').filter((signature) => signature !== '');
  return given.map((signature) => isSignature(right, signature)).includes(true)
    ? verified()
    : refused('signature-mismatch');
}
