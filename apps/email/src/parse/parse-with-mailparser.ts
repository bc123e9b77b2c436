import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MailParser, type AttachmentStream, type HeaderLines, type Headers, type MessageText } from 'mailparser';
import type { Attachment } from '#libs/interaction';
import { beginning, singleLine } from '../clean-text.js';
import { attachmentName, cleanMediaType } from './attachment-name.js';
import { scanStream, type MailScan } from './mail-scan.js';
import type { HeaderLine } from './header-lines.js';
import type { MailSource, MimeContent, ReportPart } from './mime-content.js';
import { PartStoreFailure, storePart, type PartStore } from './stored-parts.js';

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

const REPORT_PARTS =
  /^(message\/(global-)?(delivery-status|disposition-notification|feedback-report|rfc822|headers)|message\/global|text\/rfc822-headers)$/;
const MOST_OF_A_REPORT_PART = 64 * 1024;

type MailPart = AttachmentStream | MessageText;

export type MimeOutcome =
  | { readonly ok: true; readonly content: MimeContent }
  /** The parser gave up; whatever it saw of the header is in `lines`. */
  | { readonly ok: false; readonly reason: string; readonly lines: readonly HeaderLine[] };

/**
 * Reads a mail with mailparser, as a stream: attachments go to the part store while they are decoded.
 * Rejects with `PartStoreFailure` only; what is wrong with the mail is a value.
 */
export async function parseWithMailparser(source: MailSource, scan: MailScan, parts: PartStore): Promise<MimeOutcome> {
  const parser = new MailParser(LEAN);
  const reading = new PartReader(parser, parts);
  try {
    const input = source.bytes ? Readable.from([source.bytes], { objectMode: false }) : await source.open();
    await pipeline(input, scanStream(scan), parser as Transform, (stream: AsyncIterable<MailPart>) =>
      reading.readAll(stream),
    );
    return { ok: true, content: await reading.content() };
  } catch (error) {
    await reading.settle();
    if (error instanceof PartStoreFailure) {
      throw error;
    }
    return { ok: false, reason: error instanceof Error ? error.message : String(error), lines: reading.lines };
  }
}

class PartReader {
  lines: readonly HeaderLine[] = [];
  #headers: Headers = new Map();
  #storing: Promise<Attachment>[] = [];
  #reportParts: { mediaType: string; chunks: Buffer[] }[] = [];
  #text: MessageText | null = null;

  constructor(
    parser: MailParser,
    private readonly parts: PartStore,
  ) {
    parser.on('headers', (headers: Headers) => (this.#headers = headers));
    parser.on('headerLines', (lines: HeaderLines) => (this.lines = lines));
  }

  async readAll(stream: AsyncIterable<MailPart>): Promise<void> {
    for await (const part of stream) {
      if (part.type === 'text') {
        this.#text = part;
      } else {
        await this.#readAttachment(part);
      }
    }
  }

  async content(): Promise<MimeContent> {
    const type = this.#headers.get('content-type') as { value?: string; params?: Record<string, string> } | undefined;
    const subject: unknown = this.#headers.get('subject');
    return {
      lines: this.lines,
      subject: typeof subject === 'string' && !subject.includes('\ufffd') ? subject : null,
      contentType: (type?.value ?? 'text/plain').toLowerCase(),
      reportType: type?.params?.['report-type']?.toLowerCase() ?? null,
      text: this.#text?.text ?? '',
      html: this.#text?.html ?? '',
      attachments: await Promise.all(this.#storing),
      reportParts: this.#reportParts.map(decodeReportPart),
    };
  }

  /** Waits for what is still being stored, so that nobody writes after the end. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#storing);
  }

  /** The parser goes on as soon as the content was read; that it becomes durable is awaited at the end. */
  async #readAttachment(part: AttachmentStream): Promise<void> {
    const mediaType = cleanMediaType(part.contentType);
    const content = REPORT_PARTS.test(mediaType) ? Readable.from(this.#copy(part.content, mediaType)) : part.content;
    const read = new Promise<void>((resolve) => part.content.once('end', resolve).once('close', resolve));
    const stored = storePart(this.parts, content, mediaType).then((reference) => ({
      ...reference,
      name: '',
      contentId: part.cid === undefined ? null : beginning(singleLine(part.cid), 1000),
      inline: part.related === true || part.contentDisposition === 'inline',
    }));
    const position = this.#storing.length + 1;
    this.#storing.push(
      stored.then((attachment) => ({ ...attachment, name: attachmentName(part.filename, mediaType, position) })),
    );
    await Promise.race([read, this.#storing[position - 1]]);
    part.release?.();
  }

  async *#copy(content: Readable, mediaType: string): AsyncGenerator<Buffer> {
    const chunks: Buffer[] = [];
    this.#reportParts.push({ mediaType, chunks });
    let kept = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      if (kept < MOST_OF_A_REPORT_PART) {
        chunks.push(Buffer.from(chunk.subarray(0, MOST_OF_A_REPORT_PART - kept)));
        kept += chunk.length;
      }
      yield chunk;
    }
  }
}

function decodeReportPart(part: { mediaType: string; chunks: Buffer[] }): ReportPart {
  return { mediaType: part.mediaType, text: Buffer.concat(part.chunks).toString() };
}
