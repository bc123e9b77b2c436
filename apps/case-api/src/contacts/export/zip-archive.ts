import { PassThrough, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file of an archive. */
export interface ArchiveFile {
  /** Path within the archive, of harmless characters. */
  readonly name: string;
  readonly at: Date;
  /** False for what is compressed already. */
  readonly compress: boolean;
  readonly bytes: Readable;
}

/**
 * A zip of files that are asked for one after another, each when the one before it was read to its end: no more of them is
 * in memory than is on its way. Whoever stops reading ends the files as well. The stream breaks off where a file does, so
 * that half an archive cannot be taken for a whole one.
 */
export function zipArchive(files: AsyncIterable<ArchiveFile>): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.on('error', (error: Error) => output.destroy(error));
  zip.outputStream.pipe(output);
  void fill(zip, files, output).catch((error: unknown) => output.destroy(error as Error));
  return output;
}

async function fill(zip: ZipFile, files: AsyncIterable<ArchiveFile>, output: Readable): Promise<void> {
  const gone = new Promise<'gone'>((resolve) => output.once('close', () => resolve('gone')));
  for await (const { name, at, compress, bytes } of files) {
    zip.addReadStream(bytes, name, { mtime: at, compress });
    const end = await Promise.race([finished(bytes, { writable: false }).then(() => 'read' as const), gone]);
    if (end === 'gone') {
      bytes.destroy();
      return;
    }
  }
  zip.end();
}
