import { Transform, type TransformCallback } from 'node:stream';
import type { MailParser } from 'mailparser';
import { decodeText } from '../charset/decode-bytes.js';

/** What the parser does with each part and each charset. Neither is part of its public interface: a spec watches. */
interface CharsetSteps {
  createNode(node: unknown): { charset?: string };
  decoder: { decodeStream(charset: string): Transform };
}

/** Makes the parser ask for every text, also for those that it takes for UTF-8 unseen. */
const MARK = 'x-decide-';

export interface DecidedCharsets {
  /** Whether a charset had to be guessed. */
  readonly guessed: boolean;
}

/** Has the texts of a streamed mail decoded by the same rules as those of a mail in memory. */
export function decideCharsets(parser: MailParser): DecidedCharsets {
  const steps = parser as unknown as CharsetSteps;
  const createNode = steps.createNode.bind(parser);
  let guessed = false;
  steps.createNode = (node) => {
    const created = createNode(node);
    created.charset = `${MARK}${created.charset ?? ''}`;
    return created;
  };
  steps.decoder = {
    decodeStream: (charset) =>
      new WholeText((bytes) => {
        const decoded = decodeText(bytes, charset.slice(MARK.length) || null);
        guessed ||= decoded.guessed;
        return decoded.text;
      }),
  };
  return {
    get guessed() {
      return guessed;
    },
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
