import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/interaction';
import { createApiKey } from '#libs/testing';
import {
  aClientsWorld,
  ANA,
  codeOf,
  DECLARED,
  EVERY_SCOPE,
  type ClientBody,
  type ClientsWorld,
} from './clients-world.js';
import { descriptionOf, faultsOf } from './description.js';
import { OTHER_ACCOUNT } from './identities.js';
import type { Answer } from './world.js';

let clients: ClientsWorld;
beforeAll(async () => {
  clients = await aClientsWorld();
});
afterAll(() => clients?.world.close());

describe('a client', () => {
  it('is made with a key that is shown once, and found by id and name', async () => {
    const answer = await clients.send('POST /v1/clients', { name: ' shop ', scopes: ['cases-public:write'] });
    const { key, ...rest } = answer.body;
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      location: `/v1/clients/${rest.id}`,
      etag: '"1"',
      'cache-control': 'no-store',
    });
    expect(key).toMatch(/^cwk_[\w-]{43}$/);
    expect(rest).toMatchObject({
      name: 'shop',
      scopes: ['cases:write'],
      allowed_agents: 'all',
      state: 'active',
      managed_by: 'api',
      keys: [{ expires_at: null }],
      last_used_at: null,
    });
    expect(await clients.reads(key)).toBe(200);
    for (const path of [`/v1/clients/${rest.id.toUpperCase()}`, '/v1/clients/name:shop']) {
      const { body, headers } = await clients.world.get<ClientBody>(path, { key: clients.owner });
      expect([body, headers['etag']]).toEqual([{ ...rest, last_used_at: body.last_used_at }, '"1"']);
    }
    const { rows } = await clients.world.database.pool.query<{ text: string }>(
      'select row_to_json(c)::text || row_to_json(k)::text as text from api_client c, api_client_key k',
    );
    expect(rows.some(({ text }) => text.includes(key))).toBe(false);
  });

  it('and every answer about it has the shape that the description gives it', async () => {
    const description = await descriptionOf(clients.world);
    const { id } = await clients.aClient();
    const lines: readonly (readonly [operation: string, line: string, body?: unknown])[] = [
      ['GET /v1/clients', 'GET /v1/clients'],
      ['GET /v1/clients/{id}', `GET /v1/clients/${id}`],
      ['GET /v1/clients/{id}', 'GET /v1/clients/x'],
      ['POST /v1/clients', 'POST /v1/clients', { name: 'shaped', scopes: ['impersonate'], allowed_agents: [ANA] }],
      ['POST /v1/clients', 'POST /v1/clients', { name: 'shaped', scopes: ['impersonate'] }],
      ['POST /v1/clients', 'POST /v1/clients', { colour: 'red' }],
      ['PATCH /v1/clients/{id}', `PATCH /v1/clients/${id}`, { scopes: ['ops:read'] }],
      ['PATCH /v1/clients/{id}', 'PATCH /v1/clients/name:ops', { scopes: ['ops:read'] }],
      ['POST /v1/clients/{id}/rotate', `POST /v1/clients/${id}/rotate`],
      ['POST /v1/clients/{id}/rotate', `POST /v1/clients/${id}/rotate`],
      ['POST /v1/clients/{id}/revoke', `POST /v1/clients/${id}/revoke`],
    ];
    const statuses = [];
    for (const [operation, line, sent] of lines) {
      const { status, body } = await clients.send(line, sent);
      expect([line, status, faultsOf(description, operation, status, body)]).toEqual([line, status, []]);
      statuses.push(status);
    }
    expect(statuses).toEqual([200, 200, 404, 201, 409, 422, 200, 409, 200, 409, 200]);
  });

  it('is listed by name, page by page, in its account alone', async () => {
    const theirs = await createApiKey(clients.world.database.pool, {
      accountId: OTHER_ACCOUNT,
      name: 'theirs',
      scopes: EVERY_SCOPE,
    });
    const one = await clients.aClient({ name: 'a first one' });
    const page = await clients.world.get<{ data: ClientBody[]; page: { next_cursor: string } }>('/v1/clients?limit=1', {
      key: clients.owner,
    });
    expect(page.body.data.map(({ id }) => id)).toEqual([one.id]);
    const next = await clients.world.get<{ data: ClientBody[] }>(`/v1/clients?cursor=${page.body.page.next_cursor}`, {
      key: clients.owner,
    });
    expect(next.body.data.map(({ name }) => name)).toEqual(expect.arrayContaining(['ops', 'owner', 'reader']));
    expect(next.body.data.map(({ name }) => name)).not.toContain('theirs');
    for (const path of [`/v1/clients/${one.id}`, '/v1/clients/name:owner', `/v1/clients/${newId()}`, '/v1/clients/x']) {
      expect([path, (await clients.world.get(path, { key: theirs })).status]).toEqual([path, 404]);
    }
  });

  it('changes by a merge patch, with the version that was seen', async () => {
    const { id, key } = await clients.aClient();
    const patch = (body: unknown, version: string): Promise<Answer<ClientBody>> =>
      clients.send(`PATCH /v1/clients/${id}`, body, { headers: { 'if-match': version } });
    const named = await patch({ name: 'renamed', allowed_agents: ['email:Ana@acme.example', ANA] }, '"1"');
    expect([named.status, named.headers['etag'], named.body]).toMatchObject([
      200,
      '"2"',
      { name: 'renamed', allowed_agents: [ANA], version: 2, scopes: ['cases:read'] },
    ]);
    expect(await patch({ name: 'x' }, '"1"')).toMatchObject({ status: 412, body: { current_version: 2 } });
    expect(await patch({ name: 'renamed' }, '"2"')).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await clients.reads(key)).toBe(200);
    expect(await patch({ scopes: ['ops:read'] }, '*')).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await clients.reads(key)).toBe(403);
  });

  it.each([
    [{}, [422, 'field-required', '/name field-required', '/scopes field-required']],
    [[], [422, 'validation-failed', ' validation-failed']],
    [{ name: 'x', scopes: [] }, [422, 'validation-failed', '/scopes validation-failed']],
    [{ name: 'x', scopes: ['cases:read', 'all'] }, [422, 'validation-failed', '/scopes/1 validation-failed']],
    [
      { name: 'a\nb', scopes: null, allowed_agents: null },
      [
        422,
        'validation-failed',
        '/name validation-failed',
        '/scopes validation-failed',
        '/allowed_agents validation-failed',
      ],
    ],
    [
      { name: 'x', scopes: ['cases:read'], allowed_agents: [ANA, newId(), 7] },
      [422, 'validation-failed', '/allowed_agents/2 validation-failed'],
    ],
    [
      { name: 'x', scopes: ['cases:read'], allowed_agents: [newId()] },
      [422, 'validation-failed', '/allowed_agents/0 validation-failed'],
    ],
    [{ name: 'x', scopes: new Array(101).fill('cases:read') }, [422, 'too-many-items', '/scopes too-many-items']],
    [{ name: 'x', scopes: ['cases:read'], id: newId() }, [422, 'read-only', '/id read-only']],
    [
      { name: 'x', scopes: ['cases:read'], colour: 1, 'a/b': 2 },
      [422, 'unknown-field', '/colour unknown-field', '/a~1b unknown-field'],
    ],
    [{ name: 'ops', scopes: ['cases:read'] }, [409, 'name-taken', '/name name-taken']],
  ])('cannot be made of %j', async (body, ending) => {
    expect(codeOf(await clients.send('POST /v1/clients', body))).toEqual(ending);
  });

  it('does not take the name of another', async () => {
    const [one, other] = [await clients.aClient(), await clients.aClient()];
    expect(codeOf(await clients.send(`PATCH /v1/clients/${one.id}`, { name: other.name }))).toEqual([
      409,
      'name-taken',
      '/name name-taken',
    ]);
    const twins = await Promise.all(
      [1, 2, 3].map(() => clients.send('POST /v1/clients', { name: 'twin', scopes: ['cases:read'] })),
    );
    expect(twins.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('of the file is changed there', async () => {
    for (const line of [
      'PATCH /v1/clients/name:ops',
      'POST /v1/clients/name:ops/rotate',
      'POST /v1/clients/name:ops/revoke',
    ]) {
      const answer = await clients.send(line, {});
      expect(codeOf(answer)).toEqual([409, 'managed-by-configuration']);
      expect(answer.body).toMatchObject({ detail: expect.stringContaining('apiKeys[0]') });
    }
    expect(await clients.reads(DECLARED.key)).toBe(200);
  });
});
