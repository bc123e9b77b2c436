import {
  encodeText,
  encodeTransfer,
  encodeWords,
  percentEncode,
  type TransferEncoding,
  type WrittenCharset,
  type WrittenWords,
} from './mime-encodings.js';

/** A text part; its lines end with LF. */
export interface WrittenText {
  readonly kind: 'text';
  readonly subtype: 'plain' | 'html';
  readonly text: string;
  readonly charset: WrittenCharset;
  readonly encoding: TransferEncoding;
  readonly inline: boolean;
}

/** How the name of a file is spelled. */
export type NameForm = 'quoted' | 'extended' | 'continued' | 'words' | 'type';

export interface WrittenFile {
  readonly kind: 'file';
  readonly mediaType: string;
  readonly name: string;
  readonly nameForm: NameForm;
  readonly nameCharset: WrittenCharset;
  readonly contentId: string | null;
  readonly disposition: 'attachment' | 'inline';
  readonly content: Buffer;
  readonly encoding: 'base64' | 'quoted-printable';
}

export interface WrittenMultipart {
  readonly kind: 'multipart';
  readonly subtype: 'mixed' | 'alternative' | 'related';
  readonly parts: readonly WrittenPart[];
  /** Text that no reader shows. */
  readonly preamble: string;
}

export type WrittenPart = WrittenText | WrittenFile | WrittenMultipart;

/** A subject's pieces, with a blank between each two; what is a string stands there as it is. */
export type WrittenSubject = readonly (string | WrittenWords)[];

/** An address as it stands in the header, with the name and the address that it means. */
export interface WrittenAddress {
  readonly spelled: string;
  readonly meant: readonly { readonly name: string; readonly address: string }[];
}

export interface WrittenMail {
  readonly lineEnd: '\r\n' | '\n';
  readonly messageId: string;
  readonly subject: WrittenSubject;
  readonly from: WrittenAddress;
  readonly to: readonly WrittenAddress[];
  readonly root: WrittenPart;
}

/** A well-formed mail as its bytes. Line ends inside of addresses are those of the mail. */
export function writeMail(mail: WrittenMail): Buffer {
  const { lineEnd } = mail;
  const fold = `${lineEnd} `;
  const subject = mail.subject.map((piece) => (typeof piece === 'string' ? piece : encodeWords(piece, lineEnd)));
  const lines = [
    `Message-ID: <${mail.messageId}>`,
    'Date: Fri, 20 Nov 2026 09:00:00 +0000',
    `From: ${mail.from.spelled}`,
    `To: ${mail.to.map(({ spelled }) => spelled).join(`,${fold}`)}`,
    `Subject:${fold}${subject.join(fold)}`,
    'MIME-Version: 1.0',
  ].map((line) => line.replaceAll(/\r?\n/g, lineEnd));
  return Buffer.from(lines.join(lineEnd) + lineEnd + writePart(mail.root, lineEnd, 'b'), 'latin1');
}

/** What the subject says: blanks between encoded words do not count (RFC 2047 §6.2). */
export function subjectMeant(subject: WrittenSubject): string {
  return subject.reduce<string>((said, piece, index) => {
    const isWord = typeof piece !== 'string';
    const glued = index === 0 || (isWord && typeof subject[index - 1] !== 'string');
    return `${said}${glued ? '' : ' '}${isWord ? piece.text : piece}`;
  }, '');
}

function writePart(part: WrittenPart, lineEnd: string, boundary: string): string {
  switch (part.kind) {
    case 'text':
      return writeText(part, lineEnd);
    case 'file':
      return writeFile(part, lineEnd);
    case 'multipart':
      return writeMultipart(part, lineEnd, boundary);
  }
}

function writeText({ subtype, text, charset, encoding, inline }: WrittenText, lineEnd: string): string {
  const bytes = encodeText(text.replaceAll('\n', lineEnd), charset);
  const lines = [
    `Content-Type: text/${subtype}; charset=${charset}`,
    `Content-Transfer-Encoding: ${encoding}`,
    ...(inline ? ['Content-Disposition: inline'] : []),
  ];
  return [...lines, '', encodeTransfer(bytes, encoding, lineEnd)].join(lineEnd);
}

function writeFile(file: WrittenFile, lineEnd: string): string {
  const { disposition, encoding, contentId, mediaType } = file;
  const parameters = parametersOfName(file, lineEnd).map((parameter) => `;${lineEnd} ${parameter}`);
  const isOfType = file.nameForm === 'type';
  const lines = [
    `Content-Type: ${mediaType}${isOfType ? parameters.join('') : ''}`,
    `Content-Disposition: ${disposition}${isOfType ? '' : parameters.join('')}`,
    `Content-Transfer-Encoding: ${encoding}`,
    ...(contentId === null ? [] : [`Content-ID: <${contentId}>`]),
  ];
  return [...lines, '', encodeTransfer(file.content, encoding, lineEnd)].join(lineEnd);
}

function parametersOfName({ name, nameForm, nameCharset }: WrittenFile, lineEnd: string): string[] {
  const bytes = encodeText(name, nameCharset);
  switch (nameForm) {
    case 'quoted':
      return [`filename="${bytes.toString('latin1')}"`];
    case 'extended':
      return [`filename*=${nameCharset}'en'${percentEncode(bytes)}`];
    case 'continued': {
      // Three pieces cut anywhere, the first with its charset (RFC 2231 §4.1).
      const cuts = [0, Math.ceil(bytes.length / 3), Math.ceil((bytes.length * 2) / 3), bytes.length];
      return [0, 1, 2].map((index) => {
        const piece = percentEncode(bytes.subarray(cuts[index], cuts[index + 1]));
        return `filename*${index}*=${index === 0 ? `${nameCharset}''` : ''}${piece}`;
      });
    }
    case 'words':
    case 'type': {
      const words = encodeWords({ text: name, charset: nameCharset, form: 'B', wordBytes: 30 }, lineEnd);
      return [`${nameForm === 'type' ? 'name' : 'filename'}="${words}"`];
    }
  }
}

function writeMultipart({ subtype, parts, preamble }: WrittenMultipart, lineEnd: string, boundary: string): string {
  const own = `${boundary}=_${parts.length}`;
  const lines = [`Content-Type: multipart/${subtype};${lineEnd}\tboundary="${own}"`, '', preamble];
  const written = parts.flatMap((part, index) => [`--${own}`, writePart(part, lineEnd, `${boundary}${index}`)]);
  return [...lines, ...written, `--${own}--`, ''].join(lineEnd);
}
