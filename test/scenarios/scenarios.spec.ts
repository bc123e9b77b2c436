import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const PROGRAM = fileURLToPath(new URL('../scenarios.mjs', import.meta.url));
const HTTP = 'test/integration/case-api/all.spec.ts';
/** Everything that is demanded but 25, in the forms that names take. */
const OTHERS = `
  describe('1 to 24 a life of a case', () => {
    it('goes on', () => undefined);
    it.each([['26 and 27 one'], ['28 another']])('%s', () => undefined);
  });
  it.each(['F12 a row', 'F13 another row'])('%s', () => undefined);
  (isLong ? it : it.skip)('29, 60 and 67 to 71 sometimes', () => undefined);
  it('29, 60 and 67 to 71 always', () => undefined);
  it('77, F19, F24 and F29 as well', () => undefined);`;
/** On both logs, by command too. */
const OF_CALLS = `describe.each(logsUnderTest())('%s', () => {
  it('46 to 58, F1 to F3, F6, F8, F11, F15, F16, F18, F20 to F23, F27, F28 and F30 of calls', () => undefined);
});`;
const OF_COMMANDS = `describe.each(logsUnderTest())('%s', () => { it('F16 by command', () => undefined); });`;

let tree: string;
beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), 'casewright-scenarios-'));
  await Promise.all(['apps', 'libs', 'test'].map((folder) => mkdir(join(tree, folder))));
  await put(HTTP, OTHERS);
  await put('test/telephony/calls.spec.ts', OF_CALLS);
  await put('test/telephony/by-command.spec.ts', OF_COMMANDS);
});
afterEach(() => rm(tree, { recursive: true, force: true }));

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, file)), { recursive: true });
  await writeFile(join(tree, file), text);
}

function run(...given: string[]): { status: number | null; said: string; lines: string[] } {
  const options = { encoding: 'utf8', env: { PATH: process.env['PATH'] } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, '--tree', tree, ...given], options);
  return { status, said: stderr.trim(), lines: stdout.trim().split('\n') };
}

describe('the list of scenarios', () => {
  it('is complete where each has a test through a face, and says which', async () => {
    await put('test/faults/killed-commands/killed.spec.ts', `it('25 a crash', () => undefined);`);
    expect(run('--missing')).toEqual({ status: 0, said: '', lines: [''] });
    const { status, lines } = run('--only', '25', '--only', '28');
    expect([status, ...lines.map((line) => line.replace(/ +/g, ' '))]).toEqual([
      0,
      '25 http - 25 a crash (test/faults/killed-commands/killed.spec.ts:1)',
      `28 http - 28 another (${HTTP}:4)`,
    ]);
  });

  it('names what is missing, and ends with 1', () => {
    expect(run('--missing')).toEqual({ status: 1, said: '25 has no test through a face', lines: [''] });
  });

  it('does not count what nobody sees, or nobody ever runs', async () => {
    await put('libs/case-domain/src/a.spec.ts', `it('25 below the faces', () => undefined);`);
    await put('test/e2e/skipped.spec.ts', `it.skip('25 skipped', () => undefined); it.todo('25 to be written');`);
    await put(
      'test/e2e/around.spec.ts',
      `describe.skip('25 x', () => { it('25 skipped around it', () => undefined); });`,
    );
    await put('test/e2e/another.spec.ts', `it('25 000 mails', () => undefined);`);
    await put('test/e2e/no-spec.ts', `it('25 not in a spec', () => undefined);`);
    const { status, said, lines } = run('--only', '25');
    expect([status, said]).toEqual([1, '25 has no test through a face (1 below the faces)']);
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([
      '25 domain - 25 below the faces (libs/case-domain/src/a.spec.ts:1)',
    ]);
  });

  it('asks for calls over HTTP on both logs, and for a command where one is the face', async () => {
    await put('test/telephony/calls.spec.ts', OF_CALLS.replace(', F15', ''));
    await put('test/e2e/calls.spec.ts', OF_CALLS);
    await put('test/e2e/webhooks.spec.ts', `it('F15 on one log', () => undefined);`);
    await put('test/telephony/by-command.spec.ts', '');
    const { status, said } = run('--only', 'F15', '--only', 'F16', '--only', '46');
    expect([status, said.split('\n')]).toEqual([
      1,
      ['F15 has no test over HTTP on both logs', 'F16 has no test of a command on both logs'],
    ]);
  });

  it('refuses options that it does not know', () => {
    expect(run('--often')).toMatchObject({ status: 2 });
  });
});
