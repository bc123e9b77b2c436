import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/** The folder has what the Dockerfile puts into the image, so that a part which is missing there is missing here. */
describe('what an installation runs', () => {
  let image: string;
  const node = (...words: string[]) =>
    run(process.execPath, words, { cwd: image, env: { DATA_DIR: join(image, 'data') } });

  beforeAll(async () => {
    image = await mkdtemp(join(tmpdir(), 'casewright-image-'));
    await run(process.execPath, ['scripts/build.mjs', '--production', '--out', join(image, 'dist')], { cwd: ROOT });
    await cp(join(ROOT, 'bin'), join(image, 'bin'), { recursive: true });
    await cp(join(ROOT, 'package.json'), join(image, 'package.json'));
    await symlink(join(ROOT, 'node_modules'), join(image, 'node_modules'));
  }, 240_000);
  afterAll(() => rm(image, { recursive: true, force: true }));

  it('holds every app and library, and nothing that only tests use', async () => {
    const built = async (folder: string) => (await readdir(join(image, 'dist', folder))).toSorted();
    const sources = async (folder: string) => (await readdir(join(ROOT, folder))).toSorted();
    expect(await built('.')).toEqual(['apps', 'libs']);
    expect(await built('apps')).toEqual(await sources('apps'));
    expect(await built('libs')).toEqual((await sources('libs')).filter((name) => name !== 'testing'));
    const files = await readdir(join(image, 'dist'), { recursive: true });
    expect(files.filter((name) => /\.spec\.|[\\/](fixtures|testing)([\\/]|$)/.test(name))).toEqual([]);
    expect(files.filter((name) => name.endsWith('.sql'))).not.toEqual([]);
  });

  it('starts an app by its name, up to the first setting that it misses', async () => {
    const stderr = expect.stringMatching(/^DATABASE_URL is not set: /);
    await expect(node('bin/start-app.mjs', 'email')).rejects.toMatchObject({ stderr });
  });

  it('has a command line that works, and says where the measurements are', async () => {
    const sample = join(image, 'dist/apps/standalone/src/sample-day/01-broken-lamp.eml');
    const { stdout } = await node('bin/casewright.mjs', 'normalise', sample);
    expect(JSON.parse(stdout)).toMatchObject({ content: { subject: 'Desk lamp arrived broken' } });
    const stderr = 'dist/test/bench/main.js is not in this build: "npm run build" in the repository makes it.\n';
    await expect(node('bin/casewright.mjs', 'bench')).rejects.toMatchObject({ stderr });
  });
});
