/** A line of a text with the place where it begins. */
export interface TextLine {
  /** UTF-16 index into the text. */
  readonly start: number;
  /** Signs of quotation before it. */
  readonly depth: number;
  /** Without signs of quotation, blanks at both ends and invisible marks; blanks inside folded. At most so long as is read. */
  readonly words: string;
}

/** Longer lines are read no further; every mark that we look for stands at the beginning of a line. */
const LONGEST_LINE = 600;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Most lines need no folding; asking first is many times cheaper than folding each. */
const UNTIDY = /[^\x20-\x7e]| {2}| $/;

/** The lines of the first `units` of a text, cheap to read and bounded in length. */
export function textLines(text: string, units: number, most: number): TextLine[] {
  const lines: TextLine[] = [];
  const end = Math.min(text.length, units);
  for (let start = 0; start < end && lines.length < most;) {
    const found = text.indexOf('\n', start);
    const next = found === -1 ? text.length : found;
    lines.push(lineOf(text, start, next));
    start = next + 1;
  }
  return lines;
}

function lineOf(text: string, start: number, end: number): TextLine {
  const raw = text.slice(start, Math.min(end, start + LONGEST_LINE));
  let at = 0;
  let depth = 0;
  for (; at < raw.length; at += 1) {
    const sign = raw.charCodeAt(at);
    if (sign === 0x3e) {
      depth += 1;
    } else if (sign !== 0x20 && sign !== 0x09 && sign !== 0xa0) {
      break;
    }
  }
  const bare = raw.slice(at);
  return { start, depth, words: UNTIDY.test(bare) ? tidy(bare) : bare };
}

function tidy(words: string): string {
  return words.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}
