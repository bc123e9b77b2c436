import type { Attachment } from '#libs/interaction';
import { attachmentName, cleanMediaType, distinctNames } from './body/attachment-name.js';
import { composeBody, givenName, type AttachedPart, type ComposedBody } from './body/compose-body.js';
import { encryptionFlags } from './body/encryption-flags.js';
import type { MimePart } from './body/mime-part.js';
import { splitParts } from './body/split-parts.js';
import {
  ATTACHED_HEAD_BYTES,
  isAttachedMail,
  isReportPart,
  MOST_ATTACHED_MAILS,
  reportPart,
  type AttachedBytes,
  type MimeContent,
  type ReportPart,
} from './content/mime-content.js';
import { storePart, type PartStore } from './content/stored-parts.js';
import { decodeTransfer } from './encoding/transfer-decoding.js';
import { decodeWords } from './header/encoded-words.js';
import { headerValues, indexHeader, splitHeader } from './header/header-lines.js';
import { beginning, singleLine } from './text/clean-text.js';
import { readTnef, type Tnef } from './unpack/tnef.js';

/** The content of a mail, and where its body starts. */
export interface ReadMail {
  readonly content: MimeContent;
  /** Bytes from the beginning of the mail. */
  readonly bodyStart: number;
  readonly flags: readonly string[];
}

/** A record holds no more; of more the raw mail keeps the rest. */
const MOST_ATTACHMENTS = 1_000;
/** Attachments that are stored side by side. */
const STORED_AT_ONCE = 8;
const LARGEST_WHOLE_MAIL = 512 * 1024;
const WINMAIL = /^win(mail)?\d*\.dat$/i;
const MOST_TNEF = 3;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** A part that is kept, ready to be stored. */
interface File {
  readonly name: string;
  readonly mediaType: string;
  readonly contentId: string | null;
  readonly inline: boolean;
  content(): Buffer;
}

/**
 * Reads a mail that is in memory.
 * 1. Split it into its parts.
 * 2. Put together text and HTML, decoded by their charsets.
 * 3. Store everything else under a name.
 *
 * Whatever the bytes are, there is a result; the cost is linear in them. Rejects with `PartStoreFailure` only.
 */
export async function readMime(given: Buffer, parts: PartStore): Promise<ReadMail> {
  const mail = withLineFeeds(given);
  const { root, bodyStart, cut } = splitParts(mail);
  const composed = composeBody(root);
  const packed = unpackTnef(composed.attachments);
  const body = withPackedText(composed, packed);
  const files = [...filesOf(body), ...packedFiles(packed, composed.attachments.length + 1)];
  const kept = files.slice(0, MOST_ATTACHMENTS);
  const names = distinctNames(kept.map(({ name }) => name));
  const attachments: Attachment[] = [];
  for (let at = 0; at < kept.length; at += STORED_AT_ONCE) {
    const stored = kept
      .slice(at, at + STORED_AT_ONCE)
      .map((file, index) => store(file, names[at + index] ?? '', parts));
    attachments.push(...(await Promise.all(stored)));
  }
  return {
    content: {
      lines: root.lines,
      charset: body.charset,
      contentType: root.mediaType,
      reportType: root.parameters.get('report-type')?.toLowerCase() ?? null,
      text: body.text,
      html: body.html,
      attachments,
      attachedMails: attachedMailsOf(kept),
      reportParts: reportPartsOf(body.attachments),
    },
    bodyStart,
    flags: [
      ...body.flags,
      ...(packed.length > 0 ? ['tnef_unpacked'] : []),
      ...(cut || files.length > kept.length ? ['parts_cut'] : []),
      ...encryptionFlags(root, body.text),
    ],
  };
}

/** Very old programs end lines with CR alone: a mail without any LF is read as if they were LF. */
function withLineFeeds(mail: Buffer): Buffer {
  if (mail.includes(LINE_FEED) || !mail.includes(CARRIAGE_RETURN)) {
    return mail;
  }
  const copy = Buffer.from(mail);
  for (let at = copy.indexOf(CARRIAGE_RETURN); at !== -1; at = copy.indexOf(CARRIAGE_RETURN, at + 1)) {
    copy[at] = LINE_FEED;
  }
  return copy;
}

