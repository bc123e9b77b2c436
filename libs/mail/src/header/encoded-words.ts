import { decodeText } from '../charset/decode-bytes.js';
import { decodeBase64, decodeQuotedPrintable } from '../encoding/transfer-decoding.js';

/** An encoded word (RFC 2047) at its place in a value. */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly charset: string;
  readonly bytes: Buffer;
}

/** A value of more characters is hostile: it is left as it is from there on. */
const MOST_CHARACTERS = 512 * 1024;

/**
 * Decodes the encoded words of a header value (RFC 2047), and those that break its rules but are sent:
 * - inside quotes or without blanks around them; with blanks inside; with missing padding;
 * - a character split between words: the bytes of adjacent words of one charset are decoded together.
 *
 * In one pass over the value. What is no encoded word stays as it is.
 */
export function decodeWords(value: string, hint: string | null = null): string {
  if (!value.includes('=?')) {
    return value;
  }
  const bounded = value.slice(0, MOST_CHARACTERS);
  let output = '';
  let written = 0;
  let run: Word[] = [];
  const flush = (): void => {
    const [first] = run;
    const last = run.at(-1);
    if (first !== undefined && last !== undefined) {
      output += decodeText(Buffer.concat(run.map(({ bytes }) => bytes)), first.charset, hint).text;
      written = last.end;
      run = [];
    }
  };
  for (const word of wordsOf(bounded)) {
    const previousEnd = run.at(-1)?.end ?? written;
    const between = bounded.slice(previousEnd, word.start);
    const isAdjacent = run.length > 0 && /^\s*$/.test(between);
    if (!isAdjacent || run[0]?.charset !== word.charset) {
      flush();
      output += isAdjacent ? '' : between;
    }
    run.push(word);
  }
  flush();
  return output + value.slice(written);
}

function* wordsOf(value: string): Generator<Word> {
  for (let at = value.indexOf('=?'); at !== -1;) {
    const word = wordAt(value, at);
    if (word !== null) {
      yield word;
    }
    at = value.indexOf('=?', word?.end ?? at + 2);
  }
}

/** Longest name of a charset with its language (RFC 2231 §5). */
const LONGEST_CHARSET = 80;

function wordAt(value: string, start: number): Word | null {
  const charsetEnd = value.indexOf('?', start + 2);
  if (charsetEnd === -1 || charsetEnd - start > LONGEST_CHARSET || value[charsetEnd + 2] !== '?') {
    return null;
  }
  const charset = (value.slice(start + 2, charsetEnd).split('*', 1)[0] ?? '').toLowerCase();
  const encoding = value[charsetEnd + 1]?.toLowerCase();
  const contentStart = charsetEnd + 3;
  const end = endOfWord(value, contentStart);
  if (end === -1 || !/^[!-~]+$/.test(charset) || (encoding !== 'b' && encoding !== 'q')) {
    return null;
  }
  const content = value.slice(contentStart, end);
  return { start, end: end + 2, charset, bytes: encoding === 'b' ? bytesOfB(content) : bytesOfQ(content) };
}

/** A `?=` that a `=XX` follows is the beginning of the content's own `=`: some do not encode `?`. */
function endOfWord(value: string, from: number): number {
  const end = value.indexOf('?=', from);
  const next = value.indexOf('=?', from);
  return next !== -1 && end !== -1 && next < end && next + 1 !== end ? -1 : end;
}

function bytesOfB(content: string): Buffer {
  return decodeBase64(Buffer.from(content, 'latin1'));
}

/** RFC 2047 §4.2: quoted-printable with `_` for a blank, sometimes with soft line breaks. Characters above ASCII were read from raw bytes. */
function bytesOfQ(content: string): Buffer {
  // eslint-disable-next-line no-control-regex
  const isAscii = /^[\u0000-\u007f]*$/.test(content);
  return decodeQuotedPrintable(
    Buffer.from(content.replace(/= +/g, '').replaceAll('_', ' '), isAscii ? 'latin1' : 'utf8'),
    false,
  );
}
