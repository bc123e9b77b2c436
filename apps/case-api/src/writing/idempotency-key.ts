import { createHash } from 'node:crypto';
import type { JsonBody } from '#libs/runtime';
import type { FastifyRequest } from 'fastify';
import { malformedHeader } from '../http/problem.js';

const BARE = /^[\x20-\x7e]{1,255}$/;
/** A string of RFC 8941 §3.3.3; parameters behind it mean nothing here. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * Reads `Idempotency-Key`: 1 to 255 printable characters of ASCII, bare or as a string in quotes; both name the same key.
 * Null when it was not sent. Throws 400 for anything else.
 */
export function readIdempotencyKey(header: string | undefined): string | null {
  const written = header?.trim();
  if (written === undefined) {
    return null;
  }
  const key = written.startsWith('"') ? QUOTED.exec(written)?.[1]?.replace(/\\(.)/g, '$1') : written;
  if (key === undefined || !BARE.test(key)) {
    throw malformedHeader('Idempotency-Key', 'Must have 1 to 255 printable characters of ASCII, in quotes or bare.');
  }
  return key;
}

/** What makes two requests the same one: method, path, query, for whom, and each byte of the body. */
export function fingerprintOf(request: FastifyRequest, body: JsonBody): Buffer {
  const head = [request.method, request.url, request.headers['on-behalf-of'] ?? null];
  return createHash('sha256').update(JSON.stringify(head)).update('\n').update(body.bytes).digest();
}
