import { withEastAsianDates } from './east-asian-dates.js';

/** A word, a number or a mark of a text. */
export interface Token {
  /** Lower case, NFC. */
  readonly text: string;
  readonly kind: 'word' | 'number' | 'mark';
  /** A sentence or a paragraph ends before it. */
  readonly starts: boolean;
}

const TOKEN = /(\n[ \t]*\n)|(\d+)|(\p{L}[\p{L}\p{M}']*)|([^\s\p{L}\d])/gu;

/** The tokens of a text in one pass. The caller bounds the text. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let starts = true;
  const plain = spelledOut(withEastAsianDates(text.normalize('NFC').toLowerCase()));
  for (const [token, paragraph, number, word] of plain.matchAll(TOKEN)) {
    if (paragraph !== undefined) {
      starts = true;
      continue;
    }
    tokens.push({ text: token, kind: number !== undefined ? 'number' : word !== undefined ? 'word' : 'mark', starts });
    starts = token === '!' || token === '?' || token === ';';
  }
  return tokens;
}

/** It belongs to the date before it and says nothing more; between two dates it would part them. */
const TIME_OF_DAY =
  /,? ?(?<![\p{L}\d:])(?:(?:at|um|à|om|alle|ore|kl|klo|в|o) )?\d{1,2}:\d\d(?::\d\d)?(?![\d:])(?: ?(?:uhr|am|pm|a\.m\.|p\.m\.|h)(?!\p{L}))?/gu;

/**
 * Abbreviations with marks in them as one word: Dutch `t/m`, Swedish and Danish `t.o.m.`. Endings of Hungarian as words
 * of their own (`13-ig`), and a year that stands before its month (`2026. március 13`, `2026 m. kovo 13`) behind it.
 */
function spelledOut(text: string): string {
  return text
    .replaceAll('\u0307', '')
    .replaceAll('\r', '')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replaceAll('t/m', 'tot')
    .replaceAll('t.e.m', 'tot')
    .replaceAll('t.o.m', 'tom')
    .replaceAll('t. o. m', 'tom')
    .replace(TIME_OF_DAY, ' ')
    .replace(/(20\d\d)(?: m)?\. ?(\p{L}{3,14}) (\d{1,2})(?!\d)/gu, '$2 $3 $1')
    .replace(/(\d)\.?-(ig|t[óő]l)(?!\p{L})/gu, '$1 $2');
}
