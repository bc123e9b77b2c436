import { createHmac } from 'node:crypto';
import { signingKeys } from '#libs/webhook';

/** What HubSpot signs as the letter itself, however it was written in the address (Validating requests, v3). */
const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};
const LISTED = new RegExp(Object.keys(DECODED).join('|'), 'gi');

/** An address with exactly those escapes decoded that HubSpot lists; all others stay, and no escape is made of two. */
export function signedSpelling(address: string): string {
  return address.replace(LISTED, (escape) => DECODED[escape.toUpperCase()] ?? escape);
}

const keyOf = signingKeys((secret) => Buffer.from(secret, 'utf8'));

/** `X-HubSpot-Signature-v3`: HMAC-SHA256 of method, address, body and time, base64. `timestamp`: milliseconds since 1970. */
export function hubSpotSignature(
  secret: string,
  { address, body, timestamp }: { readonly address: string; readonly body: Buffer; readonly timestamp: string },
): string {
  const before = `POST${signedSpelling(address)}`;
  return createHmac('sha256', keyOf(secret))
    .update(before, 'utf8')
    .update(body)
    .update(timestamp, 'utf8')
    .digest('base64');
}
