import type { MailAddress } from '../header/address-header.js';
import { FIELD_BY_LABEL, FROM_BESIDE_ADDRESS, type BlockField } from './block-words.js';
import type { TextLine } from './text-lines.js';

/** The lines `From: …`, `Sent: …` that stand above a forwarded or quoted mail. */
export interface HeaderBlock {
  /** Null when the block names its author without an address. */
  readonly author: MailAddress | null;
  readonly subject: string | null;
  /** In the words of the program that wrote it. */
  readonly sentAt: string | null;
  /** Fields whose labels we know. */
  readonly known: ReadonlySet<BlockField>;
  /** Labelled lines, known or not. */
  readonly fields: number;
  /** Index of the first line after it. */
  readonly end: number;
}

interface Field {
  readonly label: string;
  readonly field: BlockField | null;
  readonly value: string;
}

const LONGEST_LABEL = 32;
const MOST_LINES = 24;
const MOST_BLANKS = 3;

/** Reads the block that begins at a line or after a few blank ones; null when there is none. Linear in its lines. */
export function readHeaderBlock(lines: readonly TextLine[], from: number): HeaderBlock | null {
  let at = from;
  while (at < from + MOST_BLANKS && lines[at]?.words === '') {
    at += 1;
  }
  const reader = new BlockReader();
  const last = Math.min(lines.length, at + MOST_LINES);
  while (at < last && (reader.take(lines[at]?.words ?? '') || goesOnBelow(reader, lines, at))) {
    at += 1;
  }
  return reader.result(at);
}

/** HTML may put each field into a paragraph of its own, which is a blank line in its text. */
function goesOnBelow(reader: BlockReader, lines: readonly TextLine[], blank: number): boolean {
  return lines[blank]?.words === '' && reader.misses(lines[blank + 1]?.words ?? '');
}

/** Fields that a block may have twice. */
const REPEATED: ReadonlySet<BlockField> = new Set(['cc', 'date', 'more']);

class BlockReader {
  readonly #first = new Map<BlockField, string>();
  #unknownWithAddress: MailAddress | null = null;
  #fields = 0;
  #last: BlockField | null = null;

  /** False when the line no longer belongs to the block. */
  take(words: string): boolean {
    if (words === '') {
      return false;
    }
    const read = fieldOf(words);
    if (read === null) {
      if (this.#last === 'from' && addressIn(this.#first.get('from') ?? '') === null && words.includes('@')) {
        // The address was too long for the author's line.
        this.#first.set('from', `${this.#first.get('from') ?? ''} ${words}`);
        return true;
      }
      // A long list of recipients goes on in the next line.
      return this.#fields > 0 && !this.#first.has('subject') && /[,;<]$|^[^\s@]+@|>[,;]?$/.test(words.slice(0, 400));
    }
    if (read.field === null && !this.#takesUnknown(read)) {
      return false;
    }
    if (read.field !== null && this.#first.has(read.field) && !REPEATED.has(read.field)) {
      return false;
    }
    this.#fields += 1;
    this.#last = read.field;
    if (read.field !== null) {
      this.#first.set(read.field, this.#first.get(read.field) ?? read.value);
    } else {
      this.#unknownWithAddress ??= addressIn(read.value);
    }
    return true;
  }

  /** Whether a line is a field that a block has and this one has not had. */
  misses(words: string): boolean {
    const field = this.#fields === 0 ? null : (fieldOf(words)?.field ?? null);
    return field !== null && field !== 'more' && !this.#first.has(field);
  }

  result(end: number): HeaderBlock | null {
    if (this.#fields === 0) {
      return null;
    }
    const from = this.#first.get('from');
    return {
      author: from === undefined ? this.#unknownWithAddress : addressIn(from),
      subject: this.#first.get('subject') ?? null,
      sentAt: this.#first.get('date') ?? null,
      known: new Set([...this.#first.keys()].filter((field) => field !== 'more')),
      fields: this.#fields,
      end,
    };
  }

  /** After the author and the subject, a word with a colon is what the author wrote. */
  #takesUnknown({ label, value }: Field): boolean {
    const complete = this.#first.has('from') && (this.#first.has('subject') || this.#first.has('to'));
    return !complete && value !== '' && label.split(' ').length <= 4;
  }
}

/** `*From:* …`, `件名：…`, `Envoyé : …`; null for a line that is none. */
export function fieldOf(words: string): Field | null {
  const head = words.slice(0, LONGEST_LABEL);
  const colon = head.includes(':') || head.includes('：') ? head.search(/[:：]/) : -1;
  if (colon <= 0) {
    return null;
  }
  const label = words.slice(0, colon).replace(/[*_]/g, '').trim().normalize('NFC').toLowerCase();
  if (label === '' || /[@<>"\d/]/.test(label)) {
    return null;
  }
  const value = words
    .slice(colon + 1)
    .replace(/^[*_\s]+/, '')
    .trim();
  const isLatvian = label === FROM_BESIDE_ADDRESS && addressIn(value) !== null;
  return { label, field: isLatvian ? 'from' : (FIELD_BY_LABEL.get(label) ?? null), value };
}

/**
 * The first address of a value and the name before it; null when there is none. An address in brackets counts before
 * one in a name: `"boss@ours.example" <somebody@else.example>` is somebody else's.
 */
export function addressIn(value: string): MailAddress | null {
  const text = value.slice(0, 500);
  for (const { 0: bracketed, 1: inside = '', index } of text.matchAll(/[<[(]\s*(?:mailto:)?([^\s<>[\]()]{3,320})/gi)) {
    const address = soundAddress(inside);
    if (address !== null && bracketed !== '') {
      return { name: nameBefore(text.slice(0, index), address), address };
    }
  }
  for (const word of text.split(/[\s,;"'<>()[\]]+/)) {
    const address = soundAddress(word);
    if (address !== null) {
      return { name: '', address };
    }
  }
  return null;
}

function soundAddress(word: string): string | null {
  const bare = word.replace(/^mailto:/i, '').replace(/[.,;:]+$/, '');
  return bare.length <= 320 && /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(bare) ? bare : null;
}

function nameBefore(before: string, address: string): string {
  const name = before
    .replace(/\[mailto:.*$/i, '')
    .replace(/^[\s"'„“«*]+|[\s"'”“»*<[(]+$/g, '')
    .trim();
  return name.toLowerCase() === address.toLowerCase() ? '' : name;
}
