import { createHash } from 'node:crypto';
import type { PutResult } from '../blob-store.js';
import type { FolderPlaces } from './folder-places.js';
import { hasNoHardLinks } from './packs/link-pack.js';
import { MOST_IN_A_PACK, type SmallBlob } from './packs/pack-format.js';
import { putPack } from './packs/put-pack.js';
import { putSmall } from './put-small.js';
import { touch } from './touch.js';
import { createPackSettler } from './packs/settle-packs.js';

/** Stores content that is in memory; it is durable when this resolves. */
export type PutSmall = (content: Uint8Array) => Promise<PutResult>;

interface Waiting extends SmallBlob {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Fewer are not worth a pack: each gets a file of its own. */
const LEAST_IN_A_PACK = 8;
/** Bytes. */
const LARGEST_PACK = 4 * 1024 * 1024;
/** Under load something is added in each turn, and nobody is to wait for ever. */
const MOST_TURNS = 4;

/**
 * Blobs that come together are made durable together.
 *
 * 1. What is there already is not stored again.
 * 2. A blob waits until none was added during a whole turn of the event loop, and until the group before it is stored:
 *    one that comes alone waits for nothing, and under load the groups grow by themselves.
 * 3. A group goes into a pack. A few blobs, and all on a file system without hard links, get a file each.
 */
export function createSmallBlobWriter(places: FolderPlaces): PutSmall {
  const waiting: Waiting[] = [];
  const storeGroup = createGroupStore(places);
  let storing = false;
  const storeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      await untilQuiet(() => waiting.length);
      const group = waiting.splice(0, sizeOfGroup(waiting));
      await storeGroup(group).then(
        () => group.forEach(({ resolve }) => resolve()),
        (error: unknown) => group.forEach(({ reject }) => reject(error)),
      );
    }
    storing = false;
  };
  return async (content) => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (touch(places.path(sha256))) {
      return putSmall(places, content);
    }
    // A pack gets its names after it is durable.
    if (!touch(places.pack(sha256))) {
      await new Promise<void>((resolve, reject) => {
        waiting.push({ sha256, content, resolve, reject });
        if (!storing) {
          storing = true;
          void storeAll();
        }
      });
    }
    return { ok: true, sha256, size: content.byteLength };
  };
}

/** Phase 3. */
function createGroupStore(places: FolderPlaces): (group: readonly SmallBlob[]) => Promise<void> {
  const settler = createPackSettler(places);
  let canLink = true;
  const putTogether = async (blobs: readonly SmallBlob[]): Promise<boolean> => {
    try {
      settler.add(await putPack(places, blobs));
    } catch (error) {
      if (!hasNoHardLinks(error)) {
        throw error;
      }
      canLink = false;
    }
    return canLink;
  };
  return async (group) => {
    const blobs = [...new Map(group.map((blob) => [blob.sha256, blob])).values()];
    const isTogether = canLink && blobs.length >= LEAST_IN_A_PACK && (await putTogether(blobs));
    if (!isTogether) {
      await Promise.all(blobs.map(({ content }) => putSmall(places, content)));
    }
  };
}

async function untilQuiet(count: () => number): Promise<void> {
  for (let [turn, before] = [0, 0]; turn < MOST_TURNS && before < count(); turn += 1) {
    before = count();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** How many of the first fit into a pack; at least one. */
function sizeOfGroup(waiting: readonly SmallBlob[]): number {
  let bytes = 0;
  const end = waiting.findIndex(({ content }, index) => {
    bytes += content.byteLength;
    return index >= MOST_IN_A_PACK || (index > 0 && bytes > LARGEST_PACK);
  });
  return end === -1 ? waiting.length : end;
}
