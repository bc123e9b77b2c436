import { createHash, hash, type Hash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

const LINE_FEED = 0x0a;
const NEW_LINE_DASHES = Buffer.from('\n--');
/** RFC 2046 §5.1.1: a boundary has at most 70 characters; the rest is room for padding. */
const LONGEST_BOUNDARY_LINE = 1024;
const DECLARATION = /boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi;
const DECLARATION_LENGTH = 300;
/** A mail with more parts than the parser takes has no use for more. */
const MOST_DECLARATIONS = 5000;
const WORDS = ['oundary', 'OUNDARY'] as const;
const NOTHING = Buffer.alloc(0);

/**
 * Looks at the bytes of a mail on their way to the parser.
 * - Hashes the body: everything after the first empty line.
 * - Takes the blanks off padded boundary lines. RFC 2046 §5.1.1 allows `--b  `, mailparser loses such parts.
 */
export class MailScan {
  #hash: Hash | null = null;
  /** The only piece of the body so far: most mails have no second one, and hashing at once is cheaper. */
  #onlyPiece: Buffer | null = null;
  #inBody = false;
  #headTail: Buffer = NOTHING;
  #held: Buffer = NOTHING;
  #declarations: Buffer[] = [];
  /** The mail when it came in one piece: its declarations are looked for when they are needed. */
  #unread: Buffer | null = null;
  #overlap: Buffer = NOTHING;
  #repaired = 0;

  /** How many boundary lines were padded. */
  get repairedBoundaries(): number {
    return this.#repaired;
  }

  /** Hex SHA-256 of the body; call it once, after `finish`. */
  bodySha256(): string {
    return this.#hash?.digest('hex') ?? hash('sha256', this.#onlyPiece ?? NOTHING, 'hex');
  }

  /** What the parser shall read instead of a mail that is there in one piece; nothing is pushed before or after. */
  whole(mail: Buffer): Buffer[] {
    this.#findBody(mail);
    this.#unread = mail;
    return this.#repair(mail, true);
  }

  /** What the parser shall read instead of the chunk; the end of it may be held back until the next. */
  push(chunk: Buffer): Buffer[] {
    this.#findBody(chunk);
    this.#noteDeclarations(chunk);
    return this.#repair(this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk, false);
  }

  /** The bytes that were held back. */
  finish(): Buffer[] {
    return this.#repair(this.#held, true);
  }

  #findBody(chunk: Buffer): void {
    if (this.#inBody) {
      this.#hashBody(chunk);
      return;
    }
    const head = this.#headTail.length > 0 ? Buffer.concat([this.#headTail, chunk]) : chunk;
    const end = endOfHeader(head);
    if (end === -1) {
      this.#headTail = head.subarray(Math.max(0, head.length - 3));
      return;
    }
    this.#inBody = true;
    this.#hashBody(head.subarray(end));
  }

  #hashBody(piece: Buffer): void {
    if (this.#hash === null && this.#onlyPiece === null) {
      this.#onlyPiece = piece;
      return;
    }
    this.#hash ??= createHash('sha256').update(this.#onlyPiece ?? NOTHING);
    this.#hash.update(piece);
  }

  /** Keeps what surrounds the word; it is read only when a padded line is found. */
  #noteDeclarations(chunk: Buffer): void {
    const data = this.#overlap.length > 0 ? Buffer.concat([this.#overlap, chunk]) : chunk;
    for (const word of WORDS) {
      for (let at = data.indexOf(word); at !== -1; at = data.indexOf(word, at + word.length)) {
        if (this.#declarations.length < MOST_DECLARATIONS) {
          this.#declarations.push(Buffer.from(data.subarray(Math.max(0, at - 1), at + DECLARATION_LENGTH)));
        }
      }
    }
    this.#overlap = data.subarray(Math.max(0, data.length - DECLARATION_LENGTH));
  }

  #isDeclared(boundary: string): boolean {
    if (this.#unread !== null) {
      this.#noteDeclarations(this.#unread);
      this.#unread = null;
    }
    const text = this.#declarations.map((around) => around.toString('latin1')).join('\r\n;');
    return [...text.matchAll(DECLARATION)].some(([, quoted, bare]) => (quoted ?? bare ?? '').trimEnd() === boundary);
  }

  #repair(data: Buffer, final: boolean): Buffer[] {
    const output: Buffer[] = [];
    let written = 0;
    let from = 0;
    for (;;) {
      const found = data.indexOf(NEW_LINE_DASHES, from);
      if (found === -1) {
        break;
      }
      const end = data.indexOf(LINE_FEED, found + 1);
      const lineEnd = end === -1 ? data.length : end;
      if (end === -1 && !final && data.length - found <= LONGEST_BOUNDARY_LINE) {
        break;
      }
      const padding = this.#padding(data, found + 1, lineEnd);
      if (padding !== null) {
        output.push(data.subarray(written, padding.start));
        written = padding.end;
        this.#repaired += 1;
      }
      from = lineEnd;
    }
    const keep = final ? data.length : holdFrom(data, from);
    output.push(data.subarray(written, keep));
    this.#held = data.subarray(keep);
    return output.filter((part) => part.length > 0);
  }

  /** The blanks between a declared boundary and the end of its line; null when there are none. */
  #padding(data: Buffer, start: number, lineEnd: number): { start: number; end: number } | null {
    const end = data[lineEnd - 1] === 0x0d ? lineEnd - 1 : lineEnd;
    let blank = end;
    while (blank > start && (data[blank - 1] === 0x20 || data[blank - 1] === 0x09)) {
      blank -= 1;
    }
    if (blank === end || end - start > LONGEST_BOUNDARY_LINE) {
      return null;
    }
    const value = data.toString('latin1', start + 2, blank);
    const declared = value !== '' && (this.#isDeclared(value) || this.#isDeclared(value.replace(/--$/, '')));
    return declared ? { start: blank, end } : null;
  }
}

/** Offset of the first byte after the empty line that ends the header; -1 while it has not come. */
export function endOfHeader(data: Buffer): number {
  const crlf = data.indexOf('\n\r\n');
  const lf = (crlf === -1 ? data : data.subarray(0, crlf + 1)).indexOf('\n\n');
  if (lf !== -1) {
    return lf + 2;
  }
  return crlf === -1 ? -1 : crlf + 3;
}

/** Where the last line starts when it may still turn out to be a boundary line, else the end of the data. */
function holdFrom(data: Buffer, from: number): number {
  const lastLine = data.lastIndexOf(LINE_FEED);
  if (lastLine < Math.max(0, from - 1) || lastLine === -1 || data.length - lastLine > LONGEST_BOUNDARY_LINE) {
    return data.length;
  }
  const start = data.subarray(lastLine, lastLine + 3);
  return NEW_LINE_DASHES.subarray(0, start.length).equals(start) ? lastLine : data.length;
}

/** The scan as a stream between the stored mail and the parser. */
export function scanStream(scan: MailScan): Transform {
  const pass = (parts: Buffer[], stream: Transform, done: TransformCallback) => {
    parts.forEach((part) => stream.push(part));
    done();
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      pass(scan.push(chunk), this, done);
    },
    flush(done) {
      pass(scan.finish(), this, done);
    },
  });
}
