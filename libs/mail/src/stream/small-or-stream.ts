import { PassThrough, type Readable } from 'node:stream';

/** A stream's content in one piece when it is small, else a stream of all of it. Rejects when the stream breaks. */
export function smallOrStream(content: Readable, limit: number): Promise<Buffer | Readable> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const collect = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) {
        content.off('data', collect).off('end', finish);
        resolve(continued(content, chunks));
      }
    };
    const finish = () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    content.on('data', collect).once('end', finish).once('error', reject);
  });
}

/** What was read already, then the rest, no faster than it is taken. */
function continued(content: Readable, chunks: readonly Buffer[]): Readable {
  const whole = new PassThrough({ highWaterMark: 256 * 1024 });
  chunks.forEach((chunk) => whole.write(chunk));
  content.once('error', (error) => whole.destroy(error));
  return content.pipe(whole);
}
