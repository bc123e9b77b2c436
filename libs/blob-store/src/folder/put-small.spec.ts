import { linkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEnsureFolder } from './durable-folder.js';
import { finishInterrupted } from './finish-interrupted.js';
import type { FolderPlaces } from './folder-places.js';
import { createFolderSync } from './folder-sync.js';
import { putSmall } from './put-small.js';

let root: string;
let temporary: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'put-small-'));
  temporary = join(root, 'temporary');
  await mkdir(temporary);
});
afterAll(() => rm(root, { recursive: true }));

/** Places whose `temporary` is synced with `also` happening right after it. */
function placesWith(synced: string[], also: (places: FolderPlaces) => Promise<void>): FolderPlaces {
  const sync = createFolderSync();
  const syncFolder = async (folder: string) => {
    await sync(folder);
    synced.push(folder);
    await (folder === temporary ? also(places) : undefined);
  };
  const path = (sha256: string) => join(root, sha256.slice(0, 2), sha256);
  const pack = (sha256: string) => `${path(sha256)}.pack`;
  const places = { temporary, path, pack, link: linkSync, syncFolder, ensureFolder: createEnsureFolder(root, sync) };
  return places;
}

describe('a small blob', () => {
  it('is safe when another process finishes it between the sync and the rename', async () => {
    const synced: string[] = [];
    const places = placesWith(synced, finishInterrupted);
    const { sha256 } = (await putSmall(places, Buffer.from('raced'))) as { sha256: string };
    expect(await readFile(places.path(sha256), 'utf8')).toBe('raced');
    expect(synced).toContain(join(root, sha256.slice(0, 2)));
    expect(await readdir(temporary)).toEqual([]);
  });

  it('is not there, and leaves nothing behind, when the sync fails', async () => {
    const places = placesWith([], () => Promise.reject(new Error('disk')));
    await expect(putSmall(places, Buffer.from('lost'))).rejects.toThrow('disk');
    expect(await readdir(temporary)).toEqual([]);
  });
});
