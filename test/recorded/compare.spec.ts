import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareRecordings, differencesOf } from './compare.js';
import { parseRecordedCommand } from './options.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casewright-compare-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const event = (sequence: number, value: unknown, key = 'case-1') => ({
  topic: 'case.events.v1',
  key,
  headers: { ce_type: 'io.casewright.case.created.v1', ce_sequence: `${sequence}` },
  value,
});
const row = (id: string, more: object = {}) => ({ table: 'cases', row: { id, ...more } });

async function compared(before: readonly object[], after: readonly object[]) {
  const files = [join(folder, 'before'), join(folder, 'after')] as const;
  await writeFile(files[0], before.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await writeFile(files[1], after.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return compareRecordings(...files);
}

describe('a comparison of recordings', () => {
  it('finds no difference where lines only stand elsewhere', async () => {
    const lines = [event(1, { a: 1 }), event(2, { a: 2 }), row('case-1'), row('case-2')];
    expect((await compared(lines, lines.toReversed())).differences).toBe(0);
  });

  it('counts a path once for each line, whatever the index, and gives an example', async () => {
    const before = [event(1, { changes: [{ to: 1 }] }), event(2, { changes: [{ to: 0 }, { to: 2 }] })];
    const after = [event(1, { changes: [{ to: 7 }] }), event(2, { changes: [{ to: 0 }, { to: 8 }] })];
    const { differences, report } = await compared(before, after);
    expect(differences).toBe(2);
    expect(report).toMatch(/^ +2 {2}case\.events\.v1 \S+ value\.changes\[\]\.to$/m);
    expect(report).toContain('1 → 7');
  });

  it('names what only one of them has', async () => {
    const { differences, report } = await compared(
      [event(1, {}), event(2, {}), row('case-1')],
      [event(1, {}), row('case-1'), row('case-2')],
    );
    expect(differences).toBe(2);
    expect(report).toMatch(/Only in \S+before\n +1 {2}case\.events\.v1/);
    expect(report).toMatch(/Only in \S+after\n +1 {2}row of cases/);
  });

  it('says when the plans were different', async () => {
    const { differences, report } = await compared([{ plan: 'a' }], [{ plan: 'b' }]);
    expect(differences).toBe(1);
    expect(report).toMatch(/^These are recordings of different plans/);
  });

  it('tells a lost line of two about the same thing', async () => {
    expect((await compared([event(1, {}), event(1, {})], [event(1, {})])).differences).toBe(1);
  });
});

describe('differences', () => {
  it.each([
    [{ a: { b: 1 } }, { a: { b: 2 } }, ['a.b']],
    [{ a: 1 }, {}, ['a']],
    [[1, 2], [1], ['[]']],
    [{ a: null }, { a: {} }, ['a']],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
    [[{ field: 'x', to: 1 }], [{ field: 'y' }, { field: 'x', to: 2 }], ['[x].to', '[y]']],
    [[{ field: 'x' }, { field: 'y' }], [{ field: 'y' }, { field: 'x' }], [' in another order']],
  ])('of %j and %j', (before, after, paths) => {
    expect(differencesOf(before, after).map(([path]) => path)).toEqual(paths);
  });
});

describe('a command line', () => {
  it.each([
    [['--help'], 'help'],
    [[], 'wrong'],
    [['--out', 'x', '--mails', '3'], 'wrong'],
    [['--out', 'x', 'y'], 'wrong'],
    [['--compare', 'a'], 'wrong'],
    [['--compare', 'a', 'b'], 'compare'],
    [['--nonsense'], 'wrong'],
  ])('%j', (given, kind) => {
    expect(parseRecordedCommand(given).kind).toBe(kind);
  });

  it('records ten thousand mails unless told', () => {
    expect(parseRecordedCommand(['--out', 'x'])).toEqual({ kind: 'record', out: 'x', mails: 10_000, seed: 1 });
  });
});
