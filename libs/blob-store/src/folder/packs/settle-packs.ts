import { rm } from 'node:fs/promises';
import type { FolderPlaces } from '../folder-places.js';
import type { LinkedPack } from './put-pack.js';

/** Takes linked packs out of `temporary` some time after they got their names. */
export interface PackSettler {
  add(pack: LinkedPack): void;
}

/** Many packs share the syncs of the folders. */
const SETTLE_AFTER_MS = 2000;

/**
 * The name in `temporary` may go when the others are durable. That is nobody's wait: it happens later, for all packs
 * of some seconds, and `finishInterrupted` does it when the process ends before.
 */
export function createPackSettler({ syncFolder }: Pick<FolderPlaces, 'syncFolder'>): PackSettler {
  let linked: LinkedPack[] = [];
  let timer: NodeJS.Timeout | null = null;
  const settle = async (): Promise<void> => {
    const packs = linked;
    linked = [];
    timer = null;
    const folders = new Set(packs.flatMap((pack) => [...pack.folders]));
    await Promise.all([...folders].map(syncFolder));
    await Promise.all(packs.map(({ temporary }) => rm(temporary, { force: true })));
  };
  return {
    add(pack) {
      linked.push(pack);
      // Nothing is lost when it fails: the packs keep the name by which they are finished when the store is opened.
      timer ??= setTimeout(() => void settle().catch(() => undefined), SETTLE_AFTER_MS).unref();
    },
  };
}
