import { TextDecoder } from 'node:util';
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { charsetOf, likelyCharset } from '#libs/mail';
import { notUnderstood, understood, type Understood } from '../outcome.js';

/** What one pass over the bytes of a file tells. */
export interface FileExamination {
  /** In hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** At least as many as the file has; bytes that end lines are counted. */
  readonly lines: number;
  /** The beginning, as it stands in the file. */
  readonly head: Buffer;
  /** Strictly, to the last byte. */
  readonly isUtf8: boolean;
  /** Words that hold bytes above ASCII, separated by spaces. */
  readonly sample: Buffer;
}

/** Bytes of the beginning: enough to tell separator and heading. */
export const HEAD_BYTES = 256 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SAMPLE_BYTES = 8 * 1024;
/** Of each chunk, so that one long passage is not all that is looked at. */
const SAMPLE_OF_CHUNK = 1024;

/** Reads all of a file once, and keeps a bounded part of it. */
export async function examineFile(chunks: AsyncIterable<Buffer>): Promise<FileExamination> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const head: Buffer[] = [];
  const sample: Buffer[] = [];
  let [bytes, lines, sampled, isUtf8] = [0, 1, 0, true];
  for await (const chunk of chunks) {
    hash.update(chunk);
    if (bytes < HEAD_BYTES) {
      head.push(chunk.subarray(0, HEAD_BYTES - bytes));
    }
    bytes += chunk.length;
    lines += lineEndsIn(chunk);
    isUtf8 &&= decodes(decoder, chunk);
    if (sampled < SAMPLE_BYTES && !isAscii(chunk)) {
      const words = wordsAboveAscii(chunk);
      sample.push(words);
      sampled += words.length;
    }
  }
  isUtf8 &&= decodes(decoder, null);
  return { sha256: hash.digest('hex'), bytes, lines, head: Buffer.concat(head), isUtf8, sample: Buffer.concat(sample) };
}

function lineEndsIn(chunk: Buffer): number {
  let count = 0;
  for (const byte of chunk) {
    count += byte === LINE_FEED || byte === CARRIAGE_RETURN ? 1 : 0;
  }
  return count;
}

function decodes(decoder: TextDecoder, chunk: Buffer | null): boolean {
  try {
    decoder.decode(chunk ?? undefined, { stream: chunk !== null });
    return true;
  } catch {
    return false;
  }
}

/** Between them stand addresses and numbers, which would make any script look western. */
function wordsAboveAscii(chunk: Buffer): Buffer {
  const words: string[] = [];
  let length = 0;
  for (const [word] of chunk.toString('latin1').matchAll(/[A-Za-z'-]*[\x80-\xff][A-Za-z'\x80-\xff-]*/g)) {
    words.push(word.slice(0, SAMPLE_OF_CHUNK), ' ');
    length += word.length;
    if (length >= SAMPLE_OF_CHUNK) {
      break;
    }
  }
  return Buffer.from(words.join(''), 'latin1');
}

/**
 * The charset of a file, as iconv-lite names it. First hit wins:
 *
 * 1. a byte order mark
 * 2. what is asked for
 * 3. UTF-8, where every byte of the file is
 * 4. UTF-16, where every other byte of the beginning is zero
 * 5. another that is evident, else windows-1252
 */
export function charsetOfFile(file: FileExamination, asked: string | null): Understood<string> {
  const marked = byteOrderMark(file.head);
  if (marked !== null) {
    return understood(marked);
  }
  if (asked !== null) {
    return askedCharset(file, asked);
  }
  const wide = wideCharset(file.head);
  if (wide !== null) {
    return understood(wide);
  }
  return understood(file.isUtf8 ? 'utf-8' : likelyCharset(file.sample));
}

function askedCharset(file: FileExamination, asked: string): Understood<string> {
  const charset = charsetOf(asked);
  if (charset === null || charset.kind === 'stateful') {
    return notUnderstood(`"${asked}" is no encoding that can be read: write it as windows-1252, utf-8 or utf-16le.`);
  }
  if (charset.kind === 'utf8' || charset.kind === 'ascii') {
    return file.isUtf8
      ? understood('utf-8')
      : notUnderstood('The file is not in UTF-8: leave --encoding out, or name the right one.');
  }
  return understood(charset.name === 'utf-16' ? (wideCharset(file.head) ?? 'utf-16le') : charset.name);
}

function byteOrderMark(head: Buffer): string | null {
  if (head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) {
    return 'utf-8';
  }
  const mark = head.length >= 2 ? head.readUInt16BE(0) : 0;
  return mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : null;
}

/** Text of mostly Latin letters in two bytes each. */
function wideCharset(head: Buffer): string | null {
  const looked = head.subarray(0, 4096);
  const zeros = [0, 0];
  looked.forEach((byte, at) => {
    zeros[at & 1] = (zeros[at & 1] ?? 0) + (byte === 0 ? 1 : 0);
  });
  const [even = 0, odd = 0] = zeros;
  const enough = looked.length / 8;
  return odd > enough && even === 0 ? 'utf-16le' : even > enough && odd === 0 ? 'utf-16be' : null;
}
