import { randomBytes } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findStrays } from '../../../apps/case-builder/src/timers/find-strays.js';
import { anUploader, type Uploader } from './uploader.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let uploader: Uploader;
beforeAll(async () => {
  uploader = await anUploader();
});
afterAll(() => uploader.writer.world.close());

/** Bytes that a process stored a while ago and ended; nothing refers to them. */
async function strayed(ageMs: number, bytes = randomBytes(100)): Promise<string> {
  const { uploads, folder } = uploader.writer.world;
  const stored = await uploads.put(bytes);
  if (!stored.ok) {
    throw new Error(stored.reason);
  }
  const written = new Date(Date.now() - ageMs);
  await utimes(join(folder, 'uploads', stored.sha256.slice(0, 2), stored.sha256), written, written);
  return stored.sha256;
}

/** As the timer does in the minute in which the content comes up. */
function find(sha256: string): Promise<void> {
  const { database, uploads } = uploader.writer.world;
  const turn = Math.floor(Date.now() / MINUTE / 256) * 256 + Number.parseInt(sha256.slice(0, 2), 16);
  return findStrays(database.pool, uploads, turn * MINUTE, new AbortController().signal);
}

it('bytes of an upload that was cut before anything was noted of it are gone after a day, and nothing else is', async () => {
  const bytes = randomBytes(100);
  const [stray, young, used] = [await strayed(3 * DAY), await strayed(DAY / 2), await strayed(3 * DAY, bytes)];
  expect((await uploader.anUpload(bytes)).sha256).toBe(used);
  for (const sha256 of [stray, young, used]) {
    await find(sha256);
  }
  await uploader.sweep();
  expect(await Promise.all([stray, young, used].map(uploader.isStored))).toEqual([false, true, true]);
});

it('bytes that are uploaded again after they were found stay', async () => {
  const bytes = randomBytes(100);
  const sha256 = await strayed(3 * DAY, bytes);
  await find(sha256);
  const again = await uploader.upload(bytes);
  expect(again.status).toBe(201);
  await uploader.sweep();
  expect(await uploader.isStored(sha256)).toBe(true);
});
