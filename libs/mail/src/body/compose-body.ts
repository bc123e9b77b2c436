import { MOST_TEXT_BYTES } from '../content/mime-content.js';
import { decodeTransfer } from '../encoding/transfer-decoding.js';
import { signedContent } from '../unpack/signed-content.js';
import { SMIME } from './encryption-flags.js';
import { htmlToText } from './html-text.js';
import type { MimePart } from './mime-part.js';
import { charsetLabelOf, htmlOfText, textOfPart, type FileInText } from './part-text.js';
import { splitParts } from './split-parts.js';

/** What is read of a mail, and what is kept as files. */
export interface ComposedBody {
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly AttachedPart[];
  readonly filesInText: readonly FileInText[];
  readonly flags: readonly string[];
  /** The first charset that a part names, apart from those that every mail names. */
  readonly charset: string | null;
}

/** A part that is kept as a file. */
export interface AttachedPart {
  readonly part: MimePart;
  /** Within a multipart/related: shown inside the HTML. */
  readonly related: boolean;
  /** Media type of the multipart that it is in; null for a mail of one part. */
  readonly parentType: string | null;
}

/** Text and HTML of a part of the tree; `html` null where it has none of its own. */
interface Piece {
  readonly text: string;
  readonly html: string | null;
}

/** Signatures around signatures that are opened. */
const MOST_SIGNATURES = 5;
const NO_FILE_TYPES = new Set(['text/plain', 'text/html']);
/** Text that programs read, or whose own attachment shows it better. */
const NO_READING = /^text\/(calendar|directory|vcard|x-vcard|rfc822-headers|csv|css|javascript|xml|x-amp-html|rtf)$/;

/**
 * Puts together what a person reads.
 * 1. Text and HTML parts are read; one that has a name and is not the first of its multipart is a file, and so is all else.
 * 2. An alternative says one thing in several ways: its text and its HTML. Elsewhere parts follow each other; where
 *    both kinds do, each is told in the other kind too, so that text and HTML both hold everything.
 * 3. A mail without either is read by its first text of another type.
 */
export function composeBody(root: MimePart): ComposedBody {
  return new Composer(root).compose();
}

class Composer {
  readonly #attachments: AttachedPart[] = [];
  readonly #files: FileInText[] = [];
  readonly #flags = new Set<string>();
  readonly #hint: string | null;
  #room = MOST_TEXT_BYTES;
  #signatures = 0;

  constructor(private readonly root: MimePart) {
    this.#hint = firstCharset(root);
  }

  compose(): ComposedBody {
    const pieces = this.#read(this.root, null, true, false);
    const read = pieces.length > 0 ? pieces : this.#readOther();
    const hasHtml = read.some(({ html }) => html !== null && html !== '');
    const hasText = read.some(({ text }) => /\S/.test(text));
    return {
      text: hasText ? read.map((piece) => this.#textOf(piece)).join('\n') : '',
      html: hasHtml ? read.map(({ html, text }) => html ?? htmlOfText(text)).join('<br>\n') : '',
      attachments: this.#attachments,
      filesInText: this.#files,
      flags: [...this.#flags],
      charset: this.#hint,
    };
  }

  /** The text of a piece that has HTML only is made where other pieces have text of their own. */
  #textOf({ text, html }: Piece): string {
    return html !== null && !/\S/.test(text) ? htmlToText(html) : text;
  }

  #read(part: MimePart, parent: MimePart | null, isFirst: boolean, related: boolean): Piece[] {
    if (part.children.length > 0) {
      return this.#readMultipart(part, related);
    }
    if (part.mediaType.startsWith('multipart/')) {
      return this.#readUnstructured(part);
    }
    const signed = this.#contentOfSignature(part);
    if (signed !== null) {
      this.#attachments.push({ part, related, parentType: parent?.mediaType ?? null });
      return this.#read(signed, null, true, false);
    }
    if (!isBody(part, isFirst || parent?.mediaType === 'multipart/alternative')) {
      this.#attachments.push({ part, related, parentType: parent?.mediaType ?? null });
      return [];
    }
    const { text } = this.#decode(part);
    return part.mediaType === 'text/html' ? [{ text: '', html: text }] : [{ text, html: null }];
  }

  /** What an opaque S/MIME signature encloses is a mail's content like any other. */
  #contentOfSignature(part: MimePart): MimePart | null {
    if (!SMIME.test(part.mediaType) || this.#signatures >= MOST_SIGNATURES) {
      return null;
    }
    this.#signatures += 1;
    const content = signedContent(decodeTransfer(part.content, part.encoding));
    return content === null ? null : splitParts(content).root;
  }

  #readMultipart(part: MimePart, related: boolean): Piece[] {
    const isRelated = related || part.mediaType === 'multipart/related';
    const read = part.children.map((child, index) => this.#read(child, part, index === 0, isRelated));
    if (part.mediaType !== 'multipart/alternative') {
      return read.flat();
    }
    const texts = read.filter((pieces) => pieces.some(({ html }) => html === null));
    const htmls = read.filter((pieces) => pieces.some(({ html }) => html !== null));
    const plain = texts.filter((pieces) => pieces.every(({ html }) => html === null)).flat();
    const rich = htmls.flat();
    if (rich.length === 0) {
      return plain.slice(0, 1).concat(plain.slice(1).filter(({ text }) => text !== plain[0]?.text));
    }
    const text = (plain.length > 0 ? plain : rich.filter((piece) => /\S/.test(piece.text))).map((piece) => piece.text);
    return [{ text: text.join('\n'), html: rich.map((piece) => piece.html ?? htmlOfText(piece.text)).join('<br>\n') }];
  }

  /** A multipart without parts: what it holds is read as text. */
  #readUnstructured(part: MimePart): Piece[] {
    const { text } = this.#decode(part);
    if (!/\S/.test(text)) {
      return [];
    }
    this.#flags.add('body_as_text');
    return [{ text, html: null }];
  }

  #readOther(): Piece[] {
    const other = this.#attachments.find(
      ({ part }) =>
        part.mediaType.startsWith('text/') &&
        !NO_READING.test(part.mediaType) &&
        part.disposition.value !== 'attachment',
    );
    return other === undefined || givenName(other.part) !== ''
      ? []
      : [{ text: this.#decode(other.part).text, html: null }];
  }

  #decode(part: MimePart): { text: string } {
    const { text, guessed, cut, files } = textOfPart(part, this.#room, this.#hint);
    this.#room = Math.max(0, this.#room - Math.min(part.content.length, this.#room));
    this.#files.push(...files);
    if (files.length > 0) {
      this.#flags.add('uuencode_unpacked');
    }
    if (guessed) {
      this.#flags.add('charset_guessed');
    }
    if (cut) {
      this.#flags.add('text_cut');
    }
    return { text };
  }
}

function isBody(part: MimePart, isFirst: boolean): boolean {
  if (!NO_FILE_TYPES.has(part.mediaType) || part.disposition.value === 'attachment') {
    return false;
  }
  return isFirst || givenName(part) === '';
}

/** The name that a part's header gives it; empty when it gives none. */
export function givenName(part: MimePart): string {
  return part.disposition.parameters.get('filename') || part.parameters.get('name') || '';
}

/** The first charset that a part of the mail names, apart from those that every mail names. */
function firstCharset(part: MimePart): string | null {
  const label = charsetLabelOf(part);
  if (label !== null && !/^(us-?ascii|utf-?8)$/i.test(label)) {
    return label;
  }
  for (const child of part.children) {
    const found = firstCharset(child);
    if (found !== null) {
      return found;
    }
  }
  return null;
}
