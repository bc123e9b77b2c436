import { isAscii, isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { decode } from 'iconv-lite';
import { charsetOf, type Charset } from './charset-label.js';
import { eastAsianLikeness, latinLikeness } from './likeness.js';
import { FLAT_CHARSET, flatten } from './stateful-charsets.js';

/** A decoded text, and whether its charset had to be guessed: the label was missing, unknown or wrong. */
export interface DecodedText {
  readonly text: string;
  readonly guessed: boolean;
}

const REPLACEMENT = '\ufffd';
const CONTROL = /[\u0080-\u0084\u0086-\u009f]/;
const JAPANESE: Charset = { kind: 'stateful', name: 'iso-2022-jp' };
/** Bytes that are looked at to guess a charset. */
const SAMPLE_BYTES = 8 * 1024;
/** With so many bytes above ASCII no text of another multi-byte charset is valid UTF-8 by chance. */
const ENOUGH_TO_TELL = 8;
const ESCAPE = 0x1b;
const ESCAPES = ['\u001b$B', '\u001b$@', '\u001b(I', '\u001b$(D'];

/** Undeclared bytes: UTF-8 when they are valid UTF-8, else the charset of the hint, else what they look like. */
export function decodeBytes(bytes: Buffer, hint: string | null = null): string {
  return decodeText(bytes, null, hint).text;
}

/**
 * Text in the charset that its label names, unless the bytes tell that the label is wrong.
 * 1. A byte order mark decides. Bytes of ASCII are ASCII, whatever they are called.
 * 2. A label whose charset fits the bytes is kept, but not against valid UTF-8: text in an older charset that happens to
 *    be valid UTF-8 is as good as unknown, mislabelled UTF-8 is daily bread.
 * 3. Without a label, or with one that does not fit: UTF-8 when valid, else the hint, else what the bytes look like.
 *
 * The hint is a charset that the same mail uses elsewhere.
 */
export function decodeText(bytes: Buffer, label: string | null, hint: string | null = null): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked !== null) {
    return { text: marked, guessed: false };
  }
  const charset = charsetOf(label);
  if (isAscii(bytes) && !hidesMoreThanAscii(bytes, charset)) {
    return { text: bytes.toString('latin1'), guessed: false };
  }
  if (charset?.kind !== 'stateful' && isAscii(bytes) && looksJapanese(bytes)) {
    return { text: decodeIn(bytes, JAPANESE), guessed: true };
  }
  if (isUtf8(bytes) && (charset === null || charset.kind === 'utf8' || overrules(bytes, charset))) {
    return { text: bytes.toString('utf8'), guessed: charset?.kind !== 'utf8' };
  }
  const declared = charset === null || charset.kind === 'ascii' ? null : decodeIn(bytes, charset);
  if (declared !== null && charset?.kind !== 'utf8' && isClean(declared)) {
    return { text: declared, guessed: false };
  }
  return guess(bytes, declared, hint);
}

/** Stateful charsets and UTF-7 and UTF-16 write other characters in bytes of ASCII; some do it without a label. */
function hidesMoreThanAscii(bytes: Buffer, charset: Charset | null): boolean {
  if (charset === null || charset.kind === 'ascii' || charset.kind === 'utf8') {
    return looksJapanese(bytes);
  }
  return (
    charset.kind === 'stateful' || (charset.kind === 'multi' && /^(utf|ucs)/.test(charset.name)) || looksJapanese(bytes)
  );
}

function looksJapanese(bytes: Buffer): boolean {
  return bytes.includes(ESCAPE) && ESCAPES.some((escape) => bytes.includes(escape, 0, 'latin1'));
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf && isUtf8(bytes)) {
    return bytes.toString('utf8', 3);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return bytes.toString('utf16le', 2);
  }
  return bytes[0] === 0xfe && bytes[1] === 0xff ? decode(bytes.subarray(2), 'utf-16be') : null;
}

/** Whether bytes that are valid UTF-8 are UTF-8 although they are labelled otherwise. */
function overrules(bytes: Buffer, charset: Charset): boolean {
  if (charset.kind === 'single' || charset.kind === 'ascii') {
    return true;
  }
  return charset.kind === 'multi' && !/^(utf|ucs)/.test(charset.name) && eightBits(bytes) >= ENOUGH_TO_TELL;
}

function eightBits(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) {
    count += byte >> 7;
    if (count >= ENOUGH_TO_TELL) {
      break;
    }
  }
  return count;
}

