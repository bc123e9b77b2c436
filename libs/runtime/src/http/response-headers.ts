import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Sent with every response. No CORS header: browsers of other origins get nothing unless an operator allows them. */
export const PROTECTIVE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

const ACCEPTABLE = /^[A-Za-z0-9._-]{1,100}$/;
const identities = new WeakMap<IncomingMessage, string>();

/** The name of a request in responses and logs: the caller's `x-request-id` when it is harmless, else a new one. */
export function requestIdentity(request: IncomingMessage): string {
  const known = identities.get(request);
  if (known !== undefined) {
    return known;
  }
  const given = request.headers['x-request-id'];
  const identity = typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
  identities.set(request, identity);
  return identity;
}
