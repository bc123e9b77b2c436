import { buffer } from 'node:stream/consumers';
import { decodeWords } from 'postal-mime';
import { parseAddressHeader } from 'mailparser';
import { beginning, singleLine, storable } from '../clean-text.js';
import type { EmailPayload, MailAddress } from '../payload.js';
import { readHistory } from '../quote/read-history.js';
import {
  headerDate,
  headerValue,
  headerValues,
  isEightBit,
  indexHeader,
  messageIds,
  splitHeader,
  type HeaderIndex,
  type HeaderLine,
} from './header-lines.js';
import { decodeBytes } from './decode-bytes.js';
import { fromNamesGroup } from './from-header.js';
import { htmlToText } from './html-text.js';
import { endOfHeader, MailScan } from './mail-scan.js';
import { quotedMessageIds, readReport, returnedMail } from './mail-report.js';
import type { MailSource, MimeContent } from './mime-content.js';
import { parseWithMailparser, type MimeOutcome } from './parse-with-mailparser.js';
import { LARGEST_FOR_FALLBACK, parseWithPostalMime } from './parse-with-postal-mime.js';
import { signalHeaders } from './signal-headers.js';
import { traceHeaders } from './trace.js';
import { storeHtml, storeText, type PartStore } from './stored-parts.js';

const MOST_ADDRESSES = 500;
const LONGEST_ADDRESS_HEADER = 100_000;
const MOST_OF_A_HEADER = 256 * 1024;
/** A mail that passed more servers goes round in a loop. */
const MOST_HOPS = 50;
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
  if (outcome.ok && outcome.textCut) {
    flags.push('text_cut');
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
  const contentType = (headerValues(indexHeader(lines), 'content-type')[0] ?? 'text/plain').split(';')[0] ?? '';
  const nothing = { text: '', html: '', attachments: [], attachedMails: [], reportParts: [] };
  return {
    lines,
    subject: null,
    contentType: contentType.trim().toLowerCase(),
    reportType: null,
    ...nothing,
  };
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
  const header = indexHeader(content.lines);
  const html = storable(content.html);
  const textOfHtml = html !== '' && !/\S/.test(content.text);
  const text = storable(textOfHtml ? htmlToText(html) : content.text);
  const [storedText, storedHtml] = await Promise.all([storeText(parts, text), storeHtml(parts, html)]);
  const subject = subjectOf(content, header);
  const { flags: notes, ...history } = await readHistory(
    { ...content, subject, text: storedText.text },
    html,
    textOfHtml,
  );
  const from = addresses(header, 'from');
  if (from.length > 1 || (header.get('from')?.length ?? 0) > 1 || fromNamesGroup(header)) {
    flags.push('several_from');
  }
  if ((header.get('received')?.length ?? 0) > MOST_HOPS) {
    flags.push('too_many_hops');
  }
  const dateLine = headerValues(header, 'date')[0] ?? null;
  return {
    bodySha256,
    ...threadHeaders(header),
    from,
    replyTo: addresses(header, 'reply-to'),
    returnPath: headerValues(header, 'return-path')[0]?.replace(/^<|>$/g, '') ?? null,
    to: addresses(header, 'to'),
    cc: addresses(header, 'cc'),
    subject,
    dateLine: dateLine === null ? null : beginning(singleLine(dateLine), 200),
    date: dateLine === null ? null : headerDate(dateLine),
    ...storedText,
    ...storedHtml,
    attachments: content.attachments,
    ...history,
    contentType: content.contentType,
    report: readReport(content),
    quotedMessageIds: quotedMessageIds(content, text),
    returned: returnedMail(content),
    signals: signalHeaders(header),
    trace: traceHeaders(content.lines),
    flags: [...flags, ...notes],
  };
}

function threadHeaders(header: HeaderIndex) {
  const ids = (name: string) => headerValues(header, name).flatMap(messageIds);
  return { messageId: ids('message-id')[0] ?? null, inReplyTo: ids('in-reply-to'), references: ids('references') };
}

function subjectOf(content: MimeContent, header: HeaderIndex): string {
  const line = header.get('subject')?.[0];
  const readByParser = content.subject !== null && !(line && isEightBit(line)) ? content.subject : null;
  return beginning(singleLine(readByParser ?? (line ? decodeWords(headerValue(line)) : '')), LONGEST_SUBJECT);
}

/** Addresses of all lines with the name; groups are flattened, entries without an address kept for their name. */
function addresses(header: HeaderIndex, name: string): MailAddress[] {
  const values = headerValues(header, name);
  if (values.length === 0) {
    return [];
  }
  const bounded = values.map((value) => beginning(value, LONGEST_ADDRESS_HEADER));
  const { value } = parseAddressHeader(bounded, { flatten: true, decodePunycode: false });
  return value.slice(0, MOST_ADDRESSES).map(({ name: claimed, address }) => ({
    name: beginning(singleLine(claimed), 500),
    address: singleLine(address ?? ''),
  }));
}
