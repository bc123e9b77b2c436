import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { failed, messageOf, succeeded, type Outcome } from '../../context.js';

/** Bytes that are read at once. */
const CHUNK_BYTES = 64 * 1024;
const MOST_BYTES = 1024 ** 3;

/** A way to read a file from its beginning, as often as needed; or why it cannot be read. */
export async function openFile(path: string): Promise<Outcome<() => AsyncIterable<Buffer>>> {
  try {
    const found = await stat(path);
    if (!found.isFile()) {
      return failed(`${path} is no file that can be read twice: save it to a file first.`);
    }
    if (found.size > MOST_BYTES) {
      return failed(`${path} is longer than 1 GiB: split it.`);
    }
    return succeeded(() => createReadStream(path, { highWaterMark: CHUNK_BYTES }));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return failed(isMissing ? `There is no file ${path}.` : `${path} cannot be read: ${messageOf(error)}.`);
  }
}
