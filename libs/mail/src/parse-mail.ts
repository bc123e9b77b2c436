import { buffer } from 'node:stream/consumers';
import { createHash } from 'node:crypto';
import { htmlToText } from './body/html-text.js';
import type { MailSource, MimeContent } from './content/mime-content.js';
import type { EmailPayload } from './content/payload.js';
import { PartStoreFailure, storeHtml, storeText, type PartStore } from './content/stored-parts.js';
import { addressesOf, fromNamesGroup } from './header/address-header.js';
import { decodeWords } from './header/encoded-words.js';
import {
  headerDate,
  headerValue,
  headerValues,
  indexHeader,
  messageIds,
  splitHeader,
  type HeaderIndex,
  type HeaderLine,
} from './header/header-lines.js';
import { signalHeaders } from './header/signal-headers.js';
import { traceHeaders } from './header/trace.js';
import { readHistory } from './quote/read-history.js';
import { readMime } from './read-mime.js';
import { quotedMessageIds, readReport, returnedMail } from './report/mail-report.js';
import { MailScan } from './stream/mail-scan.js';
import { parseWithMailparser } from './stream/parse-with-mailparser.js';
import { beginning, singleLine, storable } from './text/clean-text.js';

/** Bytes; a mail up to this size is read in memory, a larger one as a stream. */
const LARGEST_IN_MEMORY = 10 * 1024 * 1024;
const MOST_OF_A_HEADER = 8 * 1024 * 1024;
/** A mail that passed more servers goes round in a loop. */
const MOST_HOPS = 50;
const LONGEST_SUBJECT = 20_000;
/** Encoded it is longer. */
const MOST_OF_A_SUBJECT = 256 * 1024;

/** What a parser found, before it is put together. */
interface Found {
  readonly content: MimeContent;
  readonly bodySha256: string;
  readonly flags: string[];
}

/**
 * 1. Read the mail: in memory, part by part; one that is too large for that as a stream.
 * 2. Where nothing can read it, keep the header: the mail becomes an interaction with nothing but its raw bytes.
 * 3. Store what is large, and put together what the rules need.
 *
 * Rejects with `PartStoreFailure` only. The caller limits the time.
 */
export async function parseMail(source: MailSource, parts: PartStore): Promise<EmailPayload> {
  const found = source.size <= LARGEST_IN_MEMORY ? await readWhole(source, parts) : await readStream(source, parts);
  return assemble(found.content, found.bodySha256, parts, found.flags);
}

async function readWhole(source: MailSource, parts: PartStore): Promise<Found> {
  const mail = source.bytes ?? (await buffer(await source.open()));
  try {
    const { content, bodyStart, flags } = await readMime(mail, parts);
    const bodySha256 = createHash('sha256').update(mail.subarray(bodyStart)).digest('hex');
    return { content, bodySha256, flags: [...flags] };
  } catch (error) {
    if (error instanceof PartStoreFailure) {
      throw error;
    }
    return headerOnly(source, []);
  }
}

async function readStream(source: MailSource, parts: PartStore): Promise<Found> {
  const scan = new MailScan();
  const outcome = await parseWithMailparser(source, scan, parts);
  const repaired = scan.repairedBoundaries > 0 ? ['boundary_repaired'] : [];
  if (!outcome.ok) {
    return headerOnly(source, outcome.lines);
  }
  const flags = [...outcome.flags, ...repaired, ...(lostEverything(outcome.content) ? ['raw_only'] : [])];
  return { content: outcome.content, bodySha256: scan.bodySha256(), flags };
}

async function headerOnly(source: MailSource, lines: readonly HeaderLine[]): Promise<Found> {
  const content = emptyContent(lines.length > 0 ? lines : await readHeader(source));
  return { content, bodySha256: await hashBody(source), flags: ['raw_only'] };
}

/** A mail that could not be parsed in time: what its header says, and a note. The raw mail keeps the rest. */
export async function parseHeaderOnly(source: MailSource, parts: PartStore, flag: string): Promise<EmailPayload> {
  return assemble(emptyContent(await readHeader(source)), await hashBody(source), parts, ['raw_only', flag]);
}

function lostEverything(content: MimeContent): boolean {
  const empty = content.text === '' && content.html === '' && content.attachments.length === 0;
  return empty && content.contentType.startsWith('multipart/');
}

/** A mail of which only the header could be read. */
function emptyContent(lines: readonly HeaderLine[]): MimeContent {
  const contentType = (headerValues(indexHeader(lines), 'content-type')[0] ?? 'text/plain').split(';')[0] ?? '';
  const nothing = { text: '', html: '', attachments: [], attachedMails: [], reportParts: [] };
  return { lines, charset: null, contentType: contentType.trim().toLowerCase(), reportType: null, ...nothing };
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
  const { flags: notes, ...history } = readHistory({ ...content, subject, text: storedText.text }, html, textOfHtml);
  const from = addressesOf(header, 'from', content.charset);
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
    replyTo: addressesOf(header, 'reply-to', content.charset),
    returnPath: headerValues(header, 'return-path')[0]?.replace(/^<|>$/g, '') ?? null,
    to: addressesOf(header, 'to', content.charset),
    cc: addressesOf(header, 'cc', content.charset),
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

/** The topmost subject; undeclared bytes of it are probably in the charset that the mail uses elsewhere. */
function subjectOf({ charset }: MimeContent, header: HeaderIndex): string {
  const line = header.get('subject')?.[0];
  const value = line === undefined ? '' : beginning(headerValue(line, charset), MOST_OF_A_SUBJECT);
  return beginning(singleLine(decodeWords(value, charset)), LONGEST_SUBJECT);
}
