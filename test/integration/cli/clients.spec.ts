import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiKeyHash, declareConfiguration, findClientOfKey } from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aDeclaration, aDeclaredAgent, testDatabase, type TestDatabase } from '#libs/testing';
import { casewright, type Run } from './terminal-of-test.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const apiKeys = [
    { name: 'ops', key: 'k'.repeat(40), scopes: ['cases:read'], allowedAgents: null, place: 'apiKeys[0]' },
  ];
  const agents = [aDeclaredAgent('ana@acme.example', 'Ana')];
  await declareConfiguration(database.pool, aDeclaration({ apiKeys, agents }));
});
afterAll(() => database?.drop());

const clients = (...words: readonly string[]): Promise<Run> =>
  casewright(['clients', ...words], { DATABASE_URL: database.connectionString, DATA_DIR: '/nonexistent/casewright' });

const keyIn = ({ output }: Run): string => /^cwk_[\w-]{43}$/m.exec(output)?.[0] ?? '';
const scopesOf = async (key: string): Promise<unknown> =>
  (await findClientOfKey(database.pool, apiKeyHash(key)))?.scopes ?? null;

describe('casewright clients', () => {
  it('makes one whose key works, rotates it once in 24 hours, and revokes it', async () => {
    const made = await clients('create', 'shop', '--scopes', 'cases-public:write, cases:read');
    expect([made.code, made.errors]).toEqual([0, '']);
    const first = keyIn(made);
    expect(await scopesOf(first)).toEqual(['cases:read', 'cases:write']);

    const rotated = await clients('rotate', 'shop');
    expect(rotated).toMatchObject({ code: 0, output: expect.stringMatching(/The one before works until \d{4}-/) });
    const second = keyIn(rotated);
    expect(await Promise.all([scopesOf(first), scopesOf(second)])).not.toContain(null);
    expect(await clients('rotate', 'shop')).toMatchObject({ code: 1, errors: expect.stringContaining('has two keys') });

    expect(await clients('revoke', 'shop')).toMatchObject({ code: 0, output: 'shop: revoked\n' });
    expect(await Promise.all([scopesOf(first), scopesOf(second)])).toEqual([null, null]);
    expect(await clients('revoke', 'shop')).toMatchObject({ code: 0 });
    expect(await clients('rotate', 'shop')).toMatchObject({ code: 1, errors: expect.stringContaining('for good') });
    const again = await clients('create', 'shop', '--scopes', 'cases:read');
    expect(again).toMatchObject({ code: 1, errors: expect.stringContaining('called "shop" already') });
  });

  it('says as JSON what the Case API says, with agents by their ids', async () => {
    const words = ['--scopes', 'cases:write,impersonate', '--agents', 'Ana@acme.example', '--json'];
    const { output } = await clients('create', 'desk', ...words);
    const made = JSON.parse(output) as { readonly id: string; readonly key: string };
    expect(made).toMatchObject({
      name: 'desk',
      scopes: ['cases:write', 'impersonate'],
      allowed_agents: [declaredId(defaultAccountId, 'agent', 'ana@acme.example')],
      state: 'active',
      managed_by: 'api',
      keys: [{ expires_at: null }],
      version: 1,
      last_used_at: null,
    });
    expect(await scopesOf(made.key)).toEqual(['cases:write', 'impersonate']);
    const unknown = await clients('create', 'x', '--scopes', 'impersonate', '--agents', 'nobody@acme.example');
    expect(unknown).toMatchObject({ code: 1, errors: expect.stringContaining('no agent "nobody@acme.example"') });
    expect(JSON.parse((await clients('revoke', made.id, '--json')).output)).toMatchObject({
      state: 'revoked',
      keys: [],
    });
  });

  it('lists them without their keys', async () => {
    const key = keyIn(await clients('create', 'bot', '--scopes', 'ops:read'));
    const { output } = await clients('list');
    expect(output).toMatch(/^NAME +STATE +SCOPES/);
    expect(output).toMatch(/^bot +active +ops:read +1 +never/m);
    expect(output).toMatch(/^ops +active +cases:read +1 +never +apiKeys\[0\]/m);
    const listed = (await clients('list', '--json')).output;
    expect(listed.split('\n').find((line) => line.includes('"ops"'))).toContain('"managed_by":"file"');
    expect(output + listed).not.toContain(key);
  });

  it('leaves to the file what the file declares', async () => {
    for (const command of ['rotate', 'revoke']) {
      const { code, errors } = await clients(command, 'ops');
      expect([code, errors]).toEqual([1, expect.stringContaining('declared at apiKeys[0] of the configuration')]);
    }
    expect(await clients('revoke', 'nobody')).toMatchObject({ code: 1, errors: expect.stringContaining('no client') });
  });
});
