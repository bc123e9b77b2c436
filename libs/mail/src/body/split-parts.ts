import { HeaderEnds, startOfHeader } from '../header/header-ends.js';
import { partOf, type MimePart } from './mime-part.js';

/** The parts of a mail, and what was odd about them. */
export interface SplitMail {
  readonly root: MimePart;
  /** Where the body starts: bytes from the beginning of the mail. */
  readonly bodyStart: number;
  /** Whether there were more parts than are told apart: the last one holds the rest. */
  readonly cut: boolean;
}

const NEW_LINE_DASHES = Buffer.from('\n--');
const LINE_FEED = 0x0a;
/** RFC 2046 §5.1.1: a boundary has at most 70 characters; longer ones are sent. */
const LONGEST_BOUNDARY_LINE = 2048;
/** A person's mail has a dozen; beyond this many the last part holds the rest. */
const MOST_PARTS = 1_200;
/** Multiparts within multiparts; deeper ones are kept as they are. */
const DEEPEST = 200;
/** Bytes of a header that are searched for a boundary that should not be there. */
const MOST_TO_LOOK_AT = 16 * 1024;
const NO_TYPE = 'text/plain';

/** A multipart whose parts are being read, in the one around it; `shadowed` is one around it with the same boundary. */
interface Open {
  readonly part: MimePart;
  readonly delimiter: string;
  readonly around: Open | undefined;
  readonly shadowed: Open | undefined;
}

/**
 * Splits a mail into its parts (RFC 2046 §5.1), in one pass over the lines that start with `--`.
 * - Such a line counts when it is the boundary of an open multipart, the innermost first, whatever blanks follow it.
 *   A longer line that begins like one does not.
 * - A header ends at its empty line, or where a boundary cuts it off.
 * - Where a closing boundary is missing, the boundary of a multipart around it ends the inner one, until the inner
 *   one's own boundary comes after all.
 *
 * Cost: linear in the bytes. Attached mails are parts without parts here.
 */
export function splitParts(mail: Buffer): SplitMail {
  return new Splitter(mail).split();
}

class Splitter {
  readonly #open: Open[] = [];
  readonly #byDelimiter = new Map<string, Open>();
  readonly #headerEnds: HeaderEnds;
  /** A part whose header has begun and is not known to have ended. */
  #pending: { parent: Open | null; start: number; end: number } | null;
  #current: { part: MimePart; start: number } | null = null;
  #root: MimePart | null = null;
  #count = 0;
  /** Where the next boundary is looked for. */
  #at = 0;

  constructor(private readonly mail: Buffer) {
    this.#headerEnds = new HeaderEnds(mail);
    const start = startOfHeader(mail);
    this.#pending = { parent: null, start, end: this.#headerEnds.endOfHeader(start) };
  }

  split(): SplitMail {
    const bodyStart = this.#pending?.end ?? 0;
    let cut = false;
    this.#at = bodyStart - 1;
    this.#begin(bodyStart);
    while (this.#open.length > 0) {
      const start = this.mail.indexOf(NEW_LINE_DASHES, Math.max(0, this.#at)) + 1;
      if (start === 0) {
        break;
      }
      if (this.#begin(start)) {
        continue;
      }
      const lineEnd = this.mail.indexOf(LINE_FEED, start);
      const next = lineEnd === -1 ? this.mail.length : lineEnd + 1;
      this.#at = next - 1;
      const found = this.#match(start, next);
      if (found !== null) {
        cut = this.#count >= MOST_PARTS && !found.isEnd;
        if (cut) {
          break;
        }
        this.#cross(found, start, next);
      }
      if (lineEnd === -1) {
        break;
      }
    }
    this.#begin(this.mail.length);
    this.#end(this.mail.length);
    return { root: this.#root ?? partOf(Buffer.alloc(0), NO_TYPE), bodyStart, cut };
  }

  /** The multipart whose boundary stands on a line; null for any other line. */
  #match(start: number, next: number): { open: Open; isEnd: boolean } | null {
    if (next - start > LONGEST_BOUNDARY_LINE) {
      return null;
    }
    const line = this.mail.toString('latin1', start, next).trimEnd();
    const exact = this.#byDelimiter.get(line);
    if (exact !== undefined) {
      return { open: exact, isEnd: false };
    }
    const closed = line.endsWith('--') ? this.#byDelimiter.get(line.slice(0, -2).trimEnd()) : undefined;
    return closed === undefined ? null : { open: closed, isEnd: true };
  }

  #cross({ open, isEnd }: { open: Open; isEnd: boolean }, start: number, next: number): void {
    this.#cutHeader(start);
    this.#end(start);
    this.#reopen(open);
    if (isEnd && open.around !== undefined) {
      // What follows belongs to the multipart around it; at the top, parts after a hasty end are still read.
      this.#pop();
    }
    if (!isEnd) {
      this.#pending = { parent: open, start: next, end: this.#headerEnds.endOfHeader(next) };
    }
  }

  /** Ends the header of a pending part when the place is behind it. Whether boundaries are to be looked for before it. */
  #begin(at: number): boolean {
    if (this.#pending === null || at < this.#pending.end) {
      return false;
    }
    const { parent, start, end } = this.#pending;
    const own = this.#ownBoundaryIn(start, end);
    this.#add(parent, start, own ?? end, own ?? end);
    this.#at = own === null ? this.#at : own - 1;
    return own !== null;
  }

