import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { aMail, bytesOf } from '../../mails/a-mail.js';

const PROGRAM = join(import.meta.dirname, '../../../bin/casewright.mjs');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-normalise-'));
  await writeFile(join(folder, 'b.eml'), bytesOf(aMail({ subject: 'second' })));
  await writeFile(join(folder, 'a.eml'), bytesOf(aMail({ subject: 'first' })));
  await writeFile(join(folder, 'notes.txt'), 'no mail');
});
afterAll(() => rm(folder, { recursive: true }));

async function normalise(...words: string[]) {
  const environment = { PATH: process.env['PATH'], DATA_DIR: folder };
  const child = spawn(process.execPath, [PROGRAM, 'normalise', ...words], { env: environment });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { output, errors, code };
}

interface Line {
  readonly file: string;
  readonly interactions?: readonly { readonly content: { readonly subject: string } }[];
  readonly error?: string;
}
const lines = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('casewright normalise', () => {
  it('prints one mail as a document', async () => {
    const { output, code } = await normalise(join(folder, 'a.eml'));
    expect([code, (JSON.parse(output) as { content: unknown }).content]).toEqual([
      0,
      expect.objectContaining({ subject: 'first' }),
    ]);
  });

  it('prints the mails of a folder line by line', async () => {
    const { output, code } = await normalise(folder);
    const subjects = lines(output).map(({ file, interactions }) => [file, interactions?.[0]?.content.subject]);
    expect(code).toBe(0);
    expect(subjects).toEqual([
      [join(folder, 'a.eml'), 'first'],
      [join(folder, 'b.eml'), 'second'],
    ]);
  });

  it('goes on after a mail that cannot be read, and ends with 1', async () => {
    const { output, code } = await normalise(join(folder, 'gone.eml'), join(folder, 'a.eml'));
    expect(code).toBe(1);
    expect(lines(output).map(({ error, interactions }) => [error, interactions?.length])).toEqual([
      [expect.stringContaining('cannot be read (ENOENT)'), undefined],
      [undefined, 1],
    ]);
  });
});
