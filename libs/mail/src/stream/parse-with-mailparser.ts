import { PassThrough, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MailParser, type AttachmentStream, type HeaderLines, type Headers, type MessageText } from 'mailparser';
import type { Attachment } from '#libs/interaction';
import { attachmentName, cleanMediaType, distinctNames } from '../body/attachment-name.js';
import {
  ATTACHED_HEAD_BYTES,
  isAttachedMail,
  isReportPart,
  MOST_ATTACHED_MAILS,
  reportPart,
  type AttachedBytes,
  type MailSource,
  type MimeContent,
  type ReportPart,
} from '../content/mime-content.js';
import { PartStoreFailure, storePart, type PartStore } from '../content/stored-parts.js';
import type { HeaderLine } from '../header/header-lines.js';
import { beginning, singleLine } from '../text/clean-text.js';
import { scanStream, type MailScan } from './mail-scan.js';
import { changeSteps } from './mailparser-steps.js';

/** The lean options: nothing is converted that nobody reads, attached mails stay attachments, reports stay parts. */
const LEAN = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  checksumAlgo: false,
  maxHtmlLengthToParse: 1_000_000,
} as const;

/** Bytes; parts up to this size are put into the store in one piece. */
const SMALL_PART = 512 * 1024;

type MailPart = AttachmentStream | MessageText;

export type MimeOutcome =
  | { readonly ok: true; readonly content: MimeContent; readonly flags: readonly string[] }
  /** The parser gave up; whatever it saw of the header is in `lines`. */
  | { readonly ok: false; readonly lines: readonly HeaderLine[] };

/**
 * Reads a mail with mailparser, as a stream: attachments go to the part store while they are decoded.
 * Rejects with `PartStoreFailure` only; what is wrong with the mail is a value.
 */
export async function parseWithMailparser(source: MailSource, scan: MailScan, parts: PartStore): Promise<MimeOutcome> {
  const parser = new MailParser(LEAN);
  const notes = changeSteps(parser);
  const reading = new PartReader(parser, parts);
  try {
    await Promise.all([pipeline(await source.open(), scanStream(scan), parser as Transform), reading.done]);
    const flags = [...(notes.textCut ? ['text_cut'] : []), ...(notes.charsetGuessed ? ['charset_guessed'] : [])];
    return { ok: true, content: await reading.content(), flags };
  } catch (error) {
    parser.destroy();
    await reading.settle();
    if (error instanceof PartStoreFailure) {
      throw error;
    }
    return { ok: false, lines: reading.lines };
  }
}

class PartReader {
  lines: readonly HeaderLine[] = [];
  /** Settles when the parser has seen the end, or given up, or a part could not be stored. */
  readonly done: Promise<void>;
  #headers: Headers = new Map();
  #storing: Promise<Attachment>[] = [];
  #reportParts: ReportPart[] = [];
  #attachedMails: AttachedBytes[] = [];
  #text: MessageText | null = null;

  constructor(
    parser: MailParser,
    private readonly parts: PartStore,
  ) {
    parser.on('headers', (headers: Headers) => (this.#headers = headers));
    parser.on('headerLines', (lines: HeaderLines) => (this.lines = lines));
    this.done = new Promise((resolve, reject) => {
      parser.on('data', (part: MailPart) => {
        if (part.type === 'text') {
          this.#text = part;
        } else {
          this.#readAttachment(part).catch(reject);
        }
      });
      parser.once('end', resolve);
      parser.once('error', reject);
    });
  }

  async content(): Promise<MimeContent> {
    const type = this.#headers.get('content-type') as { value?: string; params?: Record<string, string> } | undefined;
    const attachments = await Promise.all(this.#storing);
    const names = distinctNames(attachments.map(({ name }) => name));
    return {
      lines: this.lines,
      charset: null,
      contentType: (type?.value ?? 'text/plain').toLowerCase(),
      reportType: type?.params?.['report-type']?.toLowerCase() ?? null,
      text: this.#text?.text ?? '',
      html: this.#text?.html ?? '',
      attachments: attachments.map((attachment, index) => ({ ...attachment, name: names[index] ?? attachment.name })),
      attachedMails: this.#attachedMails,
      reportParts: this.#reportParts,
    };
  }

  /** Waits for what is still being stored, so that nobody writes after the end. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#storing);
  }

  /** The parser goes on as soon as the content was read; that it becomes durable is awaited at the end. */
  async #readAttachment(part: AttachmentStream): Promise<void> {
    const position = this.#storing.length + 1;
    const mediaType = cleanMediaType(part.contentType);
    const read = new Promise<void>((resolve) => part.content.once('end', resolve).once('close', resolve));
    const stored = this.#store(part, mediaType, position);
    this.#storing.push(stored);
    await Promise.race([read, stored]);
    part.release?.();
    await stored;
  }

  async #store(part: AttachmentStream, mediaType: string, position: number): Promise<Attachment> {
    const content = await smallOrStream(part.content, SMALL_PART);
    if (isReportPart(mediaType) && Buffer.isBuffer(content)) {
      this.#reportParts.push(reportPart(mediaType, content));
    }
    const isMail = isAttachedMail(mediaType, part.filename ?? '') && this.#attachedMails.length < MOST_ATTACHED_MAILS;
    const kept = isMail ? keepBeginning(content, (attached) => this.#attachedMails.push(attached)) : content;
    return {
      ...(await storePart(this.parts, kept, mediaType)),
      name: attachmentName(part.filename, mediaType, position),
      contentId: part.cid === undefined ? null : beginning(singleLine(part.cid), 1000),
      inline: part.related === true || part.contentDisposition === 'inline',
    };
  }
}

/** Tells the beginning of an attached mail, or the whole of a small one, while it is stored. */
function keepBeginning(content: Buffer | Readable, tell: (attached: AttachedBytes) => void): Buffer | Readable {
  if (Buffer.isBuffer(content)) {
    tell({ bytes: content, whole: true });
    return content;
  }
  const passing = async function* () {
    const head: Buffer[] = [];
    for await (const chunk of content as AsyncIterable<Buffer>) {
      const known = head.reduce((sum, { length }) => sum + length, 0);
      if (known < ATTACHED_HEAD_BYTES) {
        head.push(chunk.subarray(0, ATTACHED_HEAD_BYTES - known));
      }
      yield chunk;
    }
    tell({ bytes: Buffer.concat(head), whole: false });
  };
  return Readable.from(passing(), { objectMode: false });
}

/** A stream's content in one piece when it is small, else a stream of all of it. Rejects when the stream breaks. */
function smallOrStream(content: Readable, limit: number): Promise<Buffer | Readable> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const collect = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) {
        content.off('data', collect).off('end', finish);
        resolve(continued(content, chunks));
      }
    };
    const finish = () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    content.on('data', collect).once('end', finish).once('error', reject);
  });
}

/** What was read already, then the rest, no faster than it is taken. */
function continued(content: Readable, chunks: readonly Buffer[]): Readable {
  const whole = new PassThrough({ highWaterMark: 256 * 1024 });
  chunks.forEach((chunk) => whole.write(chunk));
  content.once('error', (error) => whole.destroy(error));
  return content.pipe(whole);
}
