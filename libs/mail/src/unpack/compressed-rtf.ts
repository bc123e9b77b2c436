import { decodeText } from '../charset/decode-bytes.js';

const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const HEADER_BYTES = 16;
const WINDOW_BYTES = 4096;
const MOST_RTF_BYTES = 1024 * 1024;
/** What the window holds before the first byte (MS-OXRTFCP §2.1.3.1.1). */
const INITIAL =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** The readable text of compressed RTF (MS-OXRTFCP), or its beginning; empty when it is none. */
export function decompressRtf(bytes: Buffer): string {
  if (bytes.length < HEADER_BYTES) {
    return '';
  }
  const kind = bytes.readUInt32LE(8);
  const content = bytes.subarray(HEADER_BYTES);
  if (kind === UNCOMPRESSED) {
    return textOfRtf(content.toString('latin1', 0, MOST_RTF_BYTES));
  }
  return kind === COMPRESSED ? textOfRtf(inflate(content, Math.min(bytes.readUInt32LE(4), MOST_RTF_BYTES))) : '';
}

/** A byte of flags, then eight items: a byte, or a place in the window and how many bytes of it to repeat. */
function inflate(content: Buffer, size: number): string {
  const window = Buffer.alloc(WINDOW_BYTES);
  let end = window.write(INITIAL, 'latin1');
  const out = Buffer.alloc(size);
  let length = 0;
  const emit = (byte: number): void => {
    out[length++] = byte;
    window[end] = byte;
    end = (end + 1) % WINDOW_BYTES;
  };
  for (let at = 0; at < content.length && length < size;) {
    const flags = content[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < content.length && length < size; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        emit(content[at++] ?? 0);
        continue;
      }
      const reference = ((content[at] ?? 0) << 8) | (content[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      if (from === end) {
        return out.toString('latin1', 0, length);
      }
      for (let index = 0; index < (reference & 0xf) + 2 && length < size; index += 1) {
        emit(window[(from + index) % WINDOW_BYTES] ?? 0);
      }
    }
  }
  return out.toString('latin1', 0, length);
}

const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;
/** Groups whose content is no text. */
const HIDDEN = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'themedata', 'generator']);
const BREAKS: Readonly<Record<string, string>> = { par: '\n', line: '\n', tab: '\t', cell: '\t', row: '\n' };

/** Text of RTF, without its markup, and without the HTML markup that Outlook hides in it. */
function textOfRtf(rtf: string): string {
  const text: string[] = [];
  const hidden: boolean[] = [false];
  let skip = 0;
  for (const [token, word, number, code, symbol, brace, plain] of rtf.matchAll(TOKEN)) {
    if (brace === '{') {
      hidden.push(hidden.at(-1) ?? false);
    } else if (brace === '}') {
      hidden.pop();
    } else if (symbol === '*' || (word !== undefined && HIDDEN.has(word))) {
      hidden[hidden.length - 1] = true;
    } else if (word === 'htmlrtf') {
      hidden[Math.max(0, hidden.length - 1)] = number !== '0';
    } else if (hidden.at(-1) === true) {
      continue;
    } else if (word === 'u' && number !== undefined) {
      text.push(String.fromCharCode((Number(number) + 65_536) % 65_536));
      skip = 1;
    } else if (word !== undefined) {
      text.push(BREAKS[word] ?? '');
    } else if (code !== undefined) {
      text.push(skip > 0 ? '' : decodeText(Buffer.from(code, 'hex'), 'windows-1252').text);
      skip = 0;
    } else if (symbol !== undefined) {
      text.push('\\{}'.includes(symbol) ? symbol : symbol === '~' ? ' ' : '');
    } else if (plain !== undefined) {
      text.push(skip > 0 ? plain.slice(1) : token);
      skip = 0;
    }
  }
  return text.join('').trim();
}
