import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { localSecrets } from './local-secrets.js';

it('makes the secrets of a data folder once, for their owner only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  try {
    const [first, again] = [await localSecrets(folder), await localSecrets(folder)];
    expect(again).toEqual(first);
    expect(first.apiKey).toMatch(/^cwk_.{32}$/);
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o077).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('makes a data folder that is there for its owner only, and leaves one that is there as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  try {
    await localSecrets(join(folder, 'fresh'));
    expect((await stat(join(folder, 'fresh'))).mode & 0o777).toBe(0o700);
    await mkdir(join(folder, 'given'));
    await chmod(join(folder, 'given'), 0o750);
    await localSecrets(join(folder, 'given'));
    expect((await stat(join(folder, 'given'))).mode & 0o777).toBe(0o750);
  } finally {
    await rm(folder, { recursive: true });
  }
});
