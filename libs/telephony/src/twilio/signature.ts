import { createHmac } from 'node:crypto';
import { readFields, type FormFields } from '../request/form.js';

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
  const signer = createHmac(hash, secret).update(address, 'utf8');
  for (const name of [...fields.keys()].sort()) {
    for (const value of [...new Set(fields.get(name))].sort()) {
      signer.update(name, 'utf8').update(value, 'utf8');
    }
  }
  return signer.digest('base64');
}

/** Scheme, user, host, port, the rest; letter for letter, unlike `new URL()`. */
const PARTS = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(:\d*)?(.*)$/is;

/**
 * The spellings in which Twilio may have signed an address: with its port and without, as it is and escaped as `new URL()` or
 * Node's older reader of queries does it. The vendor's own package tries the same.
 */
export function addressSpellings(address: string): readonly string[] {
  const escaped = URL.canParse(address) ? withAndWithoutPort(new URL(address).toString()) : [];
  return [...new Set([...withAndWithoutPort(address), ...escaped, ...escaped.map(withQueryEscaped)])];
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
