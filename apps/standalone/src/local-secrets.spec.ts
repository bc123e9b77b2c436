import { mkdtemp, rm, stat } from 'node:fs/promises';
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
