import { isSame } from './constant-time.js';
import { isRefused, signatureHeaders } from './signature-headers.js';
import { refused, verified, type Verification } from './verification.js';
import type { WebhookRequest } from './webhook-request.js';

/** User and password of a sender that signs nothing. */
export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

/** Whether the request has user and password of HTTP Basic (RFC 7617, UTF-8), each of those that are right. */
export function verifyBasic(request: WebhookRequest, right: readonly BasicCredentials[]): Verification {
  const headers = signatureHeaders(request, ['authorization']);
  if (isRefused(headers)) {
    return headers.reason === 'signature-missing' ? refused('credentials-missing') : headers;
  }
  const encoded = BASIC.exec(headers[0] ?? '')?.[1];
  if (encoded === undefined) {
    return refused('credentials-mismatch');
  }
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const wanted = right.map(({ user, password }) => `${user}:${password}`);
  return wanted.map((one) => isSame(one, given)).includes(true) ? verified() : refused('credentials-mismatch');
}
