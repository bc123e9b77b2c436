import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobStore } from '../blob-store.js';
import type { FolderPlaces } from './folder-places.js';
import { ifMissing } from './if-missing.js';
import { finishErasing, namelessPack } from './packs/erase-packed.js';

type Ending = Awaited<ReturnType<BlobStore['deleteUnlessPut']>>;

/**
 * 1. The name goes: whoever puts the content from here on finds none, and writes it anew.
 * 2. Whoever put it before has left the time on it (`touch`). Was that lately, its name comes back.
 * 3. Otherwise the bytes go. What is interrupted before leaves the whole content, which the store finds when it is opened.
 */
export async function deleteUnlessPut(places: FolderPlaces, sha256: string, since: Date): Promise<Ending> {
  const file = await takeAway(places, {
    path: places.path(sha256),
    nameless: join(places.temporary, `${sha256}.${randomUUID()}`),
    since,
    destroy: (nameless) => rm(nameless),
  });
  const packed = await takeAway(places, {
    path: places.pack(sha256),
    nameless: namelessPack(places, sha256),
    since,
    destroy: finishErasing,
  });
  const endings = [file, packed];
  return endings.includes('put') ? 'put' : endings.includes('deleted') ? 'deleted' : 'absent';
}

interface Taken {
  readonly path: string;
  readonly nameless: string;
  readonly since: Date;
  readonly destroy: (nameless: string) => Promise<void>;
}

async function takeAway(places: FolderPlaces, { path, nameless, since, destroy }: Taken): Promise<Ending> {
  const taken = rename(path, nameless).then(() => true);
  if (!(await ifMissing(taken, false))) {
    return 'absent';
  }
  const found = await ifMissing(stat(nameless), null);
  if (found === null || found.mtime > since) {
    await ifMissing(rename(nameless, path), undefined);
    return 'put';
  }
  const destroyed = destroy(nameless).then(() => true);
  // Another process that has just opened the store took it for one that was left behind, and gave it its place back.
  const isGone = await ifMissing(destroyed, false);
  await places.syncFolder(dirname(path));
  return isGone ? 'deleted' : 'put';
}
