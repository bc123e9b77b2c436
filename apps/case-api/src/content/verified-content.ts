import { createHash } from 'node:crypto';
import { pipeline, Transform, type Readable } from 'node:stream';

/** What the store gave back is not what was stored. */
export class DamagedContent extends Error {
  constructor(sha256: string) {
    super(`the blob store holds something else under ${sha256}`);
    this.name = 'DamagedContent';
  }
}

/**
 * The stored content while it is checked against its name. It is always one chunk behind: the last one goes out only when
 * everything was right, so that whoever counts the bytes never takes damaged content for whole, and none beyond the
 * announced size gets onto a connection that is used again. Ends in a `DamagedContent` error otherwise.
 * Whichever of the two streams ends early takes the other one along.
 */
export function verifiedContent(
  stored: Readable,
  { sha256, size }: { readonly sha256: string; /** Bytes. */ readonly size: number },
): Readable {
  const hash = createHash('sha256');
  let received = 0;
  let held: Buffer | null = null;
  const verified = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      received += chunk.length;
      const ready = held;
      held = chunk;
      if (received > size) {
        done(new DamagedContent(sha256));
      } else {
        done(null, ready);
      }
    },
    flush(done) {
      if (received === size && hash.digest('hex') === sha256) {
        done(null, held);
      } else {
        done(new DamagedContent(sha256));
      }
    },
  });
  // The error is the reader's to hear, on the stream that it holds.
  pipeline(stored, verified, () => undefined);
  return verified;
}
