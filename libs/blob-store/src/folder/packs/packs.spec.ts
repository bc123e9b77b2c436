import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PATIENCE_MS } from '#libs/testing';
import { openBlobStore, type BlobStore } from '../../index.js';
import { createEnsureFolder } from '../durable-folder.js';
import type { FolderPlaces } from '../folder-places.js';
import { finishInterrupted } from '../finish-interrupted.js';
import { createFolderSync } from '../folder-sync.js';
import { createSmallBlobWriter } from '../gather-small.js';
import { encodePack } from './pack-format.js';

let folder: string;
let temporary: string;
let store: BlobStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packs-'));
  temporary = join(folder, 'temporary');
  store = await openBlobStore(folder);
});
afterEach(async () => {
  jest.useRealTimers();
  await rm(folder, { recursive: true });
});

/** Packs keep their name in `temporary`, however slow the disk is. */
const settleNothing = () => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'Date'] });

/** The time after which they lose it is over. */
function settle(): void {
  jest.runOnlyPendingTimers();
  jest.useRealTimers();
}

const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const someMails = (count: number) => Array.from({ length: count }, (_, index) => randomBytes(100 + index * 7));
const putAll = (contents: readonly Buffer[], into = store) => Promise.all(contents.map((content) => into.put(content)));

async function read(sha256: string, from = store): Promise<Buffer | null> {
  const content = await from.get(sha256);
  return content === null ? null : buffer(content);
}

async function expectAll(contents: readonly Buffer[], from = store): Promise<void> {
  for (const content of contents) {
    expect((await read(hashOf(content), from))?.equals(content)).toBe(true);
  }
}

/** The folder on a file system that has no hard links. */
function withoutLinks(): FolderPlaces {
  const syncFolder = createFolderSync();
  const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  const pack = (sha256: string) => `${path(sha256)}.pack`;
  const link = () => {
    throw Object.assign(new Error('no links here'), { code: 'EPERM' });
  };
  return { temporary, path, pack, link, syncFolder, ensureFolder: createEnsureFolder(folder, syncFolder) };
}

/** Every file below the folder. */
async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function isOnDisk(content: Buffer): Promise<boolean> {
  const all = await Promise.all((await files()).map((file) => readFile(file)));
  return all.some((file) => file.includes(content));
}

async function emptied(): Promise<string[]> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const left = await readdir(temporary);
    if (left.length === 0 || Date.now() > until) {
      return left;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('blobs that come together', () => {
  it('share one file, are found by each name, and leave nothing in temporary after a while', async () => {
    settleNothing();
    const contents = someMails(100);
    const results = await putAll([...contents, ...contents]);
    expect(new Set(results.map((result) => result.ok && result.sha256)).size).toBe(100);
    expect(await readdir(temporary)).toHaveLength(1);
    await expectAll(contents);
    settle();
    expect(await emptied()).toEqual([]);
    await expectAll(contents, await openBlobStore(folder));
    expect((await files()).every((file) => file.endsWith('.pack'))).toBe(true);
    expect(await read(hashOf(Buffer.from('other')))).toBeNull();
  });

  it('get a file each when they are few, also one that is empty', async () => {
    const contents = [Buffer.alloc(0), ...someMails(3)];
    await putAll(contents);
    expect((await files()).some((file) => file.endsWith('.pack'))).toBe(false);
    await expectAll(contents);
  });

  it('may be empty, or as large as a small blob is, in packs of a bounded size', async () => {
    settleNothing();
    const contents = [Buffer.alloc(0), ...Array.from({ length: 40 }, () => randomBytes(256 * 1024))];
    await putAll(contents);
    await expectAll(contents);
    expect((await readdir(temporary)).length).toBeGreaterThan(2);
  });

  it('are stored once, whether they were alone or in a pack before', async () => {
    settleNothing();
    const contents = someMails(20);
    const alone = contents.slice(0, 2);
    await putAll(alone);
    await putAll(contents);
    const before = (await files()).length;
    await putAll(contents);
    await putAll(alone);
    expect((await files()).length).toBe(before);
    await expectAll(contents);
  });

  it('get a file each where the file system has no hard links', async () => {
    const put = createSmallBlobWriter(withoutLinks());
    const contents = someMails(50);
    await Promise.all(contents.map(put));
    await expectAll(contents);
    expect(await readdir(temporary)).toEqual([]);
    expect((await files()).some((file) => file.endsWith('.pack'))).toBe(false);
  });

  it('are refused together when the disk fails, and can come again', async () => {
    const contents = someMails(30);
    await rename(temporary, `${temporary}-away`);
    const results = await Promise.allSettled(contents.map((content) => store.put(content)));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['rejected']));
    await rename(`${temporary}-away`, temporary);
    await putAll(contents);
    await expectAll(contents);
  });
});

