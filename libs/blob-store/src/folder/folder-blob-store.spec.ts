import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBlobStore, type BlobStore } from '../index.js';

describe('folder blob store', () => {
  let folder: string;
  let store: BlobStore;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blobs-'));
    store = await openBlobStore(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = async (sha256: string): Promise<string | null> => {
    const content = await store.get(sha256);
    return content === null ? null : Buffer.concat(await content.toArray()).toString();
  };

  it('stores content under its hash and gives it back', async () => {
    const result = await store.put(Buffer.from('a lamp'));
    const sha256 = createHash('sha256').update('a lamp').digest('hex');
    expect(result).toEqual({ ok: true, sha256, size: 6 });
    expect(await read(sha256)).toBe('a lamp');
    expect(await readFile(join(folder, sha256.slice(0, 2), sha256), 'utf8')).toBe('a lamp');
  });

  it('makes every folder for its owner only, those above it that are missing too', async () => {
    const outer = await mkdtemp(join(tmpdir(), 'blobs-'));
    const made = await openBlobStore(join(outer, 'data', 'blobs'));
    await made.put(Readable.from([Buffer.from('a lamp')]));
    const entries = await readdir(outer, { recursive: true, withFileTypes: true });
    const folders = entries
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(folders.length).toBeGreaterThan(3);
    const modes = await Promise.all(folders.map(async (one) => (await stat(one)).mode & 0o777));
    expect(new Set(modes)).toEqual(new Set([0o700]));
    await rm(outer, { recursive: true });
  });

  it('lists content by the beginning of its name', async () => {
    const stored = await store.put(Readable.from([Buffer.from('a listed lamp')]));
    const sha256 = stored.ok ? stored.sha256 : '';
    const beginning = sha256.slice(0, 2);
    const listed = await store.list(beginning);
    expect(listed.filter((one) => one.sha256 === sha256)).toMatchObject([{ sha256 }]);
    expect(listed.map(({ writtenAt }) => writtenAt.getTime())).not.toContain(Number.NaN);
    expect(listed.every((one) => one.sha256.startsWith(beginning))).toBe(true);
    await store.delete(sha256);
    expect((await store.list(beginning)).map((one) => one.sha256)).not.toContain(sha256);
  });

  it('stores the same content once, also from many writers at the same time', async () => {
    const results = await Promise.all(
      Array.from({ length: 50 }, () => store.put(Readable.from([Buffer.from('the same '), Buffer.from('mail')]))),
    );
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(await readdir(join(folder, 'temporary'))).toEqual([]);
  });

  it('refuses what is too large, reads it to the end and leaves nothing behind', async () => {
    let sent = 0;
    const stream = Readable.from(
      (function* () {
        for (; sent < 20; sent += 1) {
          yield Buffer.alloc(1000);
        }
      })(),
    );
    expect(await store.put(stream, { maxBytes: 5000 })).toEqual({ ok: false, reason: 'too-large' });
    expect(sent).toBe(20);
    expect(await readdir(join(folder, 'temporary'))).toEqual([]);
  });

  it('rejects and leaves nothing behind when the stream breaks', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half a ma');
        throw new Error('connection reset');
      })(),
    );
    expect(await store.put(Buffer.alloc(5001), { maxBytes: 5000 })).toEqual({ ok: false, reason: 'too-large' });
    await expect(store.put(broken)).rejects.toThrow('connection reset');
    expect(await readdir(join(folder, 'temporary'))).toEqual([]);
  });

  it('knows what it does not have, and takes no path for a name', async () => {
    expect(await store.get('0'.repeat(64))).toBeNull();
    expect(await store.delete('0'.repeat(64))).toBe(false);
    await expect(store.get('../../etc/passwd')).rejects.toThrow(RangeError);
  });

  it('sweeps what interrupted writers left when it is opened', async () => {
    const left = join(folder, 'temporary', 'left');
    await writeFile(left, 'x');
    await utimes(left, new Date(0), new Date(0));
    await writeFile(join(folder, 'temporary', 'in-progress'), 'x');
    await openBlobStore(folder);
    expect(await readdir(join(folder, 'temporary'))).toEqual(['in-progress']);
  });

  it('finishes what a power cut left between the sync and the rename, and nothing that is half', async () => {
    const whole = Buffer.from('whole');
    const sha256 = createHash('sha256').update(whole).digest('hex');
    const other = createHash('sha256').update('other').digest('hex');
    await writeFile(join(folder, 'temporary', `${sha256}.${randomUUID()}`), whole);
    const half = join(folder, 'temporary', `${other}.${randomUUID()}`);
    await writeFile(half, 'oth');
    const reopened = await openBlobStore(folder);
    expect(await readFile(join(folder, sha256.slice(0, 2), sha256), 'utf8')).toBe('whole');
    expect(await readFile(half, 'utf8')).toBe('oth');
    expect(await reopened.get(other)).toBeNull();
    await rm(half);
  });

  it('loses nothing while others open the store at the same time', async () => {
    let writing = true;
    const opening = (async () => {
      while (writing) {
        await openBlobStore(folder);
      }
    })();
    const contents = Array.from({ length: 300 }, (_, index) => Buffer.from(`mail ${index}`.repeat(300)));
    const results = await Promise.all(contents.map((content) => store.put(content))).finally(() => {
      writing = false;
      return opening;
    });
    for (const [index, result] of results.entries()) {
      expect(result.ok && (await read(result.sha256))).toBe(`mail ${index}`.repeat(300));
    }
    const left = (await readdir(join(folder, 'temporary'))).filter((name) => name !== 'in-progress');
    expect(left.filter((name) => !name.endsWith('.pack'))).toEqual([]);
  });

  it('says what to do about an address that it does not know', async () => {
    await expect(openBlobStore('s3://bucket')).rejects.toThrow('use a folder');
  });
});
