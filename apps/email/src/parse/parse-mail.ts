import { buffer } from 'node:stream/consumers';
import { decodeWords } from 'postal-mime';
import { parseAddressHeader } from 'mailparser';
import { beginning, singleLine, storable } from '../clean-text.js';
import type { EmailPayload, MailAddress } from '../payload.js';
import {
  headerDate,
  headerValue,
  headerValues,
  isEightBit,
  messageIds,
  splitHeader,
  type HeaderLine,
} from './header-lines.js';
import { decodeBytes } from './decode-bytes.js';
import { htmlToText } from './html-text.js';
import { endOfHeader, MailScan } from './mail-scan.js';
import { quotedMessageIds, readReport } from './mail-report.js';
import type { MailSource, MimeContent } from './mime-content.js';
import { parseWithMailparser, type MimeOutcome } from './parse-with-mailparser.js';
import { LARGEST_FOR_FALLBACK, parseWithPostalMime } from './parse-with-postal-mime.js';
import { signalHeaders } from './signal-headers.js';
import { storePart, storeText, type PartStore } from './stored-parts.js';

const MOST_ADDRESSES = 500;
const LONGEST_ADDRESS_HEADER = 100_000;
const MOST_OF_A_HEADER = 256 * 1024;
const LONGEST_SUBJECT = 20_000;

/**
 * 1. Scan the bytes (body hash, padded boundaries) on their way into mailparser.
 * 2. Where it fails or finds nothing in a multipart mail, read it with the second parser.
 * 3. Where that fails too, keep the header: the mail becomes an interaction with nothing but its raw bytes.
 * 4. Store what is large, and put together what the rules need.
 *
 * Rejects with `PartStoreFailure` only. The caller limits the time.
 */
export async function parseMail(source: MailSource, parts: PartStore): Promise<EmailPayload> {
  const scan = new MailScan();
  const outcome = await parseWithMailparser(source, scan, parts);
  const flags: string[] = [];
  const content = await contentOf(source, outcome, parts, flags);
  if (scan.repairedBoundaries > 0) {
    flags.push('boundary_repaired');
  }
  const bodySha256 = outcome.ok ? scan.bodySha256() : await hashBody(source);
  return assemble(content, bodySha256, parts, flags);
}

/** A mail that could not be parsed in time: what its header says, and a note. The raw mail keeps the rest. */
export async function parseHeaderOnly(source: MailSource, parts: PartStore, flag: string): Promise<EmailPayload> {
  return assemble(emptyContent(await readHeader(source)), await hashBody(source), parts, ['raw_only', flag]);
}

async function contentOf(
  source: MailSource,
  outcome: MimeOutcome,
  parts: PartStore,
  flags: string[],
): Promise<MimeContent> {
  if (outcome.ok && !lostEverything(outcome.content)) {
    return outcome.content;
  }
  const base = outcome.ok
    ? outcome.content
    : emptyContent(outcome.lines.length > 0 ? outcome.lines : await readHeader(source));
  if (source.size > LARGEST_FOR_FALLBACK) {
    flags.push('raw_only');
    return base;
  }
  const raw = await wholeMail(source);
  const found = await parseWithPostalMime(raw, parts);
  if (found !== null) {
    flags.push('parser_fallback');
    return { ...base, ...found };
  }
  flags.push(outcome.ok ? 'body_as_text' : 'raw_only');
  return outcome.ok ? { ...base, text: bodyOf(raw) } : base;
}

/** What follows the header of a mail whose structure nobody understands. */
function bodyOf(raw: Buffer): string {
  return decodeBytes(raw.subarray(Math.max(0, endOfHeader(raw))));
}

function lostEverything(content: MimeContent): boolean {
  const empty = content.text === '' && content.html === '' && content.attachments.length === 0;
  return empty && content.contentType.startsWith('multipart/');
}

/** A mail of which only the header could be read. */
function emptyContent(lines: readonly HeaderLine[]): MimeContent {
  const contentType = (headerValues(lines, 'content-type')[0] ?? 'text/plain').split(';')[0] ?? '';
  const nothing = { text: '', html: '', attachments: [], reportParts: [] };
  return { lines, subject: null, contentType: contentType.trim().toLowerCase(), reportType: null, ...nothing };
}

async function wholeMail(source: MailSource): Promise<Buffer> {
  return source.bytes ?? buffer(await source.open());
}

/** The beginning of a header that the parser refused. */
async function readHeader(source: MailSource): Promise<HeaderLine[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source.bytes ? [source.bytes] : await source.open()) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= MOST_OF_A_HEADER) {
      break;
    }
  }
  return splitHeader(Buffer.concat(chunks).subarray(0, MOST_OF_A_HEADER));
}

/** The body's hash when the parser stopped reading half-way. */
async function hashBody(source: MailSource): Promise<string> {
  const scan = new MailScan();
  for await (const chunk of source.bytes ? [source.bytes] : await source.open()) {
    scan.push(chunk as Buffer);
  }
  return scan.bodySha256();
}

async function assemble(
  content: MimeContent,
  bodySha256: string,
  parts: PartStore,
  flags: string[],
): Promise<EmailPayload> {
  const { lines } = content;
  const html = storable(content.html);
  const text = storable(content.text.trim() === '' && html !== '' ? htmlToText(html) : content.text);
  const [stored, htmlReference] = await Promise.all([
    storeText(parts, text),
    html === '' ? null : storePart(parts, Buffer.from(html), 'text/html; charset=utf-8'),
  ]);
  const from = addresses(lines, 'from');
  if (from.length > 1 || lines.filter((line) => line.key === 'from').length > 1) {
    flags.push('several_from');
  }
  const dateLine = headerValues(lines, 'date')[0] ?? null;
  return {
    bodySha256,
    ...threadHeaders(lines),
    from,
    replyTo: addresses(lines, 'reply-to'),
    returnPath: headerValues(lines, 'return-path')[0]?.replace(/^<|>$/g, '') ?? null,
    to: addresses(lines, 'to'),
    cc: addresses(lines, 'cc'),
    subject: subjectOf(content),
    dateLine: dateLine === null ? null : beginning(singleLine(dateLine), 200),
    date: dateLine === null ? null : headerDate(dateLine),
    ...stored,
    htmlReference,
    attachments: content.attachments,
    contentType: content.contentType,
    report: readReport(content),
    quotedMessageIds: quotedMessageIds(text),
    signals: signalHeaders(lines),
    flags,
  };
}

function threadHeaders(lines: readonly HeaderLine[]) {
  const ids = (name: string) => headerValues(lines, name).flatMap(messageIds);
  return { messageId: ids('message-id')[0] ?? null, inReplyTo: ids('in-reply-to'), references: ids('references') };
}

function subjectOf(content: MimeContent): string {
  const line = content.lines.find((candidate) => candidate.key === 'subject');
  const readByParser = content.subject !== null && !(line && isEightBit(line)) ? content.subject : null;
  return beginning(singleLine(readByParser ?? (line ? decodeWords(headerValue(line)) : '')), LONGEST_SUBJECT);
}

/** Addresses of all lines with the name; groups are flattened, entries without an address kept for their name. */
function addresses(lines: readonly HeaderLine[], name: string): MailAddress[] {
  const values = headerValues(lines, name).map((value) => beginning(value, LONGEST_ADDRESS_HEADER));
  if (values.length === 0) {
    return [];
  }
  return parseAddressHeader(values, { flatten: true, decodePunycode: false })
    .value.slice(0, MOST_ADDRESSES)
    .map((address) => ({ name: beginning(singleLine(address.name), 500), address: singleLine(address.address ?? '') }));
}