describe('a power cut', () => {
  const half = async (contents: readonly Buffer[], cut: number) => {
    const pack = encodePack(contents.map((content) => ({ sha256: hashOf(content), content })));
    const path = join(temporary, `${randomUUID()}.pack`);
    // What was not written yet is missing, or reads as zeros.
    const missing = cut % 2 === 0 ? Buffer.alloc(cut) : Buffer.alloc(0);
    await writeFile(path, Buffer.concat([pack.subarray(0, pack.length - cut), missing]));
    return path;
  };

  const overwrite = async (path: string, content: Buffer) => {
    const file = await readFile(path);
    await writeFile(path, file.fill(0, file.indexOf(content), file.indexOf(content) + content.length));
  };

  it('that takes names away is made up for when the store is opened', async () => {
    settleNothing();
    const contents = someMails(60);
    await putAll(contents);
    for (const content of contents.slice(0, 40)) {
      await rm(join(folder, hashOf(content).slice(0, 2), `${hashOf(content)}.pack`));
    }
    await expectAll(contents, await openBlobStore(folder));
    expect(await readdir(temporary)).toEqual([]);
  });

  it('in the middle of a pack keeps no store from being opened where the file system has no hard links', async () => {
    const contents = someMails(10);
    const path = await half(contents, 0);
    await finishInterrupted(withoutLinks());
    expect(await files()).toEqual([path]);
  });

  it('in the middle of a pack leaves nothing but what the sweep takes', async () => {
    const contents = someMails(10);
    const paths = await Promise.all([1, 2, 601, 600, 10_000].map((cut) => half(contents, cut)));
    const reopened = await openBlobStore(folder);
    expect(await reopened.get(hashOf(contents[0] as Buffer))).toBeNull();
    expect(await readdir(temporary)).toHaveLength(5);
    await Promise.all(paths.map((path) => utimes(path, new Date(0), new Date(0))));
    await openBlobStore(folder);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('in the middle of a removal, with names gone too, is made up for when the store is opened', async () => {
    settleNothing();
    const contents = someMails(12);
    await putAll(contents);
    const [gone, ...others] = contents as [Buffer, ...Buffer[]];
    const name = join(folder, hashOf(gone).slice(0, 2), `${hashOf(gone)}.pack`);
    await rename(name, join(temporary, `${hashOf(gone)}.erase`));
    const [pack = ''] = (await readdir(temporary)).filter((file) => file.endsWith('.pack'));
    await overwrite(join(temporary, pack), gone);
    await rm(join(folder, hashOf(others[0] as Buffer).slice(0, 2), `${hashOf(others[0] as Buffer)}.pack`));
    const reopened = await openBlobStore(folder);
    expect(await reopened.get(hashOf(gone))).toBeNull();
    expect(await isOnDisk(gone)).toBe(false);
    await expectAll(others, reopened);
    expect(await readdir(temporary)).toEqual([]);
  });
});

describe('a packed blob that is removed', () => {
  it('is gone from the disk, its neighbours stay, and it can come again', async () => {
    const contents = someMails(12);
    await putAll(contents);
    const [gone, ...others] = contents as [Buffer, ...Buffer[]];
    const before = await store.get(hashOf(gone));
    expect(await store.delete(hashOf(gone))).toBe(true);
    expect(before && (await buffer(before)).equals(gone)).toBe(true);
    expect(await store.get(hashOf(gone))).toBeNull();
    expect(await store.delete(hashOf(gone))).toBe(false);
    expect(await isOnDisk(gone)).toBe(false);
    await expectAll(others);
    await putAll(contents);
    await expectAll(contents, await openBlobStore(folder));
  });

  it('is gone also when two writers stored it at the same time', async () => {
    const other = await openBlobStore(folder);
    const contents = someMails(40);
    await Promise.all([putAll(contents), putAll(contents, other)]);
    const [gone, ...others] = contents as [Buffer, ...Buffer[]];
    await store.delete(hashOf(gone));
    expect(await isOnDisk(gone)).toBe(false);
    await expectAll(others, other);
  });
});
