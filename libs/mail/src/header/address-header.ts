import { parseAddressHeader } from 'mailparser';
import { beginning, singleLine } from '../text/clean-text.js';
import { decodeWords } from './encoded-words.js';
import { headerValues, type HeaderIndex } from './header-lines.js';

/** A name and an address as a header claims them; the address is not normalised yet. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

const MOST_ADDRESSES = 500;
const LONGEST_ADDRESS_HEADER = 100_000;
const LONGEST_NAME = 500;
const LONGEST_FROM = 10_000;
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

/** Whether From names a group (RFC 6854): who of it wrote is not said. Colons in quotes, comments and routes are none. */
export function fromNamesGroup(header: HeaderIndex): boolean {
  return headerValues(header, 'from').some((value) => hasGroupColon(value.slice(0, LONGEST_FROM)));
}

function hasGroupColon(value: string): boolean {
  let quoted = false;
  let depth = 0;
  let inAngle = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === '\\') {
      at += 1;
    } else if (quoted) {
      quoted = character !== '"';
    } else if (character === '"' && depth === 0) {
      quoted = true;
    } else if (character === '(') {
      depth += 1;
    } else if (character === ')') {
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && (character === '<' || character === '>')) {
      inAngle = character === '<';
    } else if (character === ':' && depth === 0 && !inAngle) {
      return true;
    }
  }
  return false;
}
