import { FORWARDED_BEGINNINGS, FORWARDED_LINES, ORIGINAL_LINES } from './block-words.js';
import { fieldOf, readHeaderBlock } from './header-block.js';
import { textLines, type TextLine } from './text-lines.js';

/**
 * What stands above somebody else's words:
 * - `forwarded`: a line that says so (`---------- Forwarded message ---------`, `Begin forwarded message:`);
 * - `original`: `-----Original Message-----` and the like, which answers have too;
 * - `block`: `From: … Sent: … Subject: …` with nothing above it but a rule at most;
 * - `attribution`: `On Monday, "Ana" <ana@…> wrote:`.
 */
export interface BlockMark {
  readonly kind: 'forwarded' | 'original' | 'block' | 'attribution';
  /** Index of its first line. */
  readonly line: number;
  /** Index of the line that the header block or the quoted text begins on. */
  readonly next: number;
  /** What followed the words on their own line: Yahoo writes the whole block there. */
  readonly rest: string;
}

/** A text with what was found in it. */
export interface MarkedText {
  readonly text: string;
  readonly lines: readonly TextLine[];
  readonly marks: readonly BlockMark[];
}

/** What stands above other people's words stands near the beginning. */
const SEARCHED_UNITS = 64 * 1024;
const MOST_LINES = 4000;
const MOST_MARKS = 12;

/** Looks through the beginning of a text once, for all who want to know. Linear. */
export function markText(text: string): MarkedText {
  const lines = textLines(text, SEARCHED_UNITS, MOST_LINES);
  return { text, lines, marks: findMarks(lines, MOST_MARKS) };
}

/** The marks of a text, in their order. Linear: each line is looked at once, and each block read once. */
function findMarks(lines: readonly TextLine[], most: number): BlockMark[] {
  const marks: BlockMark[] = [];
  for (let at = 0; at < lines.length && marks.length < most;) {
    const mark = markAt(lines, at);
    if (mark !== null) {
      marks.push(mark);
    }
    at = mark === null ? at + 1 : Math.max(mark.next, at + 1);
  }
  return marks;
}

function markAt(lines: readonly TextLine[], at: number): BlockMark | null {
  const words = lines[at]?.words ?? '';
  if (words === '') {
    return null;
  }
  const separator = isDash(words, 0) || endsWithColon(words) ? separatorAt(words, at) : null;
  return separator ?? blockAt(lines, at) ?? attributionAt(lines, at);
}

const DASHES = '-–—=_*~';

function isDash(words: string, at: number): boolean {
  return DASHES.includes(words.charAt(at));
}

function endsWithColon(words = ''): boolean {
  return words.endsWith(':') || words.endsWith('：') || words.endsWith(':*');
}

function separatorAt(words: string, line: number): BlockMark | null {
  const { text, rest } = betweenDashes(words);
  const folded = text.normalize('NFC').toLowerCase();
  const forwarded = FORWARDED_LINES.has(folded) || FORWARDED_BEGINNINGS.some((words) => folded.startsWith(words));
  const kind = forwarded ? 'forwarded' : ORIGINAL_LINES.has(folded) ? 'original' : null;
  return kind === null ? null : { kind, line, next: line + 1, rest };
}

/** Words between dashes, or before a colon that ends their line; nothing for any other line. */
function betweenDashes(words: string): { readonly text: string; readonly rest: string } {
  const nothing = { text: '', rest: '' };
  if (words.length > 600) {
    return nothing;
  }
  const opening = /^[-–—=_*~]{2,80} ?/.exec(words)?.[0].length ?? 0;
  if (opening === 0) {
    return /[:：]\*?$/.test(words) ? { text: words.replace(/^\*|[\s:：*]+$/g, ''), rest: '' } : nothing;
  }
  const inner = words.slice(opening);
  const whole = inner.replace(/[-–—=_*~\s:：>]+$/, '');
  if (FORWARDED_LINES.has(whole.toLowerCase())) {
    return { text: whole, rest: '' };
  }
  const closing = inner.search(/ ?[-–—=_*~]{3}/);
  if (closing <= 0) {
    return nothing;
  }
  return { text: inner.slice(0, closing), rest: inner.slice(closing).replace(/^[-–—=_*~\s]+/, '') };
}

/** A block of its own: its author's label is known, and so are two more, so that a list in a letter is none. */
function blockAt(lines: readonly TextLine[], at: number): BlockMark | null {
  const words = lines[at]?.words ?? '';
  const isRule = isDash(words, 0) && /^[_-]{10,200}$/.test(words);
  const first = isRule ? at + 1 : at;
  if (!isRule && (fieldOf(words)?.field ?? null) === null) {
    return null;
  }
  const block = readHeaderBlock(lines, first);
  return block !== null && block.known.has('from') && block.known.size >= 3
    ? { kind: 'block', line: at, next: first, rest: '' }
    : null;
}

const LONGEST_ATTRIBUTION = 300;

/** An address in brackets and a colon at the end, in one line or broken over two or three; the fewest lines that do. */
function attributionAt(lines: readonly TextLine[], at: number): BlockMark | null {
  const near = lines.slice(at, at + 3);
  if (!near.some(({ words }) => endsWithColon(words)) || !near.some(({ words }) => words.includes('@'))) {
    return null;
  }
  for (let next = at + 1; next <= at + 3; next += 1) {
    if ((lines[next - 1]?.words ?? '') === '') {
      return null;
    }
    const starts = Array.from({ length: next - at }, (_, index) => next - 1 - index);
    const start = starts.find((first) => isAttribution(joined(lines, first, next)));
    if (start !== undefined) {
      return start === at ? { kind: 'attribution', line: at, next, rest: '' } : null;
    }
  }
  return null;
}

function joined(lines: readonly TextLine[], from: number, to: number): string {
  return lines
    .slice(from, to)
    .map(({ words }) => words)
    .join(' ');
}

function isAttribution(words: string): boolean {
  return (
    words.length <= LONGEST_ATTRIBUTION &&
    words.includes('@') &&
    /[:：]$/.test(words) &&
    /[<[(][^\s<>[\]()][^\s<>[\]()@]*@[^\s<>[\]()]+[>\])]/.test(words) &&
    /\d/.test(words) &&
    fieldOf(words) === null
  );
}
