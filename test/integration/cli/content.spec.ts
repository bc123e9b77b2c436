import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openBlobStore, type BlobStore } from '#libs/blob-store';
import { anInteractionOf, sha256Of } from '../case-api/downloads.js';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aWorld, type World } from '../case-api/world.js';
import { casewright, type Run } from './terminal-of-test.js';

const PROGRAM = join(import.meta.dirname, '../../../bin/casewright.mjs');
const HOSTILE = Buffer.from('Subject: lamp\r\n\r\n\u001b]0;owned\u0007\u0000\u00ff', 'latin1');

let folder: string;
let blobs: BlobStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-content-'));
  blobs = await openBlobStore(join(folder, 'blobs'));
  await mkdir(join(folder, 'out'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  const files = await readdir(join(folder, 'out'));
  await Promise.all(files.map((name) => rm(join(folder, 'out', name))));
});

async function store(content: Buffer): Promise<string> {
  await blobs.put(content);
  return sha256Of(content);
}

const run = (words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> =>
  casewright(['content', ...words], { DATA_DIR: folder, ...environment });

describe('casewright content', () => {
  it('writes every byte to the standard output and nothing else', async () => {
    const sha256 = await store(HOSTILE);
    const { code, output, errors, bytes } = await run([sha256.toUpperCase()]);
    expect({ code, output, errors }).toEqual({ code: 0, output: '', errors: '' });
    expect(bytes.equals(HOSTILE)).toBe(true);
  });

  it('passes much of it on to a program that reads slowly', async () => {
    const content = Buffer.alloc(3_000_000, 'a lamp that does not light ');
    const child = spawn(process.execPath, [PROGRAM, 'content', await store(content)], {
      env: { PATH: process.env['PATH'], DATA_DIR: folder },
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [bytes, errors] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
    expect([await ended, errors, bytes.equals(content)]).toEqual([0, '', true]);
  });

  it('writes a new file that only its owner reads, and never over another', async () => {
    const sha256 = await store(HOSTILE);
    const path = join(folder, 'out', 'mail.eml');
    expect(await run([sha256, '--out', path])).toMatchObject({ code: 0, output: `${path}: ${HOSTILE.length} bytes\n` });
    expect((await readFile(path)).equals(HOSTILE)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await writeFile(path, 'mine');
    const again = await run([sha256, '--out', path]);
    expect([again.code, again.errors]).toEqual([1, `${path} is there already: name another file.\n`]);
    expect(await readFile(path, 'utf8')).toBe('mine');
    const nowhere = await run([sha256, '--out', join(folder, 'none', 'a')]);
    expect([nowhere.code, nowhere.errors]).toEqual([1, expect.stringMatching(/cannot be written: .*ENOENT/)]);
  });

  it('shows a screen nothing unless told', async () => {
    const sha256 = await store(HOSTILE);
    const onScreen = (...words: string[]) =>
      casewright(['content', ...words], { DATA_DIR: folder }, new AbortController().signal, true);
    const { code, errors, bytes } = await onScreen(sha256);
    expect([code, bytes.length, errors]).toEqual([2, 0, expect.stringContaining('name a file with --out')]);
    expect((await onScreen(sha256, '--out', '-')).bytes.equals(HOSTILE)).toBe(true);
  });

  it('says that content is not there, and makes no store where there is none', async () => {
    const unknown = await run(['a'.repeat(64), '--out', join(folder, 'out', 'a')]);
    expect([unknown.code, unknown.errors]).toEqual([1, `The blob store has nothing under ${'a'.repeat(64)}.\n`]);
    const elsewhere = join(folder, 'elsewhere');
    const absent = await run(['a'.repeat(64)], { BLOB_URL: elsewhere });
    expect([absent.code, absent.errors]).toEqual([1, expect.stringContaining(`no blob store at ${elsewhere}`)]);
    const file = join(folder, 'file');
    await writeFile(file, '');
    const unusable = await run(['a'.repeat(64)], { BLOB_URL: file });
    expect([unusable.code, unusable.errors]).toEqual([1, expect.stringMatching(/cannot be opened: /)]);
    expect(await readdir(join(folder, 'out'))).toEqual([]);
    await expect(stat(elsewhere)).rejects.toThrow('ENOENT');
  });
});

describe('casewright content --raw', () => {
  let world: World;
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    world = await aWorld();
    const config = join(folder, 'casewright.yml');
    await writeFile(config, `account: { id: ${OUR_ACCOUNT} }\n`);
    environment = { DATABASE_URL: world.database.connectionString, CASEWRIGHT_CONFIG: config };
  });
  afterAll(() => world.close());

  it('writes the original of an interaction', async () => {
    const raw = { sha256: await store(HOSTILE), size: HOSTILE.length, mediaType: 'message/rfc822' };
    const { id } = await anInteractionOf(world, { raw });
    const { code, bytes } = await run(['--raw', id.toUpperCase()], environment);
    expect([code, bytes.equals(HOSTILE)]).toEqual([0, true]);
  });

  it('says that there is no such interaction, no original of it, or no longer', async () => {
    const unknown = await run(['--raw', '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10'], environment);
    expect([unknown.code, unknown.errors]).toEqual([1, expect.stringContaining('has no interaction 6f1c9a52')]);
    const without = await anInteractionOf(world, { raw: null });
    const none = await run(['--raw', without.id], environment);
    expect([none.code, none.errors]).toEqual([1, `${without.id} came without an original.\n`]);
    const raw = { sha256: 'b'.repeat(64), size: 1, mediaType: 'message/rfc822' };
    const gone = await run(['--raw', (await anInteractionOf(world, { raw })).id], environment);
    expect([gone.code, gone.errors]).toEqual([1, `The blob store has nothing under ${'b'.repeat(64)}.\n`]);
  });
});
