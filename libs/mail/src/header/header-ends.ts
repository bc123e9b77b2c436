const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const MOST_EMPTY_LINES = 100;

/** The byte order mark of UTF-8. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Where the header of a mail starts: a mark or empty lines that slipped in before its first field do not end it. */
export function startOfHeader(mail: Buffer): number {
  let at = mail.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0;
  while (at < MOST_EMPTY_LINES && (mail[at] === LINE_FEED || mail[at] === CARRIAGE_RETURN)) {
    at += 1;
  }
  return /^[!-9;-~]{1,100}[ \t]?:/.test(mail.toString('latin1', at, at + 110)) ? at : 0;
}

/** Finds the ends of headers, one after the other, reading no byte twice however many headers have none. */
export class HeaderEnds {
  #feeds = -1;
  #returns = -1;

  constructor(private readonly mail: Buffer) {}

  /** Offset after the empty line that ends a header which starts at the offset; the end of the mail without one. */
  endOfHeader(start: number): number {
    if (this.mail[start] === LINE_FEED) {
      return start + 1;
    }
    if (this.mail[start] === 0x0d && this.mail[start + 1] === LINE_FEED) {
      return start + 2;
    }
    this.#feeds = this.#following('\n\n', this.#feeds, start);
    this.#returns = this.#following('\n\r\n', this.#returns, start);
    return Math.min(this.#feeds + 2, this.#returns + 3, this.mail.length);
  }

  #following(line: string, known: number, start: number): number {
    if (known >= start) {
      return known;
    }
    const found = this.mail.indexOf(line, start, 'latin1');
    return found === -1 ? this.mail.length : found;
  }
}
