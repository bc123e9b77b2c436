import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { ifMissing } from '../if-missing.js';
import { entriesOf, ERASED_SHA256, findEntry, PACK_HEAD_BYTES, tableBytesOf, type PackEntry } from './pack-format.js';

/** The content of one blob of a pack; null when there is no such file, or the blob was erased from it. */
export async function readPacked(pack: string, sha256: string): Promise<Buffer | null> {
  return withPack(pack, 'r', null, async (file) => {
    const found = findEntry(await readTable(file), sha256);
    return found === null ? null : readExactly(file, found.entry.offset, found.entry.size);
  });
}

/**
 * Overwrites one blob of a pack, for the file itself stays as long as it holds others.
 * Its entry goes last: what was interrupted is found and done again.
 */
export async function eraseFromPack(pack: string, sha256: string): Promise<void> {
  await withPack(pack, 'r+', undefined, async (file) => {
    const found = findEntry(await readTable(file), sha256);
    if (found !== null) {
      // When it was put last is the others' too, and this puts none.
      const { atime, mtime } = await file.stat();
      await file.write(Buffer.alloc(found.entry.size), 0, found.entry.size, found.entry.offset);
      await file.datasync();
      await file.write(ERASED_SHA256, 0, ERASED_SHA256.length, found.at);
      await file.datasync();
      await file.utimes(atime, mtime);
    }
  });
}

/** The entries of a pack whose every content has the hash that its entry says; null for one that is torn, or none. */
export async function verifyPack(pack: string): Promise<PackEntry[] | null> {
  return withPack(pack, 'r', null, async (file) => {
    const { size: fileSize } = await file.stat();
    const entries = entriesOf(await readTable(file));
    for (const { sha256, offset, size } of entries) {
      const content = offset + size <= fileSize ? await readExactly(file, offset, size) : null;
      if (content === null || createHash('sha256').update(content).digest('hex') !== sha256) {
        return null;
      }
    }
    await file.datasync();
    return entries.length > 0 ? entries : null;
  });
}

async function withPack<Result>(
  pack: string,
  flags: 'r' | 'r+',
  missing: Result,
  work: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await ifMissing(open(pack, flags), null);
  if (file === null) {
    return missing;
  }
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** Empty for a file that is no pack. */
async function readTable(file: FileHandle): Promise<Buffer> {
  const head = await readAtMost(file, 0, PACK_HEAD_BYTES);
  return readAtMost(file, PACK_HEAD_BYTES, tableBytesOf(head) ?? 0);
}

async function readExactly(file: FileHandle, offset: number, size: number): Promise<Buffer> {
  const content = await readAtMost(file, offset, size);
  if (content.length < size) {
    throw new Error(`a pack of the blob store ends ${size - content.length} bytes too early`);
  }
  return content;
}

async function readAtMost(file: FileHandle, offset: number, size: number): Promise<Buffer> {
  const content = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await file.read(content, filled, size - filled, offset + filled);
    if (bytesRead === 0) {
      break;
    }
    filled += bytesRead;
  }
  return content.subarray(0, filled);
}
