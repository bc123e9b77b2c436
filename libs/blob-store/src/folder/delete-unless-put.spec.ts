import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BlobStore } from '../blob-store.js';
import { openFolderBlobStore } from './folder-blob-store.js';

const HOUR = 60 * 60 * 1000;
const [BEFORE, AFTER] = [new Date(Date.now() - HOUR), new Date(Date.now() + HOUR)];

let folder: string;
let store: BlobStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-delete-'));
  store = await openFolderBlobStore(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(...texts: readonly string[]): Promise<string[]> {
  const stored = await Promise.all(texts.map((text) => store.put(Buffer.from(text))));
  return stored.map((one) => (one.ok ? one.sha256 : ''));
}
async function isThere(sha256: string): Promise<boolean> {
  const content = await store.get(sha256);
  content?.destroy();
  return content !== null;
}
/** Whether any file says it. */
async function says(text: string): Promise<boolean> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = files.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return (await Promise.all(names.map((name) => readFile(name, 'latin1')))).some((said) => said.includes(text));
}

/** Alone: a file of its own. Ten together: a pack. Streamed: as what is large. */
const WAYS = {
  alone: async (text: string) => (await put(text))[0] ?? '',
  packed: async (text: string) => (await put(text, ...Array.from({ length: 9 }, (_, n) => `${text}-${n}`)))[0] ?? '',
  large: async (text: string) => (await put(text + 'x'.repeat(300_000)))[0] ?? '',
};

describe.each(Object.entries(WAYS))('content that was put %s', (way, putIt) => {
  it('goes when nobody has put it since, with every byte', async () => {
    const sha256 = await putIt(`gone ${way}`);
    expect(await store.deleteUnlessPut(sha256, AFTER)).toBe('deleted');
    expect([await isThere(sha256), await store.deleteUnlessPut(sha256, AFTER)]).toEqual([false, 'absent']);
    expect(await readdir(join(folder, 'temporary'))).not.toContain(expect.stringContaining(sha256));
    expect(await putIt(`gone ${way}`)).toBe(sha256);
    expect(await isThere(sha256)).toBe(true);
  });

  it('stays when somebody has put it since, though it was there already', async () => {
    const sha256 = await putIt(`kept ${way}`);
    const since = new Date(Date.now() + 5);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await putIt(`kept ${way}`)).toBe(sha256);
    expect(await store.deleteUnlessPut(sha256, since)).toBe('put');
    expect([await store.deleteUnlessPut(sha256, BEFORE), await isThere(sha256)]).toEqual(['put', true]);
  });
});

it('leaves the others of a pack as they are, and as old', async () => {
  const texts = Array.from({ length: 10 }, (_, n) => `together ${n}`);
  const [first = '', second = '', ...others] = await put(...texts);
  const since = new Date(Date.now() + 20);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await store.deleteUnlessPut(first, since)).toBe('deleted');
  expect([await says('together 0'), await says('together 1')]).toEqual([false, true]);
  expect(await store.deleteUnlessPut(second, since)).toBe('deleted');
  expect(await Promise.all(others.map(isThere))).toEqual(others.map(() => true));
});
