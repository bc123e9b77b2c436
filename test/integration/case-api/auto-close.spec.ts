import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeAfter } from './beside-http.js';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter, pathOf } from './case-writer.js';
import type { World } from './world.js';

type Resolved = CaseBody & { readonly resolved_at: string; readonly closed_at: string | null };

let writer: CaseWriter;
let world: World;
beforeAll(async () => {
  writer = await aCaseWriter();
  ({ world } = writer);
});
afterAll(() => world.close());

const resolve = async (path: string): Promise<Resolved> =>
  (await writer.send<Resolved>(`POST ${path}/resolve`, { resolution: 'A new bulb.' })).body;
const aResolvedPath = async (): Promise<string> => {
  const path = pathOf(await writer.create({ assignee_id: ANA }));
  await resolve(path);
  return path;
};
const read = async (path: string): Promise<Resolved> => (await writer.send<Resolved>(`GET ${path}`)).body;

describe('a resolved case', () => {
  it('9 is closed exactly after five times 24 hours, and not a millisecond before', async () => {
    const path = await aResolvedPath();
    const { resolved_at: since } = await read(path);
    expect(await closeAfter(world, since, 5, -1)).toBe(0);
    expect((await read(path)).status).toBe('resolved');
    expect(await closeAfter(world, since, 5)).toBe(1);
    const closed = await read(path);
    expect(closed).toMatchObject({ status: 'closed', closed_reason: 'auto_close', version: 3 });
    expect(Date.parse(closed.closed_at ?? '') - Date.parse(since)).toBe(5 * 24 * 60 * 60 * 1000);
    expect(await closeAfter(world, since, 6)).toBe(0);
  });

  it('10 that is reopened and resolved again waits from then on', async () => {
    const path = await aResolvedPath();
    const { resolved_at: first } = await read(path);
    await writer.send(`POST ${path}/reopen`, {});
    expect(await closeAfter(world, first, 30)).toBe(0);
    const { resolved_at: second } = await resolve(path);
    expect(Date.parse(second)).toBeGreaterThan(Date.parse(first));
    expect(await closeAfter(world, second, 5, -1)).toBe(0);
    expect(await read(path)).toMatchObject({ status: 'resolved', reopen_count: 1 });
    expect(await closeAfter(world, second, 5)).toBe(1);
    expect(await read(path)).toMatchObject({ status: 'closed', version: 5 });
  });

  it('16 that is excluded stays as it is, until it is not excluded any more', async () => {
    const path = await aResolvedPath();
    const { resolved_at: since } = await read(path);
    const excluded = await writer.send(`PATCH ${path}`, { exclude_from_auto_close: true });
    expect([excluded.status, excluded.body.status]).toEqual([200, 'resolved']);
    expect(await closeAfter(world, since, 365)).toBe(0);
    expect((await read(path)).status).toBe('resolved');
    await writer.send(`PATCH ${path}`, { exclude_from_auto_close: false });
    expect(await closeAfter(world, since, 365)).toBe(1);
  });

  it('17 that fell due while the worker was down for three days is closed once, with all the others', async () => {
    const paths = [];
    for (let index = 0; index < 5; index += 1) {
      paths.push(await aResolvedPath());
    }
    const { resolved_at: since } = await read(paths.at(-1) ?? '');
    // Two workers come up at once after three days, and one more an hour later.
    const closed = await Promise.all([closeAfter(world, since, 8), closeAfter(world, since, 8)]);
    expect(closed.reduce((sum, one) => sum + one, 0)).toBe(paths.length);
    expect(await closeAfter(world, since, 8, 3_600_000)).toBe(0);
    for (const path of paths) {
      const { body } = await writer.send<{ data: { kind: string; occurred_at: string }[] }>(`GET ${path}/events`);
      expect(body.data.map(({ kind }) => kind)).toEqual(['created', 'resolved', 'closed']);
      expect(await read(path)).toMatchObject({ status: 'closed', version: 3 });
    }
  });
});
