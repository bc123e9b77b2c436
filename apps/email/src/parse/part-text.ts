import { decodeText } from './decode-bytes.js';
import { decodeFlowed } from './flowed-text.js';
import type { MimePart } from './mime-part.js';
import { decodeTransfer } from './transfer-decoding.js';
import { decodeUu } from './uu-decoding.js';

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
/** Where HTML names its charset, it does so at its beginning (HTML §13.2.3.2). */
const META_BYTES = 2_048;

/** Decodes a text part, at most so many bytes of it. The hint is a charset that the mail uses elsewhere. */
export function textOfPart(part: MimePart, room: number, hint: string | null): PartText {
  const decoded = decodeTransfer(part.content, part.encoding);
  const isHtml = part.mediaType === 'text/html';
  const { rest, files } = isHtml ? { rest: decoded, files: [] } : withoutFiles(decoded);
  const label = charsetLabelOf(part) ?? (isHtml ? charsetOfMeta(rest) : null);
  const { text, guessed } = decodeText(rest.subarray(0, room), label, hint);
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const isFlowed = !isHtml && part.parameters.get('format')?.toLowerCase() === 'flowed';
  return {
    text: isFlowed ? decodeFlowed(lines, part.parameters.get('delsp')?.toLowerCase() === 'yes') : lines,
    guessed,
    cut: rest.length > room,
    files,
  };
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
