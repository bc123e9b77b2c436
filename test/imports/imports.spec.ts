import { describe, expect, it } from '@jest/globals';
import { runImports } from './run-imports.js';

/** `node test/imports/run.mjs` has the long form. */
describe('F4 a file of contacts, imported while importer and case-builder are killed', () => {
  it('makes the contacts that another program makes of it, reports each row once, and changes nothing a second time', async () => {
    const { wrong, outcomes, ...counted } = await runImports(
      { rows: 3000, seed: 5, kills: 2, log: 'embedded', keep: false },
      () => undefined,
    );
    expect(wrong).toEqual([]);
    expect(counted).toMatchObject({ kills: 2 });
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(counted.rows);
    expect(Object.keys(outcomes).sort()).toEqual(
      expect.arrayContaining(['created', 'flagged_shared', 'refused', 'updated']),
    );
  }, 300_000);
});
