import { decodeText } from '../charset/decode-bytes.js';
import { decodeWords } from './encoded-words.js';

/** A Content-Type or Content-Disposition: its value in lower case, its parameters by name in lower case, decoded. */
export interface MimeHeader {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const MOST_CHARACTERS = 256 * 1024;
const MOST_PARAMETERS = 10_000;

/**
 * Reads a MIME header (RFC 2045 §5.1, RFC 2231) as it is sent:
 * - parameters without a semicolon before them, with blanks around `=`, with comments, quoted or not;
 * - values in pieces, with a charset, percent-encoded without saying so, or as encoded words against RFC 2047 §5.
 *
 * The value is unfolded. In one pass.
 */
export function readMimeHeader(value: string): MimeHeader {
  const scan = new Scan(value.slice(0, MOST_CHARACTERS));
  const main = scan.untilDelimiter().trim().toLowerCase();
  const pieces = new Map<string, Piece[]>();
  for (let count = 0; count < MOST_PARAMETERS; count += 1) {
    const found = scan.parameter();
    if (found === null) {
      break;
    }
    const { name, piece } = pieceOf(found.name, found.value);
    const known = pieces.get(name);
    if (known === undefined) {
      pieces.set(name, [piece]);
    } else {
      known.push(piece);
    }
  }
  return { value: main, parameters: new Map([...pieces].map(([name, parts]) => [name, joined(parts)])) };
}

/** A parameter or a part of one (RFC 2231 §3); `extended` ones are percent-encoded and may name their charset. */
interface Piece {
  readonly index: number | null;
  readonly extended: boolean;
  readonly value: string;
}

function pieceOf(given: string, value: string): { name: string; piece: Piece } {
  const named = /^([^*]+)(?:\*(\d{1,5}))?(\*)?$/.exec(given);
  if (named === null) {
    return { name: given, piece: { index: null, extended: false, value } };
  }
  const index = named[2] === undefined ? null : Number(named[2]);
  return { name: named[1] ?? given, piece: { index, extended: named[3] !== undefined, value } };
}

/** Extended values first: who sends both forms means the plain one for programs that cannot read the other. */
function joined(pieces: readonly Piece[]): string {
  const whole = pieces.find(({ index, extended }) => index === null && extended);
  if (whole !== undefined) {
    return decodeExtended([whole]);
  }
  const numbered = pieces
    .filter(({ index }) => index !== null)
    .sort((left, right) => (left.index ?? 0) - (right.index ?? 0));
  if (numbered.length > 0) {
    return numbered.some(({ extended }) => extended)
      ? decodeExtended(numbered)
      : decodePlain(numbered.map(({ value }) => value).join(''));
  }
  return decodePlain(pieces[0]?.value ?? '');
}

/** `charset'language'value` in the first piece; every piece's bytes are put together before they are decoded. */
function decodeExtended(pieces: readonly Piece[]): string {
  const first = pieces[0]?.value ?? '';
  const declared = /^([^']*)'([^']*)'/.exec(first.slice(0, 200));
  const bytes = pieces.map(({ value, extended }, index) => {
    const content = index === 0 && declared !== null ? value.slice(declared[0].length) : value;
    return extended ? percentDecoded(content) : Buffer.from(content);
  });
  const text = decodeText(Buffer.concat(bytes), declared?.[1] || null).text;
  return text.includes('=?') && declared === null ? decodeWords(text) : text;
}

/** Encoded words, or percent-encoded UTF-8 that was not declared as such. */
function decodePlain(value: string): string {
  if (value.includes('=?')) {
    return decodeWords(value);
  }
  if (!/%[89A-F][0-9A-F]/i.test(value)) {
    return value;
  }
  const decoded = percentDecoded(value).toString();
  return decoded.includes('\ufffd') ? value : decoded;
}

function percentDecoded(value: string): Buffer {
  const bytes = Buffer.from(value);
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes[at] === 0x25 ? bytes.toString('latin1', at + 1, at + 3) : '';
    const isEncoded = /^[0-9a-f]{2}$/i.test(code);
    out[length++] = isEncoded ? Number.parseInt(code, 16) : (bytes[at] ?? 0);
    at += isEncoded ? 2 : 0;
  }
  return out.subarray(0, length);
}

/** The next parameter, or a comment; `(1).pdf` is none, for what goes on behind it belongs to a name. */
function endsBareValue(word: string): boolean {
  const bare = word.replace(/=\?.*\?=$/, '').replace(/\(\w{0,20}\)(?=[.\w])/, '');
  return /[=(]/.test(bare);
}

/** Walks over a header value, character by character. */
class Scan {
  #at = 0;

  constructor(private readonly text: string) {}

  /** What comes before the first parameter, without comments. */
  untilDelimiter(): string {
    const parts: string[] = [];
    while (this.#at < this.text.length && this.text[this.#at] !== ';') {
      if (this.text[this.#at] === '(') {
        this.#skipComment();
        continue;
      }
      parts.push(this.#take(/[^\s;(]*/y));
      this.#skipTo(/\S/g);
      if (parts.some((part) => part !== '') && /^[\w*-]{1,60}\s?=/.test(this.text.slice(this.#at, this.#at + 64))) {
        break;
      }
    }
    return parts.join('');
  }

  parameter(): { name: string; value: string } | null {
    for (;;) {
      this.#skipTo(/[^\s;]/g);
      if (this.#at >= this.text.length) {
        return null;
      }
      if (this.text[this.#at] === '(') {
        this.#skipComment();
        continue;
      }
      const name = this.#take(/[^\s;=(]*/y).toLowerCase();
      this.#skipTo(/\S/g);
      if (this.text[this.#at] === '=' && name !== '') {
        this.#at += 1;
        this.#skipTo(/\S/g);
        return { name, value: this.text[this.#at] === '"' ? this.#quoted() : this.#bare() };
      }
      if (name === '') {
        this.#at += 1;
      }
    }
  }

  #quoted(): string {
    const parts: string[] = [];
    this.#at += 1;
    while (this.#at < this.text.length && this.text[this.#at] !== '"') {
      if (this.text[this.#at] === '\\' && this.#at + 1 < this.text.length) {
        // Windows programs write their paths without escaping.
        const following = this.text[this.#at + 1] ?? '';
        parts.push(following === '"' || following === '\\' ? following : `\\${following}`);
        this.#at += 2;
      } else {
        parts.push(this.#take(/[^"\\]+/y));
      }
    }
    this.#at += 1;
    return parts.join('');
  }

  /** Blanks inside are kept when no parameter follows them: names of files without quotes. */
  #bare(): string {
    const parts: string[] = [this.#take(/[^\s;]*/y)];
    for (;;) {
      const rest = /\s+[^\s;]+/y;
      rest.lastIndex = this.#at;
      const [more] = rest.exec(this.text) ?? [];
      if (more === undefined || endsBareValue(more) || parts.length > 100) {
        return parts.join('').replace(/^'(.*)'$/, '$1');
      }
      parts.push(more);
      this.#at += more.length;
    }
  }

  #skipComment(): void {
    let depth = 0;
    while (this.#at < this.text.length) {
      const character = this.text[this.#at];
      this.#at += character === '\\' ? 2 : 1;
      depth += character === '(' ? 1 : character === ')' ? -1 : 0;
      if (depth === 0) {
        return;
      }
    }
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.#at += found.length;
    return found;
  }

  #skipTo(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    this.#at = pattern.exec(this.text)?.index ?? this.text.length;
  }
}
