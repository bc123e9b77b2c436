import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FolderPlaces } from '../folder-places.js';
import { eraseFromPack } from './packed-blob.js';

/**
 * Gives a durable pack a name for each of its blobs. Names that are there already stay.
 * Returns the folders whose entries changed; rejects when the file system has no hard links.
 */
export async function linkPack(
  places: FolderPlaces,
  pack: string,
  sha256s: readonly string[],
): Promise<ReadonlySet<string>> {
  const names = sha256s.map((sha256) => ({ sha256, name: places.pack(sha256) }));
  const folders = new Set(names.map(({ name }) => dirname(name)));
  await Promise.all([...folders].map(places.ensureFolder));
  for (const { sha256, name } of names) {
    const failure = tryLink(places, pack, name);
    if (failure !== null) {
      await settleFailure(failure, pack, name, sha256);
    }
  }
  return folders;
}

/** Whether `linkPack` failed for the file system: FAT, some network and container file systems. */
export function hasNoHardLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
}

/** Made while the thread waits: some ten microseconds each. */
function tryLink({ link }: FolderPlaces, pack: string, name: string): NodeJS.ErrnoException | null {
  try {
    link(pack, name);
    return null;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

async function settleFailure(
  failure: NodeJS.ErrnoException,
  pack: string,
  name: string,
  sha256: string,
): Promise<void> {
  if (failure.code === 'EEXIST') {
    await keepOne(pack, name, sha256);
    return;
  }
  // Another process that has just opened the store took the pack for one that was left behind, and finished it.
  if (failure.code !== 'ENOENT' || inodeOf(name) === null) {
    throw failure;
  }
}

/** Two writers stored the same content at the same time: erasing it one day must find one copy, not two. */
async function keepOne(pack: string, name: string, sha256: string): Promise<void> {
  if (inodeOf(name) !== inodeOf(pack)) {
    await eraseFromPack(pack, sha256);
  }
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
