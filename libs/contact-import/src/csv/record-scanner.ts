import { MOST_ROW_BYTES } from '../text/line-scanner.js';

/** One record, as it stands in the file; or what is wrong with it, and then no text. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly text: string;
  readonly problem: RecordProblem | null;
}

/** `quote`: opened and never closed, or closed in the middle of a cell. */
export type RecordProblem = 'quote' | 'too-long';

/** Characters in which a record must end. Beyond it a quote is open by mistake, and its first line is all it takes along. */
const MOST_CHARACTERS = 1024 * 1024;

type Scanned =
  | { readonly kind: 'record'; readonly end: number; readonly next: number }
  | { readonly kind: 'more' | 'open' | 'broken' };

/**
 * Cuts CSV (RFC 4180, any separator) into records, with whichever line ends, and mixed; line breaks between quotes belong to
 * the record. A record whose quotes are wrong is its first line alone: what follows it is read as if nothing had been, so one
 * stray quote costs one row and not the rest of the file. Keeps little more than a million characters, whatever comes.
 */
export class RecordScanner {
  readonly #stops: RegExp;
  #text = '';
  #at = 0;
  #line = 1;
  #isSkipping = false;
  /** Blanks beside quotes in the record that is looked at, which are no part of a cell: where each begins and ends. */
  #blanks: (readonly [number, number])[] = [];

  constructor(private readonly separator: string) {
    this.#stops = new RegExp(`[\\r\\n${separator.replace(/[\\\]^|-]/g, '\\$&')}]`, 'g');
  }

  /** Records that are complete, without those that say nothing at all. */
  push(text: string, isEnd: boolean): CsvRecord[] {
    this.#text = this.#text.slice(this.#at) + text + (isEnd ? '\n' : '');
    this.#at = 0;
    const records: CsvRecord[] = [];
    while (this.#at < this.#text.length) {
      const before = this.#at;
      const record = this.#isSkipping ? this.#skip() : this.#next(isEnd);
      if (record !== null) {
        records.push(record);
      } else if (this.#at === before) {
        break;
      }
    }
    return records;
  }

  /** Null: nothing to tell of, or more is needed. */
  #next(isEnd: boolean): CsvRecord | null {
    const from = this.#at;
    const scanned = this.#scan(from);
    if (scanned.kind === 'record' && scanned.end - from <= MOST_CHARACTERS) {
      return this.#take(from, scanned);
    }
    const isUnfinished = scanned.kind === 'more' || scanned.kind === 'open';
    if (isUnfinished && !isEnd && this.#text.length - from <= MOST_CHARACTERS + 2) {
      return null;
    }
    // The same, in whichever pieces the file comes.
    const isOneLine = !/[\r\n]/.test(this.#text.slice(from, from + MOST_CHARACTERS));
    const isLong = scanned.kind === 'record' || (isUnfinished && !isEnd);
    return this.#giveUp(from, isLong && isOneLine ? 'too-long' : 'quote');
  }

  #take(from: number, { end, next }: { readonly end: number; readonly next: number }): CsvRecord | null {
    const text = this.#withoutBlanks(from, end);
    const { length } = text;
    const isTooLong =
      length > MOST_ROW_BYTES || (length * 3 > MOST_ROW_BYTES && Buffer.byteLength(text) > MOST_ROW_BYTES);
    const isBlank = length === 0 || text.trim() === '';
    const record = isBlank ? null : this.#record(isTooLong ? '' : text, isTooLong ? 'too-long' : null);
    this.#line += linesIn(this.#text.slice(from, next));
    this.#at = next;
    return record;
  }

  #withoutBlanks(from: number, end: number): string {
    let text = '';
    let at = from;
    for (const [start, stop] of this.#blanks) {
      text += this.#text.slice(at, start);
      at = stop;
    }
    return text + this.#text.slice(at, end);
  }

  /** The line that begins there is refused, and what is after it is read anew. */
  #giveUp(from: number, problem: RecordProblem): CsvRecord {
    const record = this.#record('', problem);
    this.#at = from;
    this.#isSkipping = true;
    this.#skip();
    return record;
  }

  #skip(): null {
    const end = this.#text.slice(this.#at).search(/[\r\n]/);
    this.#isSkipping = end < 0;
    // The line end that stays is taken as a line of its own that says nothing.
    this.#at = end < 0 ? this.#text.length : this.#at + end;
    return null;
  }

  #noteBlanks(start: number, end: number): void {
    if (end > start) {
      this.#blanks.push([start, end]);
    }
  }

  #record(text: string, problem: RecordProblem | null): CsvRecord {
    return { line: this.#line, text, problem };
  }

  #scan(from: number): Scanned {
    const text = this.#text;
    this.#blanks = [];
    for (let at = from; ; at += 1) {
      const start = afterBlanks(text, at, this.separator);
      if (text[start] === '"') {
        const close = closingQuote(text, start + 1);
        if (close < 0) {
          return { kind: 'open' };
        }
        this.#noteBlanks(at, start);
        at = afterBlanks(text, close + 1, this.separator);
        this.#noteBlanks(close + 1, at);
      } else {
        this.#stops.lastIndex = at;
        at = this.#stops.exec(text)?.index ?? text.length;
      }
      const stop = text[at];
      if (stop === undefined || (stop === '\r' && at + 1 === text.length)) {
        return { kind: 'more' };
      }
      if (stop === '\n' || stop === '\r') {
        return { kind: 'record', end: at, next: at + (stop === '\r' && text[at + 1] === '\n' ? 2 : 1) };
      }
      if (stop !== this.separator) {
        return { kind: 'broken' };
      }
    }
  }
}

const BLANK = /[^\S\r\n]/;

/** Past the spaces around quotes. */
function afterBlanks(text: string, from: number, separator: string): number {
  let at = from;
  for (let next = text[at]; next !== undefined && next !== separator && BLANK.test(next); next = text[at]) {
    at += 1;
  }
  return at;
}

/** Where the quote is that ends a cell; -1 when it does not come, or what follows it is not there yet. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0 && at + 1 < text.length; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') {
      return at;
    }
  }
  return -1;
}

function linesIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
