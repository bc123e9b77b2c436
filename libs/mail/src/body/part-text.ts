import { decodeText } from '../charset/decode-bytes.js';
import { decodeBase64, decodeTransfer } from '../encoding/transfer-decoding.js';
import { decodeUu } from '../encoding/uu-decoding.js';
import { decodeFlowed } from './flowed-text.js';
import type { MimePart } from './mime-part.js';

/** A file that stood uuencoded in a text. */
export interface FileInText {
  readonly name: string;
  readonly content: Buffer;
}

/** What a text part says. */
export interface PartText {
  readonly text: string;
  readonly guessed: boolean;
  /** Whether there was more than the room that was left. */
  readonly cut: boolean;
  readonly files: readonly FileInText[];
}

const MOST_FILES = 50;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
/** Charsets in which a byte of a line end may be half of another character. */
const WIDE = /utf-?(16|32)|ucs|^unicode$/i;
const UTF7 = /utf-?7/i;
/** Nobody writes so much in UTF-7 any more, and nothing is slower to decode. */
const MOST_UTF7_BYTES = 1024 * 1024;
/** Where HTML names its charset, it does so at its beginning (HTML §13.2.3.2). */
const META_BYTES = 2_048;

/** Decodes a text part, at most so many bytes of it. The hint is a charset that the mail uses elsewhere. */
export function textOfPart(part: MimePart, room: number, hint: string | null): PartText {
  const decoded =
    part.encoding === 'base64' ? decodeBase64Text(part.content) : decodeTransfer(part.content, part.encoding);
  const isHtml = part.mediaType === 'text/html';
  const { rest, files } = isHtml ? { rest: decoded, files: [] } : withoutFiles(decoded);
  const label = charsetLabelOf(part) ?? (isHtml ? charsetOfMeta(rest) : null);
  const limit = UTF7.test(label ?? '') ? Math.min(room, MOST_UTF7_BYTES) : room;
  const content = rest.subarray(0, limit);
  const isWide = WIDE.test(label ?? '') || (content[0] ?? 0) >= 0xfe || content.subarray(0, 4).includes(0);
  const { text, guessed } = decodeText(isWide ? content : withoutReturns(content), label, hint);
  const lines = isWide ? text.replaceAll('\r\n', '\n') : text;
  const isFlowed = !isHtml && part.parameters.get('format')?.toLowerCase() === 'flowed';
  return {
    text: isFlowed ? decodeFlowed(lines, part.parameters.get('delsp')?.toLowerCase() === 'yes') : lines,
    guessed,
    cut: rest.length > limit,
    files,
  };
}

/** A line that is no base64: words, or what stands before a signature. */
const WORDS = /^(--|__)|\S[ \t]+\S/;

/** Mailing lists write their words below a text in base64, and careless programs write no base64 at all: both are kept. */
function decodeBase64Text(content: Buffer): Buffer {
  const text = content.toString('latin1');
  const foreign = /[^A-Za-z0-9+/=\s]/.exec(text)?.index ?? -1;
  const start = text.lastIndexOf('\n', foreign) + 1;
  if (foreign === -1 || !WORDS.test(text.slice(start, start + 200).split('\n', 1)[0] ?? '')) {
    return decodeBase64(content);
  }
  return Buffer.concat([decodeBase64(content.subarray(0, start)), content.subarray(start)]);
}

/**
 * Line ends as LF, before anything is decoded: a text of nothing but line ends costs no more than any other.
 */
function withoutReturns(bytes: Buffer): Buffer {
  if (!bytes.includes(CARRIAGE_RETURN)) {
    return bytes;
  }
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== CARRIAGE_RETURN) {
      out[length++] = byte;
    } else if (bytes[at + 1] !== LINE_FEED) {
      out[length++] = LINE_FEED;
    }
  }
  return out.subarray(0, length);
}

export function charsetLabelOf(part: MimePart): string | null {
  return part.parameters.get('charset') || null;
}

function charsetOfMeta(html: Buffer): string | null {
  const head = html.toString('latin1', 0, META_BYTES);
  return /<meta[^>]{0,200}charset\s{0,5}=\s{0,5}["']?([\w:.-]{1,40})/i.exec(head)?.[1] ?? null;
}

/** Files that old programs put into the text become attachments; what stands around them stays. */
function withoutFiles(content: Buffer): { rest: Buffer; files: FileInText[] } {
  const files: FileInText[] = [];
  const kept: Buffer[] = [];
  let from = 0;
  while (files.length < MOST_FILES) {
    const found = decodeUu(content, from);
    if (found === null) {
      break;
    }
    kept.push(content.subarray(from, found.start));
    files.push({ name: found.name, content: found.content });
    from = found.end;
  }
  return files.length === 0
    ? { rest: content, files }
    : { rest: Buffer.concat([...kept, content.subarray(from)]), files };
}

/** Text as HTML, for a mail whose parts are of both kinds. */
export function htmlOfText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div style="white-space: pre-wrap">${escaped.replaceAll('\n', '<br>\n')}</div>`;
}
