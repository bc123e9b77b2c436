import { decodeBytes } from '../charset/decode-bytes.js';
import { decodeWords } from './encoded-words.js';

/** A header field as the parser reports it: the name in lower case, the whole line as a binary string. */
export interface HeaderLine {
  readonly key: string;
  readonly line: string;
}

const EIGHT_BIT = /[\u0080-\u00ff]/;
/** Old Japanese programs write ISO-2022-JP into headers without saying so: all of it is ASCII. */
const ESCAPE_TO_JAPANESE = '\u001b$';
const QUOTED_WORD = /=\?[^?\s]+\?q\?[^?]*\?=/gi;

/**
 * Unfolded value of a line. Bytes above ASCII are read as UTF-8 when they are, else in the charset of the hint or as what
 * they look like.
 */
export function headerValue(line: HeaderLine, hint: string | null = null): string {
  const unfolded = line.line.slice(line.line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '');
  const isRaw = EIGHT_BIT.test(unfolded) || unfolded.includes(ESCAPE_TO_JAPANESE);
  return (isRaw ? decodeRaw(escapeQuotedWords(unfolded), hint) : unfolded).trim();
}

const DELIMITER = /[\s"'<>=;,()]/;
/** Above ASCII; fewer look like Latin letters here and there only beside the ASCII around them. */
const ENOUGH_BYTES = 8;

/** Without a hint the charset is guessed from the words that need one: the header's own words would water them down. */
function decodeRaw(binary: string, hint: string | null): string {
  let start = binary.search(EIGHT_BIT);
  const isWatered = hint === null && start !== -1 && !binary.includes(ESCAPE_TO_JAPANESE);
  const above = isWatered ? (binary.match(/[\u0080-\u00ff]/g)?.length ?? 0) : 0;
  if (above < ENOUGH_BYTES) {
    return decodeBytes(Buffer.from(binary, 'binary'), hint);
  }
  let end = binary.length;
  while (!EIGHT_BIT.test(binary[end - 1] ?? '')) {
    end -= 1;
  }
  while (start > 0 && !DELIMITER.test(binary[start - 1] ?? '')) {
    start -= 1;
  }
  while (end < binary.length && !DELIMITER.test(binary[end] ?? '')) {
    end += 1;
  }
  const words = decodeBytes(Buffer.from(binary.slice(start, end), 'binary'));
  return binary.slice(0, start) + words + binary.slice(end);
}

/** Raw bytes inside an encoded word are in the word's charset: written as `=XX` they survive until it is decoded. */
function escapeQuotedWords(binary: string): string {
  return binary.replace(QUOTED_WORD, (word) =>
    word.replace(/[\u0080-\u00ff]/g, (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase()}`),
  );
}

/** The lines of a header by name, each name's topmost first. */
export type HeaderIndex = ReadonlyMap<string, readonly HeaderLine[]>;

export function indexHeader(lines: readonly HeaderLine[]): HeaderIndex {
  const index = new Map<string, HeaderLine[]>();
  for (const line of lines) {
    const known = index.get(line.key);
    if (known === undefined) {
      index.set(line.key, [line]);
    } else {
      known.push(line);
    }
  }
  return index;
}

/** Values of every line with the name, topmost first. */
export function headerValues(header: HeaderIndex, name: string, hint: string | null = null): string[] {
  return header.get(name)?.map((line) => headerValue(line, hint)) ?? [];
}

/** Ids longer than this cannot be keys; RFC 5322 §2.1.1 allows lines of 998 characters. */
const LONGEST_ID = 900;

/**
 * The ids in a Message-ID, In-Reply-To or References value, without angle brackets, in order, each once.
 * Phrases, comments and commas around them are ignored (RFC 5322 §4.5.4 tolerates them), and so are blanks that folding
 * put into an id. Bare ids count only when the value holds nothing else: a phrase may name an address. Long ids come as
 * encoded words, which they must not be: Python's library folds them so.
 */
export function messageIds(given: string): string[] {
  const value = decodeWords(given);
  const bracketed = value.match(/<[^<>]+>/g)?.map((id) => id.slice(1, -1)) ?? [];
  const found = bracketed.length > 0 ? bracketed.map(withoutFolding).filter(isWhole) : bareIds(value);
  return [...new Set(found)].filter((id) => id.length <= LONGEST_ID && !id.includes('\u0000'));
}

/** Blanks are not part of any id; without an at sign what they part is words, not an id. */
function withoutFolding(bracketed: string): string {
  return bracketed.includes('@') ? bracketed.replace(/\s+/g, '') : bracketed.trim();
}

function isWhole(id: string): boolean {
  return id !== '' && !/\s/.test(id);
}

function bareIds(value: string): string[] {
  const words = value
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^<|>$/g, ''))
    .filter((word) => word !== '');
  return words.every((word) => /^[^\s<>@"()]+@[^\s<>@"()]+$/.test(word)) ? words : [];
}

/** The instant of a Date header; null when it is none. Comments such as `(CEST)` are dropped first. */
export function headerDate(value: string): string | null {
  const milliseconds = Date.parse(value.replace(/\([^()]*\)/g, ' ').trim());
  const year = new Date(milliseconds).getUTCFullYear();
  return year >= 1970 && year <= 9999 ? new Date(milliseconds).toISOString() : null;
}

/** Lines of a header block, for a mail whose parser gave up before it reported them. */
export function splitHeader(head: Buffer): HeaderLine[] {
  const block = head.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
  return block
    .split(/\r?\n(?![ \t])/)
    .filter((line) => /^[!-9;-~]+[ \t]*:/.test(line))
    .map((line) => ({ key: line.slice(0, line.indexOf(':')).trim().toLowerCase(), line }));
}
