import { createHash } from 'node:crypto';
import {
  calledAddress,
  type FormFields,
  headerValues,
  isRefused,
  isSame,
  isSignature,
  mediaTypeOf,
  NO_FIELDS,
  readForm,
  refused,
  secretsInUse,
  signatureHeaders,
  type Verification,
  verified,
  type WebhookRequest,
} from '#libs/webhook';
import type { Connection } from '../provider.js';
import type { TwilioSettings } from './settings.js';
import { addressSpellings, signatureOf, signedText, type TwilioHash } from './signature.js';

const HASHES: Readonly<Record<string, TwilioHash>> = { HMAC_SHA1: 'sha1', HMAC_SHA256: 'sha256' };
const SETTINGS_HEADER = 'x-twilio-webhooks-signature-settings';

/**
 * Checks `X-Twilio-Signature`. Nothing in it tells when it was made: only the keys of repetition stand against replay.
 *
 * 1. The header once, and an algorithm that is known.
 * 2. The fields of a form are signed; of any other body its hash is, which the address carries (`bodySHA256`).
 * 3. One of the secrets made the signature, over one of the spellings of the address.
 */
export function verifyTwilio(request: WebhookRequest, connection: Connection<TwilioSettings>): Verification {
  const address = calledAddress(connection.publicUrl ?? '', request.target);
  const headers = signatureHeaders(request, ['x-twilio-signature']);
  if (isRefused(headers)) {
    return { ...headers, address };
  }
  const hash = hashOf(request);
  if (hash === null) {
    return refused('signature-unreadable', { address, detail: 'the algorithm of the signature is not known' });
  }
  const fields = signedFields(request);
  if (fields === null) {
    return refused('signature-mismatch', { address, detail: 'the address does not carry the hash of this body' });
  }
  const { authToken, previousSecret } = connection.settings;
  const secrets = secretsInUse(authToken, previousSecret);
  const signed = signedText(fields);
  // One spelling after another: which of them was signed is no secret, and the first one nearly always was.
  for (const spelling of addressSpellings(address)) {
    const right = secrets.map((secret) => signatureOf(secret, spelling + signed, hash));
    if (isSignature(right, headers[0] ?? '')) {
      return verified(address);
    }
  }
  return refused('signature-mismatch', { address });
}

/** SHA-1 unless the header of shared keys names another one; null for what nobody knows. */
function hashOf(request: WebhookRequest): TwilioHash | null {
  const values = headerValues(request, SETTINGS_HEADER);
  if (values.length === 0) {
    return 'sha1';
  }
  const named = values.flatMap((value) => value.split(',').map((part) => part.trim())).filter(isAlgorithm);
  const [algorithm = 'HMAC_SHA1', ...others] = named.map((part) => part.slice(ALGORITHM.length).trim().toUpperCase());
  return others.length === 0 && Object.hasOwn(HASHES, algorithm) ? (HASHES[algorithm] ?? null) : null;
}

const ALGORITHM = 'algorithm=';

function isAlgorithm(part: string): boolean {
  return part.startsWith(ALGORITHM);
}

/** The fields that the signature covers; null when it covers the body in no way. */
function signedFields(request: WebhookRequest): FormFields | null {
  const query = /\?([^#]*)/.exec(request.target)?.[1] ?? '';
  const bodyHash = query === '' ? null : new URLSearchParams(query).get('bodySHA256');
  if (bodyHash !== null) {
    return isSame(createHash('sha256').update(request.body).digest('hex'), bodyHash) ? NO_FIELDS : null;
  }
  if (request.body.length === 0) {
    return NO_FIELDS;
  }
  return mediaTypeOf(request) === 'application/x-www-form-urlencoded' ? readForm(request.body) : null;
}
