import iconv from 'iconv-lite';

/** How a written mail spells its bytes (RFC 2045 §6). */
export type TransferEncoding = '7bit' | '8bit' | 'quoted-printable' | 'base64';

export const WRITTEN_CHARSETS = ['utf-8', 'iso-8859-1', 'windows-1252', 'iso-2022-jp', 'gb18030', 'koi8-r'] as const;
export type WrittenCharset = (typeof WRITTEN_CHARSETS)[number];

const LONGEST_LINE = 76;

/** A text as the bytes of a charset. */
export function encodeText(text: string, charset: WrittenCharset): Buffer {
  return charset === 'iso-2022-jp' ? encodeIso2022Jp(text) : iconv.encode(text, charset);
}

/** RFC 1468: JIS X 0208 is EUC-JP with the eighth bits off, between two escapes; every line ends in ASCII. */
function encodeIso2022Jp(text: string): Buffer {
  const pieces = text.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? [];
  return Buffer.concat(
    pieces.map((piece) => {
      const isAscii = piece.charCodeAt(0) < 0x80;
      const wide = () => iconv.encode(piece, 'euc-jp').map((byte) => byte & 0x7f);
      return isAscii ? Buffer.from(piece) : Buffer.concat([Buffer.from('\x1b$B'), wide(), Buffer.from('\x1b(B')]);
    }),
  );
}

/** Bytes as they stand in the mail, one character for each of its bytes. Line ends of the bytes are kept as they are. */
export function encodeTransfer(bytes: Buffer, encoding: TransferEncoding, lineEnd: string): string {
  if (encoding === 'base64') {
    return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join(lineEnd);
  }
  if (encoding === 'quoted-printable') {
    const lines = bytes.toString('latin1').split(lineEnd);
    return lines.map((line) => quotedPrintableLine(line, lineEnd)).join(lineEnd);
  }
  return bytes.toString('latin1');
}

function quotedPrintableLine(line: string, lineEnd: string): string {
  const last = line.length - 1;
  const pieces = [...line].map((character, index) => {
    const isPlain = /[!-<>-~]/.test(character) || (/[ \t]/.test(character) && index < last);
    return isPlain ? character : hexadecimal(character, '=');
  });
  const lines = [''];
  for (const piece of pieces) {
    const current = lines.at(-1) ?? '';
    if (current.length + piece.length < LONGEST_LINE) {
      lines[lines.length - 1] = current + piece;
    } else {
      lines.push(piece);
    }
  }
  return lines.join(`=${lineEnd}`);
}

function hexadecimal(character: string, mark: string): string {
  return `${mark}${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** A text in a charset, and in which form its encoded words are written (RFC 2047). */
export interface WrittenWords {
  readonly text: string;
  readonly charset: WrittenCharset;
  readonly form: 'B' | 'Q';
  /** Bytes that one word holds; a character may be split between two words. */
  readonly wordBytes: number;
}

/** Encoded words, each on a line of its own. */
export function encodeWords({ text, charset, form, wordBytes }: WrittenWords, lineEnd: string): string {
  const bytes = encodeText(text, charset);
  // A word of a charset with escapes begins and ends in ASCII (RFC 2047 §3): it is not cut anywhere.
  const size = charset === 'iso-2022-jp' ? bytes.length : wordBytes;
  const words: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    words.push(`=?${charset}?${form}?${form === 'B' ? piece.toString('base64') : wordOfQ(piece)}?=`);
  }
  return words.join(`${lineEnd} `);
}

function wordOfQ(bytes: Buffer): string {
  return [...bytes.toString('latin1')]
    .map((character) =>
      character === ' ' ? '_' : /[A-Za-z0-9]/.test(character) ? character : hexadecimal(character, '='),
    )
    .join('');
}

/** A value of RFC 2231 §4, without its charset. */
export function percentEncode(bytes: Buffer): string {
  return [...bytes.toString('latin1')]
    .map((character) => (/[A-Za-z0-9._-]/.test(character) ? character : hexadecimal(character, '%')))
    .join('');
}