  /** Where the empty line after a multipart's header is missing, its first boundary ends the header. */
  #ownBoundaryIn(start: number, end: number): number | null {
    const head = this.mail.subarray(start, Math.min(end, start + MOST_TO_LOOK_AT));
    const dashes = head.indexOf(NEW_LINE_DASHES);
    if (dashes === -1) {
      return null;
    }
    const boundary = partOf(head.subarray(0, dashes + 1), NO_TYPE).parameters.get('boundary') ?? '';
    const line = head
      .toString('latin1', dashes + 1, dashes + LONGEST_BOUNDARY_LINE)
      .split('\n', 1)[0]
      ?.trimEnd();
    return boundary !== '' && line === `--${boundary}` ? start + dashes + 1 : null;
  }

  /** A boundary within a header ends it: the part has no content. */
  #cutHeader(at: number): void {
    if (this.#pending !== null) {
      this.#add(this.#pending.parent, this.#pending.start, at, at);
    }
  }

  #add(parent: Open | null, start: number, headEnd: number, contentStart: number): void {
    this.#pending = null;
    this.#count += 1;
    const defaultType = parent?.part.mediaType === 'multipart/digest' ? 'message/rfc822' : NO_TYPE;
    const part = partOf(this.mail.subarray(start, headEnd), defaultType);
    parent?.part.children.push(part);
    this.#root ??= part;
    this.#current = { part, start: contentStart };
    const boundary = part.mediaType.startsWith('multipart/') ? this.#boundaryOf(part, contentStart) : '';
    if (boundary === '' || this.#open.length >= DEEPEST) {
      return;
    }
    const delimiter = `--${boundary}`;
    const shadowed = this.#byDelimiter.get(delimiter);
    const opened = { part, delimiter, around: this.#open.at(-1), shadowed };
    this.#open.push(opened);
    this.#byDelimiter.set(delimiter, opened);
  }

  /** The declared boundary; without one, the first line of the body when it looks like one. */
  #boundaryOf(part: MimePart, contentStart: number): string {
    const declared = (part.parameters.get('boundary') ?? '').trimEnd();
    if (declared !== '') {
      return Buffer.from(declared).toString('latin1');
    }
    const beginning = this.mail.toString('latin1', contentStart, contentStart + 200);
    return /^\s*--([^\s-][^\r\n]{0,100})\r?\n/.exec(beginning)?.[1]?.trimEnd() ?? '';
  }

  #end(at: number): void {
    if (this.#current !== null) {
      const { part, start } = this.#current;
      part.content = this.mail.subarray(start, Math.max(start, this.#lineBefore(at)));
      this.#current = null;
    }
  }

  /** The line break before a boundary belongs to the boundary. */
  #lineBefore(at: number): number {
    if (at === this.mail.length) {
      return at;
    }
    return this.mail[at - 2] === 0x0d ? at - 2 : at - 1;
  }

  /** Ends the multiparts within one; it may itself have been ended by the boundary of one around it, too early. */
  #reopen(open: Open): void {
    const chain = new Set<Open>();
    for (let each: Open | undefined = open; each !== undefined; each = each.around) {
      chain.add(each);
    }
    for (let last = this.#open.at(-1); last !== undefined && !chain.has(last); last = this.#open.at(-1)) {
      this.#open.pop();
      if (last.shadowed !== undefined) {
        this.#byDelimiter.set(last.delimiter, last.shadowed);
      }
    }
    this.#open.push(...[...chain].reverse().slice(this.#open.length));
  }

  #pop(): void {
    const closed = this.#open.pop();
    if (closed?.shadowed !== undefined) {
      this.#byDelimiter.set(closed.delimiter, closed.shadowed);
    } else if (closed !== undefined) {
      this.#byDelimiter.delete(closed.delimiter);
    }
  }
}
