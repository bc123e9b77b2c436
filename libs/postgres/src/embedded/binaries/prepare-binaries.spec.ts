import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { binariesIn, findBinaries } from './find-binaries.js';
import { prepareBinaries } from './prepare-binaries.js';
import { runProgram } from '../process/run-program.js';
import { findServerAccount } from '../process/server-account.js';

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

/** An installation below a folder that only its owner may enter. */
async function installPrivately(): Promise<string> {
  folder = await mkdtemp(path.join(tmpdir(), 'casewright-private-'));
  await cp(findBinaries().root, `${folder}/native`, { recursive: true, verbatimSymlinks: true });
  return `${folder}/native`;
}

const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('prepareBinaries', () => {
  asRoot('copies binaries that the account cannot reach to where it can, and nobody else can change them', async () => {
    const account = await findServerAccount();
    const ready = await prepareBinaries(binariesIn(await installPrivately()), account);
    expect(ready.root.startsWith(folder)).toBe(false);
    expect(await runProgram(ready.initdb, ['--version'], { account })).toMatchObject({ ok: true });
    const { uid, mode } = await stat(ready.root);
    expect([uid, mode & 0o022]).toEqual([0, 0]);
  });

  it("restores the libraries' links when the package's install script was not run", async () => {
    const root = await installPrivately();
    const library = process.platform === 'linux' ? `${root}/lib/libicuuc.so.60` : '';
    await rm(library, { force: true });
    const ready = await prepareBinaries(binariesIn(root), null);
    expect(ready).toMatchObject({ root, major: 18 });
  });

  it('says what to do when the binaries do not run at all', async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'casewright-private-'));
    await cp(process.execPath, `${folder}/bin/postgres`);
    await cp(process.execPath, `${folder}/bin/initdb`);
    await expect(prepareBinaries(binariesIn(folder), null)).rejects.toThrow('set DATABASE_URL');
  });
});
