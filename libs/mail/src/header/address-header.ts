import { parseAddressHeader } from 'mailparser';
import { beginning, singleLine } from '../text/clean-text.js';
import type { MailAddress } from '../content/payload.js';
import { decodeWords } from './encoded-words.js';
import { headerValues, type HeaderIndex } from './header-lines.js';

const MOST_ADDRESSES = 500;
const LONGEST_ADDRESS_HEADER = 100_000;
const LONGEST_NAME = 500;
const ENCODED_WORDS =
  /=\?[^?\s]{1,80}\?[bq]\?[^?]{0,2000}\?=(?:\s{1,20}=\?[^?\s]{1,80}\?[bq]\?[^?]{0,2000}\?=){0,200}/gi;
const ADDRESS_IN_NAME = /(?:^|[\s<"'(])([^\s<>"'(),;:@]{1,64}@[^\s<>"'(),;:@]{1,255})(?=$|[\s>"'),;])/;

/**
 * Addresses of all lines with the name; groups are flattened, entries without an address kept for their name. The hint
 * is a charset for bytes in no declared one.
 */
export function addressesOf(header: HeaderIndex, name: string, hint: string | null): MailAddress[] {
  const values = headerValues(header, name, hint);
  if (values.length === 0) {
    return [];
  }
  const bounded = values.map((value) => inUtf8(beginning(value, LONGEST_ADDRESS_HEADER), hint));
  const { value } = parseAddressHeader(bounded, { flatten: true, decodePunycode: false });
  return value.slice(0, MOST_ADDRESSES).map(({ name: claimed, address }) => readable(claimed, address ?? ''));
}

/** A name that holds the only address, as in `"carla@customer.example"`, is that address as well. */
function readable(claimed: string, address: string): MailAddress {
  const name = beginning(singleLine(claimed), LONGEST_NAME);
  // `"carla.dias"@customer.example` needs no quotes (RFC 5321 §4.1.2); a link, or what stands in a text, is as clear.
  const bare = singleLine(address)
    .replace(/^mailto:/i, '')
    .replace(/^'(.*)'$/, '$1');
  const own = bare.replace(/^"([\w.!#$%&'*+/=?^`{|}~-]{1,64})"(?=@)/, '$1');
  return { name, address: own.includes('@') ? own : (ADDRESS_IN_NAME.exec(name)?.[1] ?? own) };
}

/**
 * Names in charsets that the library does not know, or split in the middle of a character, as encoded words of UTF-8.
 * They stay encoded: a decoded comma or bracket must not end an address.
 */
function inUtf8(value: string, hint: string | null): string {
  return value.includes('=?')
    ? value.replace(ENCODED_WORDS, (words) => {
        const decoded = decodeWords(words, hint);
        return decoded === words ? words : `=?utf-8?B?${Buffer.from(decoded).toString('base64')}?=`;
      })
    : value;
}
