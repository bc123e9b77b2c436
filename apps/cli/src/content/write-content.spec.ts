import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeToFile, writeToOutput } from './write-content.js';

const NEVER = new AbortController().signal;
const LAMP = createHash('sha256').update('lamp').digest('hex');
const lamp = () => Readable.from([Buffer.from('la'), Buffer.from('mp')]);

async function* drip(): AsyncGenerator<Buffer> {
  for (;;) {
    yield Buffer.from('lamp');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a file of content', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'write-content-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('holds it', async () => {
    const path = join(folder, 'lamp');
    expect(await writeToFile(lamp(), LAMP, path, NEVER)).toEqual({ ok: true, value: 4 });
    expect(await readFile(path, 'utf8')).toBe('lamp');
    await rm(path);
  });

  it('is not left behind when the content is damaged, breaks off or is interrupted', async () => {
    const path = join(folder, 'lamp');
    const damaged = await writeToFile(Readable.from([Buffer.from('x')]), LAMP, path, NEVER);
    expect(damaged).toEqual({ ok: false, reason: expect.stringContaining('is damaged') });
    const breaking = Readable.from(drip());
    setTimeout(() => breaking.destroy(new Error('EIO')), 30);
    const broken = await writeToFile(breaking, LAMP, path, NEVER);
    expect(broken).toEqual({ ok: false, reason: expect.stringMatching(/^It ended after \d+ bytes: EIO\.$/) });
    const interrupted = await writeToFile(Readable.from(drip()), LAMP, path, AbortSignal.timeout(30));
    expect(interrupted).toEqual({ ok: false, reason: 'It was interrupted.' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an output', () => {
  it('gets a piece when it has taken the one before, and is told of what is damaged', async () => {
    const taken: string[] = [];
    const output = {
      write: (bytes: Uint8Array, done: () => void) => {
        taken.push(`< ${Buffer.from(bytes).toString()}`);
        setTimeout(() => {
          taken.push('>');
          done();
        }, 5);
        return true;
      },
    };
    expect(await writeToOutput(lamp(), LAMP, output, NEVER)).toEqual({ ok: true, value: 4 });
    expect(taken).toEqual(['< la', '>', '< mp', '>']);
    expect(await writeToOutput(lamp(), 'a'.repeat(64), output, NEVER)).toMatchObject({ ok: false });
  });

  it('that fails ends the copy', async () => {
    const output = { write: (_: Uint8Array, done: (error: Error) => void) => (done(new Error('EIO')), true) };
    expect(await writeToOutput(lamp(), LAMP, output, NEVER)).toEqual({
      ok: false,
      reason: 'It ended after 2 bytes: EIO.',
    });
  });
});
