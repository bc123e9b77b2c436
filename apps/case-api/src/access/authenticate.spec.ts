import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateApiKey, revokeClient } from '#libs/case-store';
import { createApiKey, testDatabase, type TestDatabase } from '#libs/testing';
import { authenticate } from './authenticate.js';

const accountId = '00000000-0000-4000-8000-00000000000a';
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query(`insert into account (id, name, time_zone, auto_create) values ($1, 'Acme', 'UTC', '{}')`, [
    accountId,
  ]);
});
afterAll(() => database.drop());

describe('authentication', () => {
  it('knows a key by its hash, and forgets it when its client is revoked', async () => {
    const first = await createApiKey(database.pool, { accountId, name: 'ops', scopes: ['cases:read'] });
    expect(await authenticate(database.pool, `bearer ${first}`)).toEqual({
      kind: 'known',
      client: expect.objectContaining({ accountId, clientName: 'ops', scopes: ['cases:read'], allowedAgents: null }),
    });
    await revokeClient(database.pool, accountId, { name: 'ops' });
    expect(await authenticate(database.pool, `Bearer ${first}`)).toEqual({ kind: 'invalid' });
  });

  it.each([
    [undefined, 'missing'],
    ['', 'invalid'],
    ['Basic b3BzOm9wcw==', 'invalid'],
    ['Bearer', 'invalid'],
    ['Bearer two keys', 'invalid'],
    [`Bearer ${generateApiKey()}`, 'invalid'],
    [`Bearer ${'x'.repeat(10_000)}`, 'invalid'],
  ])('%j is %s', async (header, kind) => {
    expect(await authenticate(database.pool, header)).toEqual({ kind });
  });

  it('makes keys that nobody guesses and scanners find', () => {
    const keys = new Set(Array.from({ length: 100 }, generateApiKey));
    expect(keys.size).toBe(100);
    expect([...keys].every((key) => /^cwk_[\w-]{43}$/.test(key))).toBe(true);
  });
});
