import { createHmac } from 'node:crypto';
import { type FormFields, readFields, signingKeys } from '#libs/webhook';

/** What Twilio signs with: SHA-1 where the account's token signs, SHA-256 where a shared key may. */
export type TwilioHash = 'sha1' | 'sha256';

/**
 * The signature of `X-Twilio-Signature`, base64: the address, then name and value of each field, sorted by name and the values of
 * one name by themselves and once each (twilio.com/docs/usage/security; several values as the vendor's package does it).
 */
export function twilioSignature(
  secret: string,
  address: string,
  fields: FormFields,
  hash: TwilioHash = 'sha1',
): string {
  return signatureOf(secret, address + signedText(fields), hash);
}

/** Of the text that is signed: an address, and what is signed behind it. */
export function signatureOf(secret: string, text: string, hash: TwilioHash): string {
  return createHmac(hash, keyOf(secret)).update(text, 'utf8').digest('base64');
}

const keyOf = signingKeys((secret) => Buffer.from(secret, 'utf8'));

/** Of a form, what is signed behind the address. */
export function signedText(fields: FormFields): string {
  let text = '';
  for (const name of [...fields.keys()].sort()) {
    const values = fields.get(name) ?? [];
    for (const value of values.length > 1 ? [...new Set(values)].sort() : values) {
      text += name + value;
    }
  }
  return text;
}

/** Scheme, user, host, port, the rest; letter for letter, unlike `new URL()`. */
const PARTS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(:\d*)?(.*)$/is;

/**
 * The spellings in which Twilio may have signed an address: with its port and without, as it is and escaped as `new URL()` or
 * Node's older reader of queries does it. The vendor's own package tries the same.
 */
export function* addressSpellings(address: string): Generator<string> {
  const plain = withAndWithoutPort(address);
  yield* plain;
  const escaped = URL.canParse(address) ? withAndWithoutPort(new URL(address).toString()) : [];
  const others = new Set([...escaped, ...escaped.map(withQueryEscaped)]);
  yield* [...others].filter((other) => !plain.includes(other));
}

function withAndWithoutPort(address: string): readonly string[] {
  const [, scheme = '', user = '', host = '', port = '', rest = ''] = PARTS.exec(address) ?? [];
  const standard = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
  return scheme === '' ? [address] : ['', port || standard].map((one) => `${scheme}${user}${host}${one}${rest}`);
}

function withQueryEscaped(address: string): string {
  const start = address.indexOf('?');
  const fields = start < 0 ? [] : [...readFields(address.slice(start + 1))];
  const pairs = fields.flatMap(([name, values]) =>
    values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return pairs.length === 0 ? address : `${address.slice(0, start)}?${pairs.join('&')}`;
}
