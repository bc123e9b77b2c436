import { internationalSpelling } from '#libs/interaction';
import type { Traces } from '../decision/moved-words.js';

/** What a person is known by, and what is looked for when nothing of her may stay. */
export interface KnownBy {
  readonly names: readonly string[];
  /** Normalised addresses. */
  readonly emails: readonly string[];
  /** As identities spell them: E.164, or the digits of a private numbering. */
  readonly phones: readonly string[];
  /** Keys in other systems. */
  readonly keys: readonly string[];
}

/** A name of one word means anybody, and a shorter number anything. */
const SHORTEST_NAME = 5;
const SHORTEST_NUMBER = 6;
const SHORTEST_KEY = 4;
const SHORTEST_WORD = 3;

/** How what a person is known by may be written wherever it stands: plainly, spaced, escaped or encoded. */
export function tracesOf({ names, emails, phones, keys }: KnownBy): Traces {
  const unique = [
    ...emails.map((email) => wholeWord(spellings(email))),
    ...emails.map((email) => encodedInBase64(email)),
    ...phones.flatMap(numberSpellings),
    ...keys.filter((key) => key.length >= SHORTEST_KEY).map((key) => wholeWord(spellings(key))),
  ].filter((one) => one !== '');
  const whole = names.filter((name) => name.trim().length >= SHORTEST_NAME && /\S\s+\S/.test(name.trim()));
  const named = [...whole.map(nameSpellings), ...whole.map((name) => encodedInBase64(name))];
  const all = [...unique, ...named].filter((one) => one !== '');
  const words = names.flatMap((name) => name.trim().split(/[\s,]+/)).filter((word) => word.length >= SHORTEST_WORD);
  const own = [...all, ...words.map((word) => wholeWord(spellings(word)))];
  return { unique: either(unique), all: either(all), own: either(own) };
}

/** The text without what is looked for. */
export function withoutTraces(text: string, pattern: string | null, instead: string): string {
  return pattern === null ? text : text.replace(new RegExp(pattern, 'gi'), instead);
}

function either(patterns: readonly string[]): string | null {
  return patterns.length === 0 ? null : [...new Set(patterns)].join('|');
}

/** Each character plainly, decomposed, or escaped as MIME, addresses of the web, JSON and HTML escape it. */
function spellings(text: string): string {
  return [...text.normalize('NFC')].map(oneCharacter).join('');
}

function oneCharacter(character: string): string {
  if (/^[a-z0-9]$/i.test(character)) {
    return character;
  }
  const bytes = (encoding: BufferEncoding): string[] =>
    [...Buffer.from(character, encoding)].map((byte) => byte.toString(16).padStart(2, '0'));
  const point = character.codePointAt(0) ?? 0;
  const utf16 = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  const ways = [
    escaped(character),
    escaped(character.normalize('NFD')),
    ...['=', '%'].map((mark) =>
      bytes('utf8')
        .map((byte) => mark + byte)
        .join(''),
    ),
    ...(point < 256 && point > 127 ? ['=', '%'].map((mark) => mark + point.toString(16)) : []),
    utf16.map((unit) => `\\\\u${unit.toString(16).padStart(4, '0')}`).join(''),
    `&#${point};`,
    `&#x${point.toString(16)};`,
  ];
  return `(?:${[...new Set(ways)].join('|')})`;
}

function nameSpellings(name: string): string {
  // Between words: blanks, what stands for one in addresses and encoded words, and a line that was folded.
  return wholeWord(name.trim().split(/\s+/).map(spellings).join('(?:[\\s+_.,]|%20|=20|&nbsp;|\\\\[nrt])+'));
}

/** E.164 and as its country writes it, with whatever people put between digits. */
function numberSpellings(phone: string): string[] {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < SHORTEST_NUMBER) {
    return [];
  }
  const [, ...national] = internationalSpelling(phone).split(' ');
  const inside = phone.startsWith('+') ? national.join('').replace(/\D/g, '') : '';
  const forms = [...new Set([digits, inside])].filter((form) => form.length >= SHORTEST_NUMBER);
  // PostgreSQL, which is given the same pattern, knows no-break spaces by name alone; by two names it would try each twice.
  const between = '(?:[\\s\\u00a0()./-]|%20|=20|\\\\u00a0)*';
  return [
    ...forms.map((form) => `${after('[0-9]')}(?:00|0)?${[...form].join(between)}(?![0-9])`),
    ...[...new Set([phone, digits])].map((one) => encodedInBase64(one)),
  ];
}

/** A longer word, or a longer address, is another one. */
function wholeWord(pattern: string): string {
  return `${after('[a-z0-9]')}${pattern}(?![a-z0-9])`;
}

/** Behind none of the characters, unless an escape of MIME, addresses or JSON ends with it. */
function after(characters: string): string {
  const escapes = '[=%][0-9a-f][0-9a-f]|\\\\[bfnrt]|\\\\u[0-9a-f][0-9a-f][0-9a-f][0-9a-f]';
  return `(?:(?<!${characters})|(?<=${escapes}))`;
}

/**
 * What is sure to stand in Base64 text wherever the bytes begin: in each of the three places the middle that no neighbour
 * has a part in. As UTF-8 and UTF-16.
 */
function encodedInBase64(text: string): string {
  const parts = (['utf8', 'utf16le'] as const).flatMap((encoding) => {
    const bytes = Buffer.from(text.normalize('NFC'), encoding);
    return [0, 1, 2].map((before) => {
      const encoded = Buffer.concat([Buffer.alloc(before), bytes])
        .toString('base64')
        .replace(/=+$/, '');
      const whole = Math.floor(((before + bytes.length) * 8) / 6);
      return encoded.slice(Math.ceil((before * 8) / 6), whole);
    });
  });
  const long = parts.filter((part) => part.length >= 8);
  return long.length === 0 ? '' : `(?:${long.map(escaped).join('|')})`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
