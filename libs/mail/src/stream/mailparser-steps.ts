import { Transform, type TransformCallback } from 'node:stream';
import type { MailParser } from 'mailparser';
import { decodeText } from '../charset/decode-bytes.js';
import { MOST_TEXT_BYTES } from '../content/mime-content.js';

/** Inner steps of mailparser. They are not part of its public interface: specs watch over what they do here. */
interface ParserSteps {
  curnode?: { readonly decoder?: Transform; readonly isAttachment?: boolean } | false;
  processHeaders(lines: readonly { readonly key: string }[]): unknown;
  processChunk(piece: { readonly type: string; readonly value?: Buffer }, done: () => void): void;
  endStream(): void;
  createNode(node: unknown): { charset?: string };
  decoder: { decodeStream(charset: string): Transform };
}

/** What the changed steps noticed. */
export interface ParserNotes {
  /** Whether text was left out. */
  readonly textCut: boolean;
  /** Whether a charset had to be guessed. */
  readonly charsetGuessed: boolean;
}

/**
 * Changes what mailparser does inside, before it reads:
 * 1. it does nothing that nobody asks it for;
 * 2. it holds no more text than we keep;
 * 3. it decodes texts by the same rules as those of a mail in memory.
 */
export function changeSteps(parser: MailParser): ParserNotes {
  const steps = parser as unknown as ParserSteps;
  const notes = { textCut: false, charsetGuessed: false };
  leaveOut(steps);
  boundText(steps, () => (notes.textCut = true));
  decideCharsets(steps, () => (notes.charsetGuessed = true));
  return notes;
}

/** The headers that the parser is asked for, or needs to find its way through the parts. */
const NEEDED: ReadonlySet<string> = new Set(['subject', 'content-type', 'content-id']);

/**
 * - Addresses, ids, dates, signatures and lists are read from their lines, by our own rules. Decoding them all was a
 *   sixth of a mail's time, and is one more thing to attack.
 * - The last part's decoder is ended once: a second time makes an error with its stack, which nobody sees.
 */
function leaveOut(steps: ParserSteps): void {
  const processHeaders = steps.processHeaders.bind(steps);
  const endStream = steps.endStream.bind(steps);
  steps.processHeaders = (lines) => processHeaders(lines.filter(({ key }) => NEEDED.has(key)));
  steps.endStream = () => {
    const decoder = steps.curnode ? steps.curnode.decoder : undefined;
    if (decoder?.writableEnded) {
      decoder.end = () => decoder;
    }
    endStream();
  };
}

/** Headers and parts have limits, text has none, and the parser holds several copies of it: 100 MB took 600 MB. */
function boundText(steps: ParserSteps, onCut: () => void): void {
  const processChunk = steps.processChunk.bind(steps);
  let bytes = 0;
  steps.processChunk = (piece, done) => {
    const isText = piece.type === 'body' && steps.curnode !== false && steps.curnode?.isAttachment !== true;
    if (!isText || piece.value === undefined) {
      processChunk(piece, done);
      return;
    }
    const room = Math.max(0, MOST_TEXT_BYTES - bytes);
    bytes += piece.value.length;
    if (bytes > MOST_TEXT_BYTES) {
      onCut();
    }
    if (room === 0) {
      setImmediate(done);
    } else {
      processChunk(room < piece.value.length ? { ...piece, value: piece.value.subarray(0, room) } : piece, done);
    }
  };
}

/** Makes the parser ask for every text, also for those that it takes for UTF-8 unseen. */
const MARK = 'x-decide-';

function decideCharsets(steps: ParserSteps, onGuess: () => void): void {
  const createNode = steps.createNode.bind(steps);
  steps.createNode = (node) => {
    const created = createNode(node);
    created.charset = `${MARK}${created.charset ?? ''}`;
    return created;
  };
  steps.decoder = {
    decodeStream: (charset) =>
      new WholeText((bytes) => {
        const { text, guessed } = decodeText(bytes, charset.slice(MARK.length) || null);
        if (guessed) {
          onGuess();
        }
        return text;
      }),
  };
}

/** Decodes a text when it is whole: only then its charset can be told. How long it may be is limited before. */
class WholeText extends Transform {
  readonly #chunks: Buffer[] = [];

  constructor(private readonly decodeWhole: (bytes: Buffer) => string) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(this.decodeWhole(Buffer.concat(this.#chunks))));
  }
}
