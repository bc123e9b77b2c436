import EmailReplyParser from 'email-reply-parser';
import type { BlockMark, MarkedText } from '../forward/block-marks.js';
import type { TextLine } from '../forward/text-lines.js';

/** The line that our own outgoing mail carries above everything else; whatever comes back below it is quoted. */
export const REPLY_LINE = '##- Please write your answer above this line -##';

/** Lines that may introduce a quotation and are shown to the library. */
const MOST_ASKED = 6;
/** Lines between a line that introduces a quotation and our own line in it. */
const BEFORE_REPLY_LINE = 12;
/** Longer lines introduce no quotation; the library's regular expressions take time with the square of the length. */
const LONGEST_INTRODUCTION = 200;

/**
 * Where the quoted history begins, in UTF-16 units; null when there is none, or when the answer stands below or between
 * what it quotes, or when nothing but quoted words would be left. For display only. Linear in the text.
 * 1. the line of our own outgoing mail;
 * 2. a line or block that introduces somebody else's words (`On … wrote:`, `-----Original Message-----`, `From: …`);
 * 3. lines with signs of quotation that go on to the end.
 * `quotesWithoutSigns`: the text was made from HTML, which shows quotations by other means than signs.
 */
export function findQuoteStart({ text, lines, marks }: MarkedText, quotesWithoutSigns = false): number | null {
  const at = byReplyLine(lines, marks) ?? byMark(lines, marks[0], quotesWithoutSigns);
  const start = at === null ? null : (lines[at]?.start ?? null);
  return start === null || text.slice(0, start).trim() === '' ? null : start;
}

function byReplyLine(lines: readonly TextLine[], marks: readonly BlockMark[]): number | null {
  const at = lines.findIndex(({ words }) => isReplyLine(words));
  if (at === -1) {
    return null;
  }
  const mark = marks.find(({ line }) => line <= at && line >= at - BEFORE_REPLY_LINE);
  return mark?.line ?? introductionAbove(lines, firstQuotedOf(lines, at));
}

/** Whether a line is the one of our outgoing mail, in whatever language it was sent. */
function isReplyLine(words: string): boolean {
  return words.length <= 200 && words.startsWith('##-') && words.endsWith('-##');
}

/** The first of the quoted lines that a line is among. */
function firstQuotedOf(lines: readonly TextLine[], at: number): number {
  let first = at;
  while (first > 0 && ((lines[first - 1]?.depth ?? 0) > 0 || lines[first - 1]?.words === '')) {
    first -= 1;
  }
  return lines[first]?.words === '' ? at : first;
}

function byMark(lines: readonly TextLine[], mark: BlockMark | undefined, withoutSigns: boolean): number | null {
  const quoted = lines.findIndex(({ depth, words }) => depth > 0 && words !== '');
  if (mark !== undefined && (quoted === -1 || mark.line <= quoted)) {
    return goesOnToTheEnd(lines, mark) ? mark.line : null;
  }
  if (quoted !== -1) {
    return quotedToTheEnd(lines, quoted) ? introductionAbove(lines, quoted) : null;
  }
  return withoutSigns ? introducedByLibrary(lines) : null;
}

/** Below a block everything is history. Below an attribution it is, unless unquoted words follow the quoted ones. */
function goesOnToTheEnd(lines: readonly TextLine[], mark: BlockMark): boolean {
  const next = lines.findIndex(({ words }, index) => index >= mark.next && words !== '');
  const signs = next !== -1 && (lines[next]?.depth ?? 0) > 0;
  return mark.kind !== 'attribution' || !signs || quotedToTheEnd(lines, next);
}

/** Nothing but quoted lines from here on, or after them no more than a signature. */
function quotedToTheEnd(lines: readonly TextLine[], from: number): boolean {
  const unquoted = lines.findIndex(({ depth, words }, index) => index > from && depth === 0 && words !== '');
  return unquoted === -1 || isSignature(lines.slice(unquoted));
}

function isSignature(lines: readonly TextLine[]): boolean {
  const isClosed = lines.length <= 12 && !lines.some(({ depth }) => depth > 0);
  return (
    isClosed &&
    /^(--|__+|sent from |von meinem |gesendet von |envoyé de |enviado desde |inviato da )/i.test(lines[0]?.words ?? '')
  );
}

/** The line or the two that end with a colon right above quoted words belong to them. */
function introductionAbove(lines: readonly TextLine[], quoted: number): number {
  let last = quoted - 1;
  while (last >= 0 && lines[last]?.words === '') {
    last -= 1;
  }
  if (!/[:：]$/.test(lines[last]?.words ?? '')) {
    return quoted;
  }
  for (const first of [last, last - 1, last - 2]) {
    const joined = lines
      .slice(Math.max(0, first), last + 1)
      .map(({ words }) => words)
      .join(' ');
    if (first >= 0 && lines[first]?.words !== '' && (/\d{1,2}[:.h]\d{2}/.test(joined) || introducesQuote(joined))) {
      return first;
    }
  }
  return quoted;
}

/** Without signs of quotation only the words of the line tell. */
function introducedByLibrary(lines: readonly TextLine[]): number | null {
  const asked = lines
    .map(({ words }, index) => ({ words, index }))
    .filter(({ words, index }) => index > 0 && /[:：]$/.test(words) && /\d/.test(words))
    .slice(0, MOST_ASKED);
  return asked.find(({ words }) => introducesQuote(words))?.index ?? null;
}

/** Whether the library takes a line for one that introduces quoted words, such as `Le 3 mars 2025, Ana a écrit :`. */
function introducesQuote(line: string): boolean {
  if (line.length > LONGEST_INTRODUCTION) {
    return false;
  }
  const fragments = new EmailReplyParser().read(`Answer.\n\n${line}\nQuoted.`).getFragments();
  return fragments.some((fragment) => fragment.isQuoted() && fragment.getContent().includes(line.slice(0, 20)));
}
