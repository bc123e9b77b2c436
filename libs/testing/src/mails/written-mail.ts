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
  /** How its Content-Type is spelled. */
  readonly style: 'plain' | 'quoted' | 'odd' | 'flowed';
}

/** How the name of a file is spelled. */
export type NameForm = 'none' | 'quoted' | 'extended' | 'continued' | 'words' | 'type';

export interface WrittenFile {
  readonly kind: 'file';
  readonly mediaType: string;
  readonly name: string;
  readonly nameForm: NameForm;
  readonly nameCharset: WrittenCharset;
  readonly contentId: string | null;
  readonly disposition: 'attachment' | 'inline';
  readonly content: Buffer;
  /** Content in 7bit is text with LF, written with the line ends of the mail. */
  readonly encoding: 'base64' | 'quoted-printable' | '7bit';
}

export interface WrittenMultipart {
  readonly kind: 'multipart';
  readonly subtype: 'mixed' | 'alternative' | 'related';
  readonly parts: readonly WrittenPart[];
  /** What the boundary begins with; its end tells it from others. */
  readonly boundary: string;
  /** Text that no reader shows, before the first part and after the last. */
  readonly preamble: string;
  readonly epilogue: string;
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

function writeText({ subtype, text, charset, encoding, inline, style }: WrittenText, lineEnd: string): string {
  const lines = style === 'flowed' && subtype === 'plain' ? flowed(text) : text;
  const bytes = encodeText(lines.replaceAll('\n', lineEnd), charset);
  const header = [
    typeLine(`text/${subtype}`, charset, style).replaceAll('\n', lineEnd),
    `${style === 'odd' ? 'CONTENT-transfer-encoding' : 'Content-Transfer-Encoding'}: ${encoding}`,
    ...(inline ? ['Content-Disposition: inline'] : []),
  ];
  return [...header, '', encodeTransfer(bytes, encoding, lineEnd)].join(lineEnd);
}

/** Lines broken after every third word, to be put together again (RFC 3676 §4.2). */
function flowed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd().replaceAll(/(\S+ +\S+ +\S+ )(?=\S)/g, '$1\n'))
    .join('\n')
    .replaceAll(/^(?= |>|From )/gm, ' ');
}

/** The same Content-Type in ways that all mean one thing (RFC 2045 §5.1). */
function typeLine(type: string, charset: string, style: WrittenText['style']): string {
  switch (style) {
    case 'plain':
      return `Content-Type: ${type}; charset=${charset}`;
    case 'quoted':
      return `Content-Type: ${type}; format=fixed; Charset="${charset}"; x-unknown="a;b=c"`;
    case 'flowed':
      return `Content-Type: ${type}; charset=${charset};\n\tformat=flowed`;
    case 'odd':
      return `content-type:${type.toUpperCase()};CHARSET=${charset.toUpperCase()}`;
  }
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
  return [...lines, '', encodeTransfer(contentMeant(file, lineEnd), encoding, lineEnd)].join(lineEnd);
}

/** The content of a file, with the line ends of the mail where it is text. */
export function contentMeant({ content, encoding }: WrittenFile, lineEnd: string): Buffer {
  return encoding === '7bit' ? Buffer.from(content.toString('latin1').replaceAll('\n', lineEnd), 'latin1') : content;
}

function parametersOfName({ name, nameForm, nameCharset }: WrittenFile, lineEnd: string): string[] {
  const bytes = encodeText(name, nameCharset);
  switch (nameForm) {
    case 'none':
      return [];
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

function writeMultipart(part: WrittenMultipart, lineEnd: string, outer: string): string {
  const { subtype, parts, preamble, epilogue } = part;
  // The outer boundary is the beginning of the inner one, which must not be taken for it.
  const own = `${outer}${part.boundary}`;
  const lines = [`Content-Type: multipart/${subtype};${lineEnd}\tboundary="${own}"`, '', preamble];
  const written = parts.flatMap((each, index) => [`--${own}`, writePart(each, lineEnd, `${own}${index}`)]);
  return [...lines, ...written, `--${own}--`, epilogue].join(lineEnd);
}
