import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declareConfiguration } from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, PATIENCE_MS, waitUntil, createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, storeCase, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
  const agents = [
    aDeclaredAgent('ana@acme.example', 'Ana'),
    { ...aDeclaredAgent('rui@acme.example', 'Rui'), role: 'admin' },
    { ...aDeclaredAgent('gone@acme.example', 'Gone'), active: false },
  ];
  const account = aDeclaredAccount({ id: OUR_ACCOUNT });
  await declareConfiguration(world.database.pool, aDeclaration({ account, agents }));
});
afterAll(() => world?.close());

const idOf = (email: string): string => declaredId(OUR_ACCOUNT, 'agent', email);
const ANA = idOf('ana@acme.example');

let lastName = 0;

async function aKey(scopes: readonly string[], allowedAgents: readonly string[] | null = null): Promise<string> {
  lastName += 1;
  const name = `client ${lastName}`;
  const key = await createApiKey(world.database.pool, { accountId: OUR_ACCOUNT, name, scopes });
  await world.database.pool.query('update api_client set allowed_agents = $2 where name = $1', [name, allowedAgents]);
  return key;
}

describe('scopes', () => {
  it.each([
    ['/v1/cases', ['cases:read'], 200],
    ['/v1/cases', ['cases:write'], 200],
    ['/v1/cases', ['cases:admin'], 200],
    ['/v1/cases', ['cases-public:read'], 200],
    ['/v1/cases', ['cases-public:write'], 200],
    ['/v1/cases', ['case-fields-public:read'], 200],
    ['/v1/cases', ['contacts:admin', 'config:write', 'ops:write', 'impersonate'], 403],
    ['/v1/cases', ['cases:everything'], 403],
    ['/v1/quarantine', ['cases:read'], 200],
    ['/v1/quarantine', ['ops:read'], 200],
    ['/v1/quarantine', ['config:write'], 403],
    ['/v1/mailboxes', ['ops:write'], 200],
    ['/v1/mailboxes', ['contacts:read'], 403],
  ])('%s with %j answers %d', async (path, scopes, status) => {
    expect((await world.get(path, { key: await aKey(scopes) })).status).toBe(status);
  });

  it('that are missing are named', async () => {
    const { body, headers } = await world.get('/v1/mailboxes', { key: await aKey(['contacts:read']) });
    expect(body).toMatchObject({
      code: 'insufficient-scope',
      detail: expect.stringContaining('ops:read or cases:read'),
    });
    expect(headers['www-authenticate']).toBe('Bearer realm="casewright", error="insufficient_scope", scope="ops:read"');
  });
});

describe('On-Behalf-Of', () => {
  const asFor = async (header: string, scopes: readonly string[], allowed: readonly string[] | null = null) => {
    const key = await aKey(scopes, allowed);
    const { status, body } = await world.get('/v1/cases', { key, headers: { 'on-behalf-of': header } });
    const errors = (body['errors'] ?? []) as readonly { readonly pointer: string }[];
    return [status, body['code'], ...errors.map(({ pointer }) => pointer)];
  };
  const BOTH = ['cases:read', 'impersonate'];
  const REFUSED = [403, 'impersonation-refused'];
  const INACTIVE = [422, 'agent-inactive', '/header/On-Behalf-Of'];
  const MALFORMED = [400, 'malformed-request', '/header/On-Behalf-Of'];

  it('names an agent by id or address', async () => {
    for (const header of [`agent:${ANA}`, `agent:${ANA.toUpperCase()}`, 'agent:email:Ana@ACME.example']) {
      expect([header, ...(await asFor(header, BOTH))]).toEqual([header, 200, undefined]);
    }
  });

  it('needs the scope, and an agent whom the client may act for', async () => {
    expect(await asFor(`agent:${ANA}`, ['cases:admin'])).toEqual(REFUSED);
    expect(await asFor(`agent:${ANA}`, BOTH, [ANA])).toEqual([200, undefined]);
    expect(await asFor(`agent:${ANA}`, BOTH, [])).toEqual(REFUSED);
    expect(await asFor('agent:email:rui@acme.example', BOTH, [ANA])).toEqual(REFUSED);
    expect(await asFor('agent:email:nobody@acme.example', BOTH, [ANA])).toEqual(REFUSED);
    expect(await asFor(`agent:${ANA}`, ['impersonate'])).toEqual([403, 'insufficient-scope']);
  });

  it('names an agent who is there and active', async () => {
    expect(await asFor('agent:email:nobody@acme.example', BOTH)).toEqual(INACTIVE);
    expect(await asFor('agent:email:gone@acme.example', BOTH)).toEqual(INACTIVE);
    expect(await asFor(`agent:${idOf('gone@acme.example')}`, BOTH, [idOf('gone@acme.example')])).toEqual(INACTIVE);
    expect(await asFor('agent:00000000-0000-4000-8000-000000000000', BOTH)).toEqual(INACTIVE);
  });

  it.each([
    '',
    'ana@acme.example',
    'agent:',
    'agent:ana@acme.example',
    'agent:email:',
    'agent:email:ana',
    'group:1',
    `agent:${ANA} x`,
  ])('cannot be %j', async (header) => {
    expect(await asFor(header, BOTH)).toEqual(MALFORMED);
  });
});

describe('a key', () => {
  it('ends with its time and at once with its client', async () => {
    const { pool } = world.database;
    const key = await aKey(['cases:read']);
    const statusNow = async (): Promise<number> => (await world.get('/v1/cases', { key })).status;
    const ofThis = `where client_id = (select id from api_client where name = 'client ${lastName}')`;
    expect(await statusNow()).toBe(200);
    await pool.query(`update api_client_key set expires_at = now() + interval '1 minute' ${ofThis}`);
    expect(await statusNow()).toBe(200);
    await pool.query(`update api_client_key set expires_at = now() ${ofThis}`);
    expect(await statusNow()).toBe(401);
    await pool.query(`update api_client_key set expires_at = null ${ofThis}`);
    await pool.query(`update api_client set state = 'revoked' where name = 'client ${lastName}'`);
    expect(await statusNow()).toBe(401);
  });

  it('is noted when it is used', async () => {
    const { pool } = world.database;
    const key = await aKey(['cases:read']);
    const used = async (): Promise<Date | null | undefined> => {
      const text = 'select last_used_at as at from api_client where name = $1';
      return (await pool.query<{ at: Date | null }>(text, [`client ${lastName}`])).rows[0]?.at;
    };
    expect(await used()).toBeNull();
    await Promise.all(Array.from({ length: 5 }, () => world.get('/v1/cases', { key })));
    await waitUntil(
      async () => (await used()) !== null,
      PATIENCE_MS,
      () => 'the use was never noted',
    );
  });

  it('is in no log', async () => {
    await storeCase(world);
    await world.get('/v1/cases', { headers: { 'on-behalf-of': 'agent:email:nobody@acme.example' } });
    expect(world.log.join('\n')).not.toContain(world.ours);
  });
});
