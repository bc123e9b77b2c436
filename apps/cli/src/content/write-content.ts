import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import type { BlobStore } from '#libs/blob-store';
import { failed, messageOf, succeeded, type ByteOutput, type Outcome } from '../context.js';

/** How many bytes were written, or why it is not all of them. */
export type Written = Outcome<number>;

/** Content of the store, by the lower-case hex of its SHA-256; the reason of a failure names the digest. */
export async function openContent(blobs: Pick<BlobStore, 'get'>, sha256: string): Promise<Outcome<Readable>> {
  try {
    const stored = await blobs.get(sha256);
    return stored === null ? failed(`The blob store has nothing under ${sha256}.`) : succeeded(stored);
  } catch (error) {
    return failed(`The blob store cannot read ${sha256}: ${messageOf(error)}.`);
  }
}

/** Writes content to an output as fast as that takes it. What turns out to be damaged has been written by then. */
export function writeToOutput(
  stored: Readable,
  sha256: string,
  output: ByteOutput,
  signal: AbortSignal,
): Promise<Written> {
  const write = (chunk: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      output.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  return copy(stored, sha256, write, signal);
}

/** Writes content into a new file that only its owner can read. When that fails, there is no file. */
export async function writeToFile(
  stored: Readable,
  sha256: string,
  path: string,
  signal: AbortSignal,
): Promise<Written> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    stored.destroy();
    const taken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    return failed(
      taken ? `${path} is there already: name another file.` : `${path} cannot be written: ${messageOf(error)}.`,
    );
  }
  const written = await copy(stored, sha256, (chunk) => writeAll(file, chunk), signal);
  const closed = await file.close().then(
    () => written,
    (error: unknown) => failed(`${path} cannot be written: ${messageOf(error)}.`),
  );
  if (!closed.ok) {
    await rm(path, { force: true });
  }
  return closed;
}

/** A single write may take a part only, when the disk is nearly full. */
async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    done += (await file.write(chunk, done)).bytesWritten;
  }
}

async function copy(
  stored: Readable,
  sha256: string,
  write: (chunk: Buffer) => Promise<void>,
  signal: AbortSignal,
): Promise<Written> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stored)) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      await write(chunk as Buffer);
    }
  } catch (error) {
    return failed(signal.aborted ? 'It was interrupted.' : `It ended after ${bytes} bytes: ${messageOf(error)}.`);
  }
  return hash.digest('hex') === sha256
    ? succeeded(bytes)
    : failed(`The blob store is damaged: what it has under ${sha256} is something else.`);
}
