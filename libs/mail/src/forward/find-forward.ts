import type { MailAddress } from '../header/address-header.js';
import { beginning, singleLine } from '../text/clean-text.js';
import type { BlockMark, MarkedText } from './block-marks.js';
import { FIELD_BY_LABEL } from './block-words.js';
import { addressIn, fieldOf, readHeaderBlock, type HeaderBlock } from './header-block.js';
import { readByLibrary } from './library-forward.js';
import { readSubject } from './subject-prefix.js';
import type { TextLine } from './text-lines.js';

/** The author whom a mail was forwarded for, read from the block that the forwarding program wrote into its text. */
export interface InlineForward {
  readonly author: MailAddress;
  /** `exact` when the block says that it is a forward or names its fields; `weak` for one that had to be guessed. */
  readonly confidence: 'exact' | 'weak';
  readonly subject: string | null;
  /** In the words of the program that wrote it. */
  readonly sentAt: string | null;
  /** What the forwarding person wrote above it. */
  readonly note: string;
  /** What was forwarded, without the signs of quotation that some programs put before it. */
  readonly text: string;
}

const LONGEST_NOTE = 20_000;

/**
 * Looks for a forward (never fails, linear in the text):
 * 1. choose among what could stand above somebody else's words the first that says forward: in so many words, or any of them when the subject says it;
 * 2. read the block by the library and by our own reader, which knows more languages;
 * 3. what is above is the note, what is below was forwarded.
 * An answer carries the same blocks, so without the subject's word or an explicit line nothing is a forward.
 */
export function findForward(subject: string, { text, lines, marks }: MarkedText): InlineForward | null {
  if (marks.length === 0) {
    return null;
  }
  const says = readSubject(subject);
  const mark = chooseMark(marks, lines, says.outermost === 'forward', subject);
  if (mark === null) {
    return null;
  }
  const read = readBlock(mark, lines);
  if (read === null) {
    return null;
  }
  return {
    author: { name: beginning(singleLine(read.author.name), 500), address: read.author.address },
    confidence: read.confidence,
    subject: orNull(beginning(singleLine(read.subject ?? says.bare), 2_000)),
    sentAt: orNull(beginning(singleLine(read.sentAt ?? ''), 500)),
    note: noteAbove(text, lines, mark),
    text: forwardedText(text, lines[read.end]?.start ?? text.length),
  };
}

function orNull(words: string): string | null {
  return words === '' ? null : words;
}

function chooseMark(
  marks: readonly BlockMark[],
  lines: readonly TextLine[],
  subjectSays: boolean,
  subject: string,
): BlockMark | null {
  const [first] = marks;
  if (first === undefined) {
    return null;
  }
  if (first.kind === 'forwarded' && !isQuotedByAnswer(first, lines)) {
    return first;
  }
  return subjectSays && !isFinnishAnswer(first, lines, subject) ? first : null;
}

/** The forward was quoted by an answer to it: there are quoted words above it, or a line that says who wrote them. */
function isQuotedByAnswer(mark: BlockMark, lines: readonly TextLine[]): boolean {
  const depth = lines[mark.line]?.depth ?? 0;
  if (depth === 0) {
    return false;
  }
  const above = lines.slice(0, mark.line).filter((line) => line.words !== '');
  const last = above.at(-1);
  return depth > 1 || above.some((line) => line.depth > 0) || (last !== undefined && /\d.*[:：]$/.test(last.words));
}

/** `VS:` is an answer in Finnish and a forward in Danish and Norwegian: the words of the block tell. */
function isFinnishAnswer(mark: BlockMark, lines: readonly TextLine[], subject: string): boolean {
  const label = fieldOf(lines[mark.next]?.words ?? '')?.label;
  return /^\s*vs\s*:/i.test(subject) && label === 'lähettäjä';
}

interface ReadBlock {
  readonly author: MailAddress;
  readonly subject: string | null;
  readonly sentAt: string | null;
  readonly confidence: InlineForward['confidence'];
  /** Index of the first line of what was forwarded. */
  readonly end: number;
}

function readBlock(mark: BlockMark, lines: readonly TextLine[]): ReadBlock | null {
  const own = mark.rest === '' && mark.kind !== 'attribution' ? readHeaderBlock(lines, mark.next) : null;
  if (own !== null && own.known.has('from') && own.author === null) {
    // The block names its author without an address: nobody must be taken for the author in this one's place.
    return null;
  }
  const library = readByLibrary(windowOf(mark, lines), mark.kind === 'forwarded');
  const author = own?.author ?? library?.author ?? guessedAuthor(mark, lines);
  if (author === null) {
    return null;
  }
  const certain =
    own?.known.has('from') === true || (library?.author.address === author.address && mark.kind === 'forwarded');
  return {
    author: {
      name: author.name || (library?.author.address === author.address ? library.author.name : ''),
      address: author.address,
    },
    subject: own?.subject ?? library?.subject ?? null,
    sentAt: own?.sentAt ?? library?.sentAt ?? null,
    confidence: certain ? 'exact' : 'weak',
    end: endOf(mark, own),
  };
}

function endOf(mark: BlockMark, own: HeaderBlock | null): number {
  return own === null ? mark.next : own.end;
}

/** The lines that the library gets: few and short, because its cost grows with the square of what it reads. */
function windowOf(mark: BlockMark, lines: readonly TextLine[]): string {
  // Below an attribution there is no block: whatever looks like one there is of another mail.
  const alone = mark.kind === 'attribution';
  const chosen = lines.slice(mark.line, alone ? mark.next : mark.line + 24).filter(({ words }) => words !== '');
  const block = beginning(chosen.map(({ words }) => words).join('\n'), 3_000);
  return alone ? `${block}\n\nText` : block;
}

/** Where neither knows the words: the block that Yahoo puts into one line, and the line that names who wrote. */
function guessedAuthor(mark: BlockMark, lines: readonly TextLine[]): MailAddress | null {
  if (mark.rest !== '') {
    return FIELD_BY_LABEL.get(fieldOf(mark.rest)?.label ?? '') === 'from'
      ? addressIn(fieldOf(mark.rest)?.value ?? '')
      : null;
  }
  if (mark.kind !== 'attribution') {
    return null;
  }
  const found = addressIn(
    lines
      .slice(mark.line, mark.next)
      .map(({ words }) => words)
      .join(' '),
  );
  return found === null ? null : { name: '', address: found.address };
}

function noteAbove(text: string, lines: readonly TextLine[], mark: BlockMark): string {
  return beginning(text.slice(0, lines[mark.line]?.start ?? 0).trim(), LONGEST_NOTE);
}

/** One level of quotation or indentation is the forwarding program's own; deeper ones were the author's. */
function forwardedText(text: string, from: number): string {
  const body = beginning(text.slice(from), 2 * LONGEST_NOTE);
  const lines = body.split('\n');
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const added = /^(?:> ?| {4})/.exec(first)?.[0];
  const plain =
    added === undefined ? lines : lines.map((line) => line.replace(added === '    ' ? /^ {1,4}/ : /^> ?/, ''));
  return beginning(plain.join('\n').trim(), LONGEST_NOTE);
}
