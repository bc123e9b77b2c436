import type { Readable } from 'node:stream';

/** The first bytes of a stream, and a way to read all of it. */
export interface Beginning {
  readonly bytes: Buffer;
  /** Whether `bytes` is everything. */
  readonly whole: boolean;
  /** The whole content: what was read already, then the rest of the stream. */
  rest(): AsyncGenerator<Buffer>;
  /** Reads what nobody wants any more, so that the sender can be answered. Rejects when the stream breaks. */
  drain(): Promise<void>;
}

/** Reads until a stream ends or more than `limit` bytes came. Rejects when the stream breaks. */
export async function readBeginning(content: Readable, limit: number): Promise<Beginning> {
  const iterator = (content as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let size = 0;
  let whole = false;
  while (size <= limit && !whole) {
    const next = await iterator.next();
    if (next.done === true) {
      whole = true;
    } else {
      chunks.push(next.value);
      size += next.value.length;
    }
  }
  return {
    bytes: Buffer.concat(chunks),
    whole,
    async *rest() {
      yield* chunks.splice(0);
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        yield next.value;
      }
    },
    async drain() {
      while (!whole && (await iterator.next()).done !== true) {
        // what was read is dropped
      }
    },
  };
}
