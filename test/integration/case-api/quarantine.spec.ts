import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { suspend } from './suspended.js';
import { aWorld, type World } from './world.js';

let world: World;
let writer: string;
beforeAll(async () => {
  world = await aWorld();
  const key = { accountId: OUR_ACCOUNT, name: 'writer', scopes: ['cases:read', 'cases:write'] };
  writer = await createApiKey(world.database.pool, key);
});
afterAll(() => world.close());

interface Listed {
  readonly data: readonly Record<string, unknown>[];
  readonly page: { readonly next_cursor: string | null; readonly has_more: boolean };
}

function post(id: string, decision: string, body?: unknown, key = writer) {
  return world.send(`POST /v1/quarantine/${id}/${decision}`, { key, body });
}

describe('the list', () => {
  it('shows what waits, newest first, by reason and page by page', async () => {
    const first = await suspend(world, 'spoofed_sender', '2026-03-01T09:00:00.000Z');
    const second = await suspend(world, 'too_many_cases', '2026-03-01T10:00:00.000Z');
    const third = await suspend(world, 'spoofed_sender', '2026-03-01T11:00:00.000Z');
    await suspend(world, 'spoofed_sender', '2026-03-01T12:00:00.000Z', OTHER_ACCOUNT);
    const all = await world.get<Listed>('/v1/quarantine');
    expect(all.body.data.map((one) => one['interaction_id'])).toEqual([third.id, second.id, first.id]);
    expect(all.body.data[0]).toMatchObject({
      reason: 'spoofed_sender',
      state: 'waiting',
      outcome: 'suspended',
      sender: { value: 'carol@example.org' },
      trust: { verdict: 'fail', reason: 'mx: DMARC failed for acme.example', checks: [] },
      reasons: ['It waits.'],
      case: null,
    });
    const page = await world.get<Listed>('/v1/quarantine?reason=spoofed_sender&limit=1');
    expect(page.body.data.map((one) => one['interaction_id'])).toEqual([third.id]);
    const next = await world.get<Listed>(
      `/v1/quarantine?reason=spoofed_sender&limit=1&cursor=${page.body.page.next_cursor ?? ''}`,
    );
    expect(next.body.data.map((one) => one['interaction_id'])).toEqual([first.id]);
    expect(next.body.page.has_more).toBe(false);
    expect((await world.get('/v1/quarantine?reason=odd')).status).toBe(422);
    expect((await world.get<Listed>('/v1/quarantine?state=rejected')).body.data).toEqual([]);
  });
});

describe('a decision', () => {
  it('is taken once and may be repeated; the other one then comes too late', async () => {
    const { id } = await suspend(world, 'spoofed_sender', '2026-03-02T09:00:00.000Z');
    const released = await post(id.toUpperCase(), 'release');
    expect(released).toMatchObject({
      status: 200,
      body: {
        state: 'released',
        outcome: 'created',
        settled_by: 'writer',
        note: null,
        case: { number: 1 },
      },
    });
    expect(await post(id, 'release', { reason: 'known by phone' })).toMatchObject({
      status: 200,
      body: { note: null },
    });
    const late = await post(id, 'reject', { reason: 'phishing' });
    expect(late).toMatchObject({ status: 409, body: { code: 'already-settled' } });
    const { rows } = await world.database.pool.query<{ count: number }>(
      'select count(*)::int as count from outbox where account_id = $1',
      [OUR_ACCOUNT],
    );
    // The verdict, and what became of the interaction: neither is told again.
    expect(rows).toEqual([{ count: 2 }]);
  });

  it('to reject says why', async () => {
    const { id } = await suspend(world, 'spoofed_sender', '2026-03-02T10:00:00.000Z');
    expect(await post(id, 'reject', {})).toMatchObject({ status: 422, body: { code: 'validation-failed' } });
    expect(await post(id, 'reject')).toMatchObject({ status: 422 });
    expect(await post(id, 'reject', { reason: ' ' })).toMatchObject({ status: 422 });
    expect(await post(id, 'reject', { reason: 'x', force: true })).toMatchObject({ status: 422 });
    expect(await post(id, 'reject', [])).toMatchObject({ status: 422 });
    const rejected = await post(id, 'reject', { reason: 'phishing' });
    expect(rejected).toMatchObject({ status: 200, body: { state: 'rejected', note: 'phishing' } });
    expect(await post(id, 'reject', { reason: 'again' })).toMatchObject({ status: 200, body: { note: 'phishing' } });
    expect(await post(id, 'release')).toMatchObject({ status: 409 });
  });

  it('needs the scope and one that waits in the own account', async () => {
    const { id } = await suspend(world, 'spoofed_sender', '2026-03-02T11:00:00.000Z');
    const theirs = await suspend(world, 'spoofed_sender', '2026-03-02T11:00:00.000Z', OTHER_ACCOUNT);
    expect(await post(id, 'release', undefined, world.ours)).toMatchObject({ status: 403 });
    expect(await post(theirs.id, 'release')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await post('x', 'release')).toMatchObject({ status: 404 });
    expect(await post('00000000-0000-4000-8000-000000000000', 'reject', { reason: 'x' })).toMatchObject({
      status: 404,
    });
  });
});