function decodeIn(bytes: Buffer, charset: Charset): string {
  switch (charset.kind) {
    case 'utf8':
    case 'ascii':
      return bytes.toString('utf8');
    case 'stateful':
      return decode(flatten(bytes, charset.name), FLAT_CHARSET[charset.name]);
    case 'single':
      return decode(bytes, charset.name);
    case 'multi':
      return decode(bytes, charset.name === 'utf-16' ? byteOrderOf(bytes) : charset.name);
  }
}

/** UTF-16 without a mark is big-endian (RFC 2781), unless its zero bytes tell otherwise. */
function byteOrderOf(bytes: Buffer): string {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < Math.min(bytes.length, SAMPLE_BYTES) - 1; at += 2) {
    even += bytes[at] === 0 ? 1 : 0;
    odd += bytes[at + 1] === 0 ? 1 : 0;
  }
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function isClean(text: string): boolean {
  return !text.includes(REPLACEMENT) && !CONTROL.test(text);
}

/** The first candidate that decodes cleanly; else what has the fewest characters that nobody can read. */
function guess(bytes: Buffer, declared: string | null, hint: string | null): DecodedText {
  if (looksJapanese(bytes)) {
    return { text: decodeIn(bytes, JAPANESE), guessed: true };
  }
  const hinted = charsetOf(hint);
  const mostlyUtf8 = bytes.toString('utf8');
  if (hinted !== null && hinted.kind !== 'ascii' && hinted.kind !== 'utf8') {
    const text = decodeIn(bytes, hinted);
    if (isClean(text)) {
      return { text, guessed: true };
    }
  }
  // One broken byte does not make a long UTF-8 text something else.
  if (brokenIn(mostlyUtf8) * 20 < eightBitCharacters(mostlyUtf8)) {
    return { text: mostlyUtf8, guessed: true };
  }
  // A declared multi-byte text with a broken character is still that text.
  if (declared !== null && brokenIn(declared) * 20 < eightBitCharacters(declared)) {
    return { text: declared, guessed: false };
  }
  const candidates = [...likely(bytes), 'windows-1252'].map((name) => ({ name, text: decode(bytes, name) }));
  const best = candidates.find(({ text }) => isClean(text)) ?? candidates.at(-1);
  return { text: best?.text ?? mostlyUtf8, guessed: true };
}

function brokenIn(text: string): number {
  return text.split(REPLACEMENT).length - 1;
}

function eightBitCharacters(text: string): number {
  // eslint-disable-next-line no-control-regex
  return text.length - text.replace(/[^\u0000-\u007f\ufffd]+/g, '').length;
}

/** Charsets of single bytes that the detector may name, and what they are decoded as. */
const DETECTED: Readonly<Record<string, string>> = {
  'KOI8-R': 'koi8-r',
  'windows-1251': 'windows-1251',
  'windows-1250': 'windows-1250',
  'windows-1253': 'windows-1253',
  'windows-1254': 'windows-1254',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  'ISO-8859-2': 'iso-8859-2',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-6': 'iso-8859-6',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
};
/** Words of other scripts consist of bytes above ASCII; words in Latin letters have one here and there. */
const OTHER_SCRIPT = 0.5;

/** The charset of bytes that are neither ASCII nor UTF-8, as iconv-lite names it; windows-1252 unless another is evident. */
export function likelyCharset(bytes: Buffer): string {
  return likely(bytes)[0] ?? 'windows-1252';
}

/** Charsets that bytes look like, the likeliest first; none when they look western. */
function likely(bytes: Buffer): string[] {
  const sample = sampleOf(bytes);
  const isOtherScript = shareAboveAscii(sample) > OTHER_SCRIPT;
  const found = analyse(sample);
  const western = found.find(({ name }) => name === 'ISO-8859-1' || name === 'windows-1252')?.confidence ?? 0;
  const single = found
    .filter(({ name }) => Object.hasOwn(DETECTED, name))
    .filter(({ confidence }) => (isOtherScript ? confidence > 0 : confidence > western + 10 && confidence >= 40))
    .map(({ name }) => DETECTED[name] as string);
  const latin = isOtherScript ? null : latinLikeness(sample);
  return [...(isOtherScript ? eastAsianLikeness(sample) : []), ...(latin === null ? [] : [latin]), ...single];
}

function shareAboveAscii(bytes: Buffer): number {
  let letters = 0;
  let high = 0;
  for (const byte of bytes) {
    letters += byte > 0x40 ? 1 : 0;
    high += byte > 0x7f ? 1 : 0;
  }
  return letters === 0 ? 0 : high / letters;
}

/** The beginning, from shortly before the first byte above ASCII: a long preface in ASCII tells nothing. */
function sampleOf(bytes: Buffer): Buffer {
  const start = Math.max(0, bytes.findIndex((byte) => byte > 0x7f) - 200);
  return bytes.subarray(start, start + SAMPLE_BYTES);
}