function filesOf(body: ComposedBody): File[] {
  const attached = body.attachments.map((each, index) => fileOf(each, index + 1, body.html));
  const inText = body.filesInText.map(({ name, content }, index) => ({
    name: attachmentName(name, 'application/octet-stream', attached.length + index + 1),
    mediaType: 'application/octet-stream',
    contentId: null,
    inline: false,
    content: () => content,
  }));
  return [...attached, ...inText];
}

function fileOf({ part, related, parentType }: AttachedPart, position: number, html: string): File {
  const contentId = contentIdOf(part);
  const content = () => decodeTransfer(part.content, part.encoding);
  const isShown = contentId !== null && (related || html.includes(`cid:${contentId}`));
  return {
    name: attachmentName(givenName(part) || nameOf(part, parentType, content), part.mediaType, position),
    mediaType: part.mediaType,
    contentId,
    inline: part.disposition.value === 'inline' || isShown,
    content,
  };
}

/** The Content-ID, or the Content-Location by which HTML may name a part as well (RFC 2557). */
function contentIdOf(part: MimePart): string | null {
  const [given] = headerValues(part.header, 'content-id');
  const [location] = headerValues(part.header, 'content-location');
  const id =
    singleLine(given ?? '')
      .replace(/^<|>$/g, '')
      .trim() || singleLine(location ?? '');
  return id === '' ? null : beginning(id, 1_000);
}

/** An attached mail is called by its subject, what PGP encrypted by its form (RFC 3156 §4). */
function nameOf(part: MimePart, parentType: string | null, content: () => Buffer): string {
  if (parentType === 'multipart/encrypted' && part.mediaType === 'application/octet-stream') {
    return 'encrypted.asc';
  }
  if (!/^message\/(rfc822|global)$/.test(part.mediaType)) {
    return '';
  }
  const header = indexHeader(splitHeader(content().subarray(0, ATTACHED_HEAD_BYTES)));
  const subject = decodeWords(headerValues(header, 'subject')[0] ?? '').replaceAll(/[/\\]/g, '_');
  return subject.trim() === '' ? '' : `${beginning(singleLine(subject), 150)}.eml`;
}

/** What Outlook packed into each winmail.dat. */
function unpackTnef(attached: readonly AttachedPart[]): Tnef[] {
  return attached
    .filter(({ part }) => /^application\/(vnd\.)?ms-tnef$/.test(part.mediaType) || WINMAIL.test(givenName(part)))
    .slice(0, MOST_TNEF)
    .map(({ part }) => readTnef(decodeTransfer(part.content, part.encoding)))
    .filter((found) => found !== null);
}

/** The packed text counts where the mail has none of its own. */
function withPackedText(body: ComposedBody, packed: readonly Tnef[]): ComposedBody {
  const found = packed.find(({ text, html }) => /\S/.test(text) || /\S/.test(html));
  return found === undefined || /\S/.test(body.text) || body.html !== ''
    ? body
    : { ...body, text: found.text, html: found.html };
}

function packedFiles(packed: readonly Tnef[], position: number): File[] {
  return packed
    .flatMap(({ files }) => files)
    .map(({ name, mediaType, contentId, content }, index) => ({
      name: attachmentName(name, cleanMediaType(mediaType), position + index),
      mediaType: cleanMediaType(mediaType),
      contentId: contentId === null ? null : beginning(singleLine(contentId), 1_000),
      inline: false,
      content: () => content,
    }));
}

async function store(file: File, name: string, parts: PartStore): Promise<Attachment> {
  const { contentId, inline, mediaType } = file;
  return { ...(await storePart(parts, file.content(), mediaType)), name, contentId, inline };
}

function attachedMailsOf(files: readonly File[]): AttachedBytes[] {
  const mails = files.filter(({ mediaType, name }) => isAttachedMail(mediaType, name)).slice(0, MOST_ATTACHED_MAILS);
  return mails.map((file) => {
    const bytes = file.content();
    const whole = bytes.length <= LARGEST_WHOLE_MAIL;
    return { bytes: whole ? bytes : bytes.subarray(0, ATTACHED_HEAD_BYTES), whole };
  });
}

function reportPartsOf(attached: readonly AttachedPart[]): ReportPart[] {
  return attached
    .filter(({ part }) => isReportPart(part.mediaType))
    .slice(0, MOST_ATTACHMENTS)
    .map(({ part }) => reportPart(part.mediaType, decodeTransfer(part.content, part.encoding)));
}
