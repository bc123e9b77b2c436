import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobStore } from '#libs/blob-store';
import { postgresRecordingJobs } from '#libs/channel-kit';
import type { VoicemailFact } from '#libs/interaction';
import { ACCOUNT_ID, aVoicemailFact, CONNECTION, testDatabase, type TestDatabase } from '#libs/testing';
import { aWav, startSoundServer, type SoundServer } from '../../../apps/voicemail/src/testing/sound-server.js';
import type { KilledWorkerSettings } from './killed-worker.js';

const ROOT = new URL('../../../', import.meta.url);
const HOST = 'pbx.acme.local';
const RECORDINGS = 60;
const KILLS = 3;

let database: TestDatabase;
let folder: string;
let server: SoundServer;
beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query('create table told (id text not null, fact jsonb not null)');
  folder = await mkdtemp(join(tmpdir(), 'casewright-killed-recordings-'));
  server = await startSoundServer((request, response) => {
    const sound = soundOf(request.url ?? '');
    response.writeHead(200, { 'content-length': String(sound.length) }).write(sound.subarray(0, 50_000));
    setTimeout(() => response.end(sound.subarray(50_000)), 10);
  });
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Each is another one, and too large for a pack. */
function soundOf(path: string): Buffer {
  const sound = aWav(300_000);
  sound.write(path, 100);
  return sound;
}

async function startWorker(): Promise<ChildProcess> {
  const { connectionString } = database;
  const settings: KilledWorkerSettings = {
    connectionString,
    folder,
    accountId: ACCOUNT_ID,
    connection: CONNECTION,
    host: HOST,
  };
  const program = new URL('./killed-worker.ts', import.meta.url).pathname;
  const flags = ['--conditions=source', '--import', './libs/testing/register-typescript.mjs'];
  const child = spawn(process.execPath, [...flags, program, JSON.stringify(settings)], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

it('F8 kill -9 at any moment loses no recording and tells none twice', async () => {
  const jobs = postgresRecordingJobs(database.pool, ACCOUNT_ID);
  const messages = Array.from({ length: RECORDINGS }, (_, index) => `vm-${index}`);
  await jobs.add(
    messages.map((voicemailId) => ({
      fact: aVoicemailFact('left', 0, { voicemailId, recording: { id: `r-${voicemailId}`, status: 'pending' } }),
      address: server.at(HOST, `/${voicemailId}`),
    })),
  );
  for (let kill = 0; kill <= KILLS; kill += 1) {
    const worker = await startWorker();
    const left = await jobs.count();
    while ((await jobs.count()) > (kill === KILLS ? 0 : Math.max(left - RECORDINGS / (KILLS + 1), 0))) {
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    // While a sound is on its way.
    const begun = server.seen.length;
    while (kill < KILLS && server.seen.length === begun) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    // As after three minutes.
    await database.pool.query('update recording_job set lease_expires_at = null, owner = null, due_at = now()');
  }
  const { rows } = await database.pool.query<{ id: string; fact: VoicemailFact }>('select id, fact from told');
  const ids = new Map(rows.map(({ id, fact }) => [id, fact]));
  const told = [...ids.values()];
  expect(told.map(({ voicemailId }) => voicemailId).sort()).toEqual([...messages].sort());
  const blobs = await openBlobStore(folder);
  for (const { voicemailId, recording } of told) {
    const sound = await blobs.get(recording?.content?.sha256 ?? '');
    expect(Buffer.concat((await sound?.toArray()) as Buffer[]).equals(soundOf(`/${voicemailId}`))).toBe(true);
  }
  expect(server.seen.length).toBeGreaterThan(RECORDINGS);
});
