import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testKafka } from '#libs/testing';
import { ROOT } from './processes.js';
import { parseFaultOptions } from './options.js';
import { makePlan } from './plan.js';

const run = promisify(execFile);
const SMALL = ['--mails', '300', '--senders', '40', '--kills', '2', '--seed', '11'];
const logs = testKafka() === null ? ['embedded'] : ['embedded', 'kafka'];

describe('the fault test', () => {
  it.each(logs)(
    'loses and doubles nothing on the %s log while case-builder is killed',
    async (log) => {
      const { stdout } = await run(process.execPath, [join(ROOT, 'test/faults/run.mjs'), '--log', log, ...SMALL]).catch(
        (error: { stdout: string; stderr: string }) => ({ stdout: `${error.stdout}\n${error.stderr}` }),
      );
      expect(stdout).toContain('Everything is as expected.');
      expect(stdout).toContain('case-builder was killed 2 times');
    },
    300_000,
  );

  it('plans what it says: shares of replies, repetitions and poison, the same for the same seed', () => {
    const given = parseFaultOptions(['--mails', '1000']);
    if (given.kind !== 'run') {
      throw new Error('the options are refused');
    }
    const { sendings, expected } = makePlan(given.options);
    expect(sendings).toHaveLength(1000);
    expect(sendings.filter(({ kind }) => kind === 'poison')).toHaveLength(20);
    expect(expected.interactions).toBe(930);
    expect(expected.conversations.size).toBe(630);
    expect(expected.poison.size).toBe(20);
    expect(makePlan(given.options).sendings).toEqual(sendings);
  });

  it('refuses options that make no sense, in one sentence', () => {
    expect(parseFaultOptions(['--mails', 'many'])).toEqual({
      kind: 'wrong',
      sentence: '--mails must be a number from 10 to 10000000',
    });
  });
});
