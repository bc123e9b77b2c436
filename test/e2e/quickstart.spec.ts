import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '#libs/testing';

const PROGRAM = fileURLToPath(new URL('../../dist/apps/standalone/src/quickstart.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The quickstart as a process in a folder of its own, as a newcomer's shell would start it. */
async function quickstart(folder: string, environment: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, '--exit'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: Buffer.concat(chunks).toString() };
}

/** Number, subject and mails of each line of the table. */
function casesOf(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('CASE-'))
    .map((line) =>
      line
        .split(/ {2,}/)
        .join(' | ')
        .replace(/\| http.*$/, '')
        .trim(),
    );
}

describe('npm run quickstart -- --exit', () => {
  let folder: string;
  let ports: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickstart-'));
    ports = { PORT: `${await freePort()}`, SMTP_PORT: `${await freePort()}` };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('feeds the sample day, prints its eight cases and ends with 0; started again, it still has them', async () => {
    const first = await quickstart(folder, ports);
    expect(first).toMatchObject({ code: 0 });
    const cases = casesOf(first.output);
    // Numbers are set aside before anything is decided: who starts over for another takes the next ones, and gaps stay.
    expect(new Set(cases.map((row) => /^CASE-\d+/.exec(row)?.[0])).size).toBe(8);
    expect(cases.map((row) => row.replace(/^CASE-\d+ \| /, ''))).toEqual([
      'open | Desk lamp arrived broken | Marta Nunes | Support | Ana Lopes | 3',
      'open | Rechnung für Februar fehlt | Jörg Becker | Support | Rui Dias | 1',
      'open | Re: Wrong colour delivered | Tom Reid | Support | Ana Lopes | 2',
      'new | Offer for 120 bedside lamps | Ruiz, Elena | Sales | 1',
      'open | Can I change the delivery address? | Aiko Tanaka | Support | Rui Dias | 2',
      'open | Returns label printer is out of r… | Ana Lopes | Support | Ana Lopes | 1',
      expect.stringMatching(/^open \| Call from .* \| Support \| Ana Lopes \| 1$/),
      expect.stringMatching(/^open \| (Voicemail|Missed call) from .* \| Support \| \w+ \w+ \| 2$/),
    ]);
    const note = 'Will be at home on Friday before noon; wants to be called first.';
    const called = cases.find((row) => row.includes('Call from'))?.split(' ')[0];
    const notes = new RegExp(
      `^Noted in the call bar on ${called}, Call from .*:\\n  • ${note}\\n  • Disposition: .*\\n$`,
      'mu',
    );
    expect(first.output).toMatch(notes);
    const second = await quickstart(folder, ports);
    expect(second).toMatchObject({ code: 0 });
    expect(casesOf(second.output)).toEqual(cases);
    expect(second.output).toMatch(notes);
  });

  it.each([
    ['PORT', 'is already in use'],
    ['SMTP_PORT', 'is already in use'],
  ])('says in one sentence what to do about a busy %s', async (variable, sentence) => {
    const busy = createServer().listen(0);
    await once(busy, 'listening');
    const { port } = busy.address() as AddressInfo;
    const ended = await quickstart(folder, { ...ports, [variable]: `${port}` });
    busy.close();
    expect(ended.code).toBe(1);
    expect(ended.output).toContain(sentence);
    expect(ended.output).toContain(variable);
    expect(ended.output).not.toContain('    at ');
  });

  it('names every mistake of the configuration by its path', async () => {
    const file = join(folder, 'broken.yml');
    await writeFile(file, 'account: { nmae: Acme }\ngroups: [{ name: Support, strategy: fairly }]\n');
    const ended = await quickstart(folder, { ...ports, CASEWRIGHT_CONFIG: file });
    expect(ended.code).toBe(1);
    expect(ended.output).toContain('account.nmae');
    expect(ended.output).toContain('groups[0].strategy');
  });
});
