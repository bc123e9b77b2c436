import { createHash, type Hash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

const LINE_FEED = 0x0a;
const NEW_LINE_DASHES = Buffer.from('\n--');
/** RFC 2046 §5.1.1: a boundary has at most 70 characters; the rest is room for padding. */
const LONGEST_BOUNDARY_LINE = 1024;
const DECLARATION = /boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi;
/** A declaration may begin here and end in the next chunk. */
const NAMES = /bou?/i;
const DECLARATION_OVERLAP = 300;

/**
 * Looks at the bytes of a mail on their way to the parser.
 * - Hashes the body: everything after the first empty line.
 * - Takes the blanks off padded boundary lines. RFC 2046 §5.1.1 allows `--b  `, mailparser loses such parts.
 */
export class MailScan {
  readonly #hash: Hash = createHash('sha256');
  readonly #boundaries = new Set<string>();
  #inBody = false;
  #headTail: Buffer = Buffer.alloc(0);
  #held: Buffer = Buffer.alloc(0);
  #overlap = '';
  #repaired = 0;

  /** How many boundary lines were padded. */
  get repairedBoundaries(): number {
    return this.#repaired;
  }

  /** Hex SHA-256 of the body; call it once, after `finish`. */
  bodySha256(): string {
    return this.#hash.digest('hex');
  }

  /** What the parser shall read instead of the chunk; the end of it may be held back until the next. */
  push(chunk: Buffer): Buffer[] {
    this.#hashBody(chunk);
    this.#collectBoundaries(chunk);
    return this.#repair(this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk, false);
  }

  /** The bytes that were held back. */
  finish(): Buffer[] {
    return this.#repair(this.#held, true);
  }

  #hashBody(chunk: Buffer): void {
    if (this.#inBody) {
      this.#hash.update(chunk);
      return;
    }
    const head = this.#headTail.length > 0 ? Buffer.concat([this.#headTail, chunk]) : chunk;
    const end = endOfHeader(head);
    if (end === -1) {
      this.#headTail = head.subarray(Math.max(0, head.length - 3));
      return;
    }
    this.#inBody = true;
    this.#hash.update(head.subarray(end));
  }

  #collectBoundaries(chunk: Buffer): void {
    if (NAMES.test(this.#overlap) || chunk.includes('oundary') || chunk.includes('OUNDARY')) {
      const text = this.#overlap + chunk.toString('latin1');
      for (const [, quoted, bare] of text.matchAll(DECLARATION)) {
        this.#boundaries.add((quoted ?? bare ?? '').trimEnd());
      }
    }
    this.#overlap = (this.#overlap + chunk.toString('latin1', Math.max(0, chunk.length - DECLARATION_OVERLAP))).slice(
      -DECLARATION_OVERLAP,
    );
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
    const declared = this.#boundaries.has(value) || this.#boundaries.has(value.replace(/--$/, ''));
    return declared ? { start: blank, end } : null;
  }
}

/** Offset of the first byte after the empty line that ends the header; -1 while it has not come. */
export function endOfHeader(data: Buffer): number {
  const crlf = data.indexOf('\n\r\n');
  const lf = data.indexOf('\n\n');
  if (crlf === -1 && lf === -1) {
    return -1;
  }
  return lf === -1 || (crlf !== -1 && crlf < lf) ? crlf + 3 : lf + 2;
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
