import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#libs/interaction';
import { createApiKey } from '#libs/testing';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { makeSearchable } from './searchable.js';
import { aWorld, storeCase, type World } from './world.js';

interface Page {
  readonly data: { readonly id: string }[];
  readonly page: { readonly next_cursor: string | null; readonly has_more: boolean };
}

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

/** Follows the cursors to the end; `between` runs after each page. */
async function allPages(first: string, between: () => Promise<unknown> = () => Promise.resolve()): Promise<string[]> {
  const ids: string[] = [];
  let path: string | null = first;
  while (path !== null) {
    const { body, headers }: Awaited<ReturnType<typeof world.get<Page>>> = await world.get<Page>(path);
    ids.push(...body.data.map((one) => one.id));
    path = /^<(.+)>; rel="next"$/.exec(headers['link'] ?? '')?.[1] ?? null;
    expect(path !== null).toBe(body.page.has_more);
    await between();
  }
  return ids;
}

describe('access', () => {
  it('asks for a key, and says no more about a wrong one', async () => {
    const without = await world.get('/v1/cases', { key: null });
    expect(without.status).toBe(401);
    expect(without.headers['www-authenticate']).toBe('Bearer realm="casewright"');
    expect(without.headers['content-type']).toBe('application/problem+json');
    const wrong = await world.get('/v1/cases', { key: 'cwk_0123456789' });
    expect(wrong.headers['www-authenticate']).toContain('error="invalid_token"');
    expect(wrong.body).toMatchObject({ status: 401, code: 'unauthenticated', instance: '/v1/cases' });
  });

  it('refuses a revoked key and one without the scope', async () => {
    const { pool } = world.database;
    const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'writer', scopes: ['contacts:write'] });
    const scopeless = await world.get('/v1/cases', { key });
    expect(scopeless.status).toBe(403);
    expect(scopeless.headers['www-authenticate']).toContain('scope="cases:read"');
    await pool.query(`update api_client set state = 'revoked', scopes = '{cases:read}' where name = 'writer'`);
    expect((await world.get('/v1/cases', { key })).status).toBe(401);
  });

  it('keeps only the hash of a key', async () => {
    const { rows } = await world.database.pool.query<{ text: string }>(
      'select api_client_key::text as text from api_client_key',
    );
    expect(rows.every((row) => !row.text.includes(world.ours))).toBe(true);
  });

  it('71 shows nothing of another account by id, number, cursor or key', async () => {
    const theirs = await storeCase(world, { accountId: OTHER_ACCOUNT });
    await storeCase(world, { accountId: OTHER_ACCOUNT });
    const paths = [theirs.id, `number:${theirs.number}`].flatMap((id) => [
      `/v1/cases/${id}`,
      `/v1/cases/${id}/events`,
      `/v1/cases/${id}/interactions`,
    ]);
    for (const path of [...paths, `/v1/interactions/${theirs.originInteractionId}`]) {
      expect((await world.get(path)).status).toBe(404);
      expect((await world.get(path, { key: world.theirs })).status).toBe(200);
    }
    const page = await world.get<Page>('/v1/cases?limit=1', { key: world.theirs });
    const stolen = await world.get(`/v1/cases?limit=1&cursor=${page.body.page.next_cursor}`);
    expect(stolen.body).toMatchObject({ status: 400, code: 'malformed-query', errors: [{ pointer: '/query/cursor' }] });
  });
});

