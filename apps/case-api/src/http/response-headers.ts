import type { FastifyInstance } from 'fastify';
import { requestIdentity } from './request-identity.js';

/** Sent with every response. No CORS header: browsers of other origins get nothing unless an operator allows them. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** Puts the protective headers and the request's identity on every response of the server, errors included. */
export function protectResponses(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(HEADERS).header('x-request-id', requestIdentity(request.raw));
    done();
  });
}
