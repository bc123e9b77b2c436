import { decodeText } from '../charset/decode-bytes.js';
import { decompressRtf } from './compressed-rtf.js';
import { mapiProperties, type MapiProperties } from './mapi-properties.js';

/** A file that was packed into a winmail.dat. */
export interface TnefFile {
  readonly name: string;
  readonly mediaType: string;
  readonly contentId: string | null;
  readonly content: Buffer;
}

/** What a winmail.dat holds (MS-OXTNEF). */
export interface Tnef {
  readonly text: string;
  readonly html: string;
  readonly files: readonly TnefFile[];
}

const SIGNATURE = 0x223e9f78;
const HEADER_BYTES = 6;
/** Level, id, length before the value of an attribute, and a checksum after it. */
const ATTRIBUTE_BYTES = 9;
const CHECKSUM_BYTES = 2;
const MOST_FILES = 200;

/** Attributes by their ids (MS-OXTNEF §2.1.3.3). */
const ATTACHMENT_BEGINS = 0x0006_9002;
const ATTACHMENT_DATA = 0x0006_800f;
const ATTACHMENT_TITLE = 0x0001_8010;
const ATTACHMENT_PROPERTIES = 0x0006_9005;
const MESSAGE_PROPERTIES = 0x0006_9003;
const MESSAGE_BODY = 0x0002_800c;
const CODE_PAGE = 0x0006_9007;

/** Properties by their ids (MS-OXPROPS). */
const BODY = 0x1000;
const RTF_COMPRESSED = 0x1009;
const BODY_HTML = 0x1013;
const INTERNET_CODE_PAGE = 0x3fde;
const LONG_FILENAME = 0x3707;
const FILENAME = 0x3704;
const DATA = 0x3701;
const MIME_TAG = 0x370e;
const CONTENT_ID = 0x3712;

interface Attribute {
  readonly id: number;
  readonly value: Buffer;
}

interface PackedFile {
  title: string;
  data: Buffer | null;
  properties: MapiProperties;
}

/**
 * Unpacks a winmail.dat as far as it can be read: a length that leaves the file ends it there. Nothing is decompressed
 * but the text, and that to a limit. Null when it is none.
 */
export function readTnef(bytes: Buffer): Tnef | null {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) !== SIGNATURE) {
    return null;
  }
  let charset = 'windows-1252';
  let message: MapiProperties = new Map();
  let plain = '';
  const files: PackedFile[] = [];
  for (const { id, value } of attributesOf(bytes)) {
    const file = files.at(-1);
    if (id === CODE_PAGE && value.length >= 4) {
      charset = charsetOfCodePage(value.readUInt32LE(0)) ?? charset;
    } else if (id === MESSAGE_PROPERTIES) {
      message = mapiProperties(value, charset);
    } else if (id === MESSAGE_BODY) {
      plain = decodeText(withoutZero(value), charset).text;
    } else if (id === ATTACHMENT_BEGINS && files.length < MOST_FILES) {
      files.push({ title: '', data: null, properties: new Map() });
    } else if (id === ATTACHMENT_TITLE && file !== undefined) {
      file.title = decodeText(withoutZero(value), charset).text;
    } else if (id === ATTACHMENT_DATA && file !== undefined) {
      file.data = value;
    } else if (id === ATTACHMENT_PROPERTIES && file !== undefined) {
      file.properties = mapiProperties(value, charset);
    }
  }
  return { ...bodyOf(message, plain, charset), files: files.map(fileOf).filter((file) => file !== null) };
}

function* attributesOf(bytes: Buffer): Generator<Attribute> {
  for (let at = HEADER_BYTES; at + ATTRIBUTE_BYTES <= bytes.length;) {
    const id = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const start = at + ATTRIBUTE_BYTES;
    if (length > bytes.length - start) {
      return;
    }
    yield { id, value: bytes.subarray(start, start + length) };
    at = start + length + CHECKSUM_BYTES;
  }
}

function bodyOf(message: MapiProperties, plain: string, charset: string): { text: string; html: string } {
  const htmlCharset = charsetOfCodePage(numberOf(message.get(INTERNET_CODE_PAGE))) ?? charset;
  const html = message.get(BODY_HTML);
  const rtf = message.get(RTF_COMPRESSED);
  const body = message.get(BODY);
  return {
    text: (typeof body === 'string' ? body : '') || plain || (Buffer.isBuffer(rtf) ? decompressRtf(rtf) : ''),
    html:
      typeof html === 'string' ? html : Buffer.isBuffer(html) ? decodeText(withoutZero(html), htmlCharset).text : '',
  };
}

function fileOf({ title, data, properties }: PackedFile): TnefFile | null {
  const text = (id: number): string => {
    const value = properties.get(id);
    return typeof value === 'string' ? value : '';
  };
  const packed = properties.get(DATA);
  const content = data ?? (Buffer.isBuffer(packed) ? packed : null);
  if (content === null) {
    return null;
  }
  return {
    name: text(LONG_FILENAME) || title || text(FILENAME),
    mediaType: text(MIME_TAG) || 'application/octet-stream',
    contentId: text(CONTENT_ID) || null,
    content,
  };
}

function numberOf(value: Buffer | string | number | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function charsetOfCodePage(page: number): string | null {
  return page === 65001
    ? 'utf-8'
    : page === 20127
      ? 'us-ascii'
      : page === 28591
        ? 'windows-1252'
        : page > 0
          ? `cp${page}`
          : null;
}

/** Texts end with a zero byte. */
function withoutZero(value: Buffer): Buffer {
  const zero = value.indexOf(0);
  return zero === -1 ? value : value.subarray(0, zero);
}
