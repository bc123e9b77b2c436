import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import {
  apiKeyHash,
  CASE_STORE_MIGRATIONS,
  declareConfiguration,
  findClientOfKey,
  type Declaration,
} from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { migrate } from '#libs/postgres';
import { aDeclaration, testDatabase, type TestDatabase, createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from './identities.js';

const OPS = { name: 'ops', key: 'k'.repeat(40), scopes: ['cases:read'], allowedAgents: null, place: 'apiKeys[0]' };

type Declared = Declaration['apiKeys'][number];

const declare = ({ pool }: TestDatabase, ...apiKeys: readonly Declared[]): Promise<void> =>
  declareConfiguration(pool, aDeclaration({ apiKeys }));

async function clientOf({ pool }: TestDatabase, key: string): Promise<Record<string, unknown> | null> {
  const found = await findClientOfKey(pool, apiKeyHash(key));
  return found === null ? null : { name: found.clientName, scopes: found.scopes };
}

/** Everything but ids and times. */
async function rows({ pool }: TestDatabase): Promise<readonly Record<string, unknown>[]> {
  const columns = 'name, scopes, state, managed_by, place, version';
  return (await pool.query<Record<string, unknown>>(`select ${columns} from api_client order by name`)).rows;
}

async function within(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await testDatabase();
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

describe('a client of the file', () => {
  it('is declared once, changes with the file and is revoked when it leaves it', () =>
    within(async (database) => {
      await declare(database, OPS);
      await declare(database, OPS);
      const row = { name: 'ops', scopes: ['cases:read'], state: 'active', managed_by: 'file', place: 'apiKeys[0]' };
      expect(await rows(database)).toEqual([{ ...row, version: 1 }]);
      await declare(database, { ...OPS, key: 'n'.repeat(40), scopes: ['cases:write'] });
      expect(await clientOf(database, OPS.key)).toBeNull();
      expect(await clientOf(database, 'n'.repeat(40))).toEqual({ name: 'ops', scopes: ['cases:write'] });
      await declare(database);
      expect(await clientOf(database, 'n'.repeat(40))).toBeNull();
      expect(await rows(database)).toMatchObject([{ state: 'revoked', managed_by: 'api', place: null, version: 3 }]);
      await declare(database, OPS);
      expect(await clientOf(database, OPS.key)).toEqual({ name: 'ops', scopes: ['cases:read'] });
      expect(await rows(database)).toEqual([{ ...row, version: 4 }]);
    }));

  it('keeps its key under another name, and two may swap theirs', () =>
    within(async (database) => {
      await declare(database, OPS);
      await declare(database, { ...OPS, name: 'operations' });
      expect(await clientOf(database, OPS.key)).toMatchObject({ name: 'operations' });
      const other = { ...OPS, name: 'other', key: 'o'.repeat(40), place: 'apiKeys[1]' };
      await declare(database, OPS, other);
      await declare(database, { ...OPS, key: other.key }, { ...other, key: OPS.key });
      expect(await clientOf(database, OPS.key)).toMatchObject({ name: 'other' });
      expect(await clientOf(database, other.key)).toMatchObject({ name: 'ops' });
    }));

  it('acts for the agents that the file gives it', () =>
    within(async (database) => {
      await declare(database, { ...OPS, allowedAgents: ['Ana@acme.example'] });
      const allowed = async () => (await findClientOfKey(database.pool, apiKeyHash(OPS.key)))?.allowedAgents;
      expect(await allowed()).toEqual([declaredId(OUR_ACCOUNT, 'agent', 'ana@acme.example')]);
      await declare(database, OPS);
      expect(await allowed()).toBeNull();
      expect(await rows(database)).toMatchObject([{ version: 2 }]);
    }));

  it('takes over one of its name that was made otherwise, and leaves the rest alone', () =>
    within(async (database) => {
      await declare(database);
      const [mine, theirs] = [
        await createApiKey(database.pool, { accountId: OUR_ACCOUNT, name: 'ops', scopes: ['cases:admin'] }),
        await createApiKey(database.pool, { accountId: OUR_ACCOUNT, name: 'bot', scopes: ['cases:write'] }),
      ];
      await declare(database, OPS);
      expect(await clientOf(database, mine)).toBeNull();
      expect(await clientOf(database, OPS.key)).toEqual({ name: 'ops', scopes: ['cases:read'] });
      expect(await clientOf(database, theirs)).toEqual({ name: 'bot', scopes: ['cases:write'] });
    }));
});

describe('keys from before there were clients', () => {
  it('go on, revoked ones stay so, and the file takes over what it declares', async () => {
    const database = await testDatabase({ template: 'empty' });
    const folder = await mkdtemp(join(tmpdir(), 'casewright-migrations-'));
    try {
      for (const file of (await readdir(CASE_STORE_MIGRATIONS.directory)).filter((name) => name <= '000003.sql')) {
        await cp(new URL(file, CASE_STORE_MIGRATIONS.directory), join(folder, file));
      }
      await migrate(database.pool, { ...CASE_STORE_MIGRATIONS, directory: pathToFileURL(`${folder}/`) });
      await database.pool.query(
        `insert into account (id, name, time_zone, auto_create) values ($1, 'Acme', 'UTC', '{}')`,
        [OUR_ACCOUNT],
      );
      await database.pool.query(
        `insert into api_key (account_id, name, key_hash, scopes, revoked_at) values
           ($1, 'ops', $2, '{cases:read}', null), ($1, 'bot', $3, '{cases:read,cases:write}', null),
           ($1, 'gone', $4, '{cases:read}', now())`,
        [OUR_ACCOUNT, ...[OPS.key, 'bot', 'gone'].map(apiKeyHash)],
      );
      await migrate(database.pool, CASE_STORE_MIGRATIONS);
      await declare(database, OPS);
      expect(await clientOf(database, OPS.key)).toEqual({ name: 'ops', scopes: ['cases:read'] });
      expect(await clientOf(database, 'bot')).toEqual({ name: 'bot', scopes: ['cases:read', 'cases:write'] });
      expect(await clientOf(database, 'gone')).toBeNull();
      expect(await rows(database)).toMatchObject([
        { name: 'bot', state: 'active', managed_by: 'api' },
        { name: 'gone', state: 'revoked', managed_by: 'api' },
        { name: 'ops', state: 'active', managed_by: 'file' },
      ]);
    } finally {
      await database.drop();
      await rm(folder, { recursive: true });
    }
  });
});
