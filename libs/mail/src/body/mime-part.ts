import { headerValues, indexHeader, splitHeader, type HeaderIndex, type HeaderLine } from '../header/header-lines.js';
import { readMimeHeader, type MimeHeader } from '../header/mime-header.js';
import { cleanMediaType } from './attachment-name.js';

/** A part of a mail: its header, and its content still in its transfer encoding, or its children. */
export interface MimePart {
  readonly lines: readonly HeaderLine[];
  readonly header: HeaderIndex;
  /** Lower case, without parameters. */
  readonly mediaType: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly disposition: MimeHeader;
  /** Content-Transfer-Encoding, lower case. */
  readonly encoding: string;
  /** Of a multipart: what stands before its first part. */
  content: Buffer;
  readonly children: MimePart[];
}

/** Bytes of a part's header that are read; the rest of a longer one is left to the raw mail. */
const MOST_OF_A_HEADER = 8 * 1024 * 1024;

/** Reads the header of a part; the content is set when its end is known. */
export function partOf(head: Buffer, defaultType: string): MimePart {
  const lines = head.length === 0 ? [] : splitHeader(head.subarray(0, MOST_OF_A_HEADER));
  const header = indexHeader(lines);
  const declared = readMimeHeader(lastValue(header, 'content-type', null));
  // Raw bytes in a name are probably in the charset of the part itself.
  const charset = declared.parameters.get('charset') ?? null;
  const type =
    charset === null || !hasRawBytes(header) ? declared : readMimeHeader(lastValue(header, 'content-type', charset));
  return {
    lines,
    header,
    mediaType: type.value === '' || type.value === 'text' ? defaultType : cleanMediaType(type.value),
    parameters: type.parameters,
    disposition: readMimeHeader(lastValue(header, 'content-disposition', charset)),
    encoding: (
      lastValue(header, 'content-transfer-encoding', null)
        .slice(0, 100)
        .replace(/^["']/, '')
        .split(/[;("'\s]/, 1)[0] ?? ''
    ).toLowerCase(),
    content: Buffer.alloc(0),
    children: [],
  };
}

function hasRawBytes(header: HeaderIndex): boolean {
  return (header.get('content-type') ?? []).some(({ line }) => /[\u0080-\u00ff]/.test(line));
}

/** Where a header is repeated against RFC 2045 the last one stands next to the content. */
function lastValue(header: HeaderIndex, name: string, hint: string | null): string {
  return header.has(name) ? (headerValues(header, name, hint).findLast((value) => value !== '') ?? '') : '';
}
