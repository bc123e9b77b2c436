import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { PATIENCE_MS, readZip, waitUntil } from '#libs/testing';
import { type ArchiveFile, zipArchive } from './zip-archive.js';

const AT = new Date('2026-03-02T09:15:30.000Z');
const MEGABYTE = randomBytes(1024 * 1024);

/** Files of so many megabytes, which count what was read of them. */
function filesOf(count: number, megabytes: number) {
  const read = { megabytes: 0, opened: 0, closed: 0 };
  async function* bytes() {
    for (let index = 0; index < megabytes; index += 1) {
      read.megabytes += 1;
      yield MEGABYTE;
    }
  }
  async function* files(): AsyncGenerator<ArchiveFile> {
    for (let index = 0; index < count; index += 1) {
      read.opened += 1;
      const readable = Readable.from(bytes(), { objectMode: false });
      readable.once('close', () => (read.closed += 1));
      yield { name: `sound-${index}.wav`, at: AT, compress: index % 2 === 0, bytes: readable };
    }
  }
  return { read, files };
}

const textFile = (name: string, text: string): ArchiveFile => ({
  ...{ name, at: AT, compress: true },
  bytes: Readable.from([text], { objectMode: false }),
});

it('has each file as it was, and empty ones', async () => {
  async function* files() {
    yield textFile('a.json', '[{"name":"Zoë"}]');
    yield textFile('mails/b.eml', '');
  }
  const found = await readZip(await buffer(zipArchive(files())));
  expect([...found].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
    ['a.json', '[{"name":"Zoë"}]'],
    ['mails/b.eml', ''],
  ]);
  async function* none() {
    // Nothing is kept.
  }
  expect((await readZip(await buffer(zipArchive(none())))).size).toBe(0);
});

it('reads no further than somebody takes, one file after another, and ends with whoever stops', async () => {
  const { read, files } = filesOf(5, 40);
  const archive = zipArchive(files());
  await once(archive, 'readable');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(read.opened).toBe(1);
  expect(read.megabytes).toBeLessThan(8);
  archive.destroy();
  await waitUntil(
    () => read.closed === 1,
    PATIENCE_MS,
    () => 'The file is still open.',
  );
  expect(read.megabytes).toBeLessThan(8);
});

it('breaks off where a file does, and where one cannot be opened', async () => {
  async function* broken(): AsyncGenerator<ArchiveFile> {
    yield textFile('a.json', '[]');
    const bytes = Readable.from(
      (async function* () {
        yield MEGABYTE;
        throw new Error('the store is gone');
      })(),
      { objectMode: false },
    );
    yield { name: 'b.wav', at: AT, compress: false, bytes };
  }
  await expect(buffer(zipArchive(broken()))).rejects.toThrow('the store is gone');
  async function* unopened(): AsyncGenerator<ArchiveFile> {
    yield textFile('a.json', '[]');
    throw new Error('the database is gone');
  }
  await expect(buffer(zipArchive(unopened()))).rejects.toThrow('the database is gone');
});