describe('a case', () => {
  it('is read by id and by number, in snake_case with one status', async () => {
    const state = await storeCase(world, {
      category: 'resolved',
      resolvedAt: '2026-03-01T12:00:00.000Z',
      resolutionSource: 'automation',
      closedAt: '2026-03-06T12:00:00.000Z',
      closedReason: 'auto_close',
    });
    const byId = await world.get(`/v1/cases/${state.id}`);
    expect(byId.body).toMatchObject({
      id: state.id,
      number: Number(state.number),
      status: 'closed',
      status_label: 'Resolved',
      closed_at: '2026-03-06T12:00:00.000Z',
      group: { id: state.groupId, name: 'Support' },
      assignee: null,
      merged_into: null,
    });
    expect((await world.get(`/v1/cases/number:${state.number}`)).body).toEqual(byId.body);
  });

  it('has its version as a strong ETag and answers 304 to who has it', async () => {
    const { id } = await storeCase(world, { version: 7 });
    const first = await world.get(`/v1/cases/${id}`);
    expect(first.headers['etag']).toBe('"7"');
    for (const tag of ['"7"', 'W/"7"', '"1", "7"', '*']) {
      const again = await world.get(`/v1/cases/${id}`, { headers: { 'if-none-match': tag } });
      expect([again.status, again.headers['etag'], again.body]).toEqual([304, '"7"', {}]);
    }
    expect((await world.get(`/v1/cases/${id}`, { headers: { 'if-none-match': '"6"' } })).status).toBe(200);
  });

  it('names the survivor of its merges', async () => {
    const survivor = await storeCase(world);
    const middle = await storeCase(world, { mergedIntoId: survivor.id });
    const merged = await storeCase(world, { mergedIntoId: middle.id });
    const { body } = await world.get(`/v1/cases/${merged.id}`);
    expect(body['merged_into']).toEqual({
      id: survivor.id,
      number: Number(survivor.number),
      subject: survivor.subject,
      status: 'new',
    });
  });

  it('shows its history and what was said, and the interaction shows why', async () => {
    const state = await storeCase(world);
    const events = await world.get(`/v1/cases/${state.id}/events`);
    expect(events.body['data']).toMatchObject([
      { seq: 1, kind: 'created', changes: [{ field: 'status', from: null, to: 'new' }] },
    ]);
    const said = await world.get<Page>(`/v1/cases/${state.id}/interactions`);
    expect(said.body.data).toMatchObject([{ id: state.originInteractionId, outcome: 'created' }]);
    const { body } = await world.get(`/v1/interactions/${state.originInteractionId}`);
    expect(body).toMatchObject({
      case: { id: state.id, number: Number(state.number) },
      decision: { thread: { rule: 'none' }, assignment: { candidates_count: 0 }, reasons: ['It refers to nothing.'] },
    });
  });
});

describe('the list of cases', () => {
  it('69 keeps its place while rows are inserted', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 3 }),
      async (limit, more) => {
        const tag = newId();
        const before = [];
        for (let count = 0; count < 9; count += 1) {
          before.push((await storeCase(world, { tags: [tag] })).id);
        }
        const seen = await allPages(`/v1/cases?tag=${tag}&limit=${limit}`, async () => {
          for (let count = 0; count < more; count += 1) {
            await storeCase(world, { tags: [tag] });
          }
        });
        expect(seen).toEqual(before.reverse());
      },
    );
    await fc.assert(property, { numRuns: 8 });
  });

  it('narrows by every filter', async () => {
    const tag = newId();
    const wanted = await storeCase(world, {
      tags: [tag, 'vip'],
      priority: 'high',
      type: 'question',
      subject: '100% of_it',
      createdAt: '2026-05-01T00:00:00.000Z',
    });
    const other = await storeCase(world, {
      tags: [tag],
      subject: '100 offit',
      createdAt: '2026-06-01T00:00:00.000Z',
      category: 'resolved',
      resolvedAt: '2026-06-02T00:00:00.000Z',
      resolutionSource: 'automation',
    });
    await makeSearchable(world.database.pool);
    const idsOf = async (query: string): Promise<string[]> => allPages(`/v1/cases?tag=${tag}&${query}`);
    for (const query of [
      'status=new',
      'priority=high,urgent',
      'type=question&type=task',
      'q=100%25%20OF_',
      'created_to=2026-05-02',
      'created_from=2026-05-01T00:00:00Z&created_to=2026-05-01T01:00:00.001%2B01:00',
    ]) {
      expect([query, await idsOf(query)]).toEqual([query, [wanted.id]]);
    }
    expect(await idsOf('status=resolved')).toEqual([other.id]);
    expect(await idsOf('status=closed')).toEqual([]);
    expect(await idsOf(`group_id=${wanted.groupId}&unassigned=true&source=email`)).toEqual([other.id, wanted.id]);
    expect(await idsOf(`requester_id=${wanted.requester.id}&unassigned=false`)).toEqual([]);
    expect(await idsOf(`assignee_id=${wanted.id}`)).toEqual([]);
  });

  it('binds a cursor to its filters and leaves the trash out', async () => {
    const tag = newId();
    await storeCase(world, { tags: [tag] });
    await storeCase(world, { tags: [tag] });
    await storeCase(world, { tags: [tag], deletedAt: '2026-03-01T09:00:00.000Z' });
    expect(await allPages(`/v1/cases?tag=${tag}`)).toHaveLength(2);
    const { body } = await world.get<Page>(`/v1/cases?tag=${tag}&limit=1`);
    const elsewhere = await world.get(`/v1/cases?limit=1&cursor=${body.page.next_cursor}`);
    expect(elsewhere.status).toBe(400);
  });
});
