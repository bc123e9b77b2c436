import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

describe('the room of the heaps', () => {
  it('is asked for with a flag that this version of V8 knows', async () => {
    const source = await readFile(new URL('./run-main.ts', import.meta.url), 'utf8');
    const flag = /--[a-z-]+=/.exec(source)?.[0] ?? '';
    const { status, stderr } = spawnSync(process.execPath, ['-e', `require('v8').setFlagsFromString('${flag}200')`], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const unknown = spawnSync(process.execPath, ['-e', `require('v8').setFlagsFromString('--no-such-flag=1')`], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(unknown.stderr).toContain('unrecognized flag');
  });
});
