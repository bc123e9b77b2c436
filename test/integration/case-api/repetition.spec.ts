import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { type Declaration, declareConfiguration, deleteOldAnswers, lockIdempotencyKey } from '#libs/case-store';
import { newId } from '#libs/interaction';
import { aDeclaration, aDeclaredAccount, PATIENCE_MS, waitUntil, createApiKey } from '#libs/testing';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { suspend } from './suspended.js';
import { aWorld, type World } from './world.js';

const SCOPES = ['cases:write', 'impersonate'];

let world: World;
let writer: string;
let another: string;
let foreign: string;
beforeAll(async () => {
  world = await aWorld();
  const { pool } = world.database;
  writer = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'writer', scopes: SCOPES });
  another = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'another', scopes: SCOPES });
  await pool.query(`insert into agent (account_id, id, email, name) values ($1, $2, 'ana@acme.example', 'Ana')`, [
    OUR_ACCOUNT,
    newId(),
  ]);
  foreign = await createApiKey(pool, { accountId: OTHER_ACCOUNT, name: 'writer', scopes: SCOPES });
});
afterEach(() => world.database.pool.query('delete from idempotency_key'));
afterAll(() => world.close());

const AT = '2026-03-02T09:00:00.000Z';
const waiting = async (accountId = OUR_ACCOUNT): Promise<string> => {
  return (await suspend(world, 'spoofed_sender', AT, accountId)).id;
};

function reject(id: string, idempotencyKey: string, options: { key?: string; reason?: string; headers?: object } = {}) {
  const { key = writer, reason = 'phishing', headers } = options;
  const named = { 'idempotency-key': idempotencyKey, ...headers };
  return world.send(`POST /v1/quarantine/${id}/reject`, { key, headers: named, body: { reason } });
}

async function kept(): Promise<number> {
  const { rows } = await world.database.pool.query<{ n: number }>('select count(*)::int as n from idempotency_key');
  return rows[0]?.n ?? 0;
}

async function outbox(): Promise<number> {
  const { rows } = await world.database.pool.query<{ n: number }>('select count(*)::int as n from outbox');
  return rows[0]?.n ?? 0;
}

async function idOf(clientName: string): Promise<string> {
  const { rows } = await world.database.pool.query<{ id: string }>(
    'select id from api_client where account_id = $1 and name = $2',
    [OUR_ACCOUNT, clientName],
  );
  return rows[0]?.id ?? '';
}

describe('a request that comes again with its key', () => {
  it('is answered as before, byte for byte, and nothing is done twice', async () => {
    const id = await waiting();
    const first = await reject(id, 'a-1');
    const before = await outbox();
    expect([first.status, first.headers['idempotency-replayed'], await kept()]).toEqual([200, undefined, 1]);
    await world.database.pool.query(`update quarantine set note = 'something else' where interaction_id = $1`, [id]);
    // Quoted as RFC 8941 has it, it is the same key.
    const again = await reject(id, '"a-1"');
    expect(again).toMatchObject({ status: 200, body: first.body, headers: { 'idempotency-replayed': 'true' } });
    expect(again.headers['content-length']).toBe(first.headers['content-length']);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect([await outbox(), await kept()]).toEqual([before, 1]);
  });

  it('is refused when anything of it differs: path, query, body, agent', async () => {
    const id = await waiting();
    expect((await reject(id, 'b-1')).status).toBe(200);
    const others = [
      await reject(await waiting(), 'b-1'),
      await reject(id, 'b-1', { reason: 'spam' }),
      await reject(id, 'b-1', { headers: { 'on-behalf-of': 'agent:email:ana@acme.example' } }),
      await world.send(`POST /v1/quarantine/${id}/reject?x=1`, {
        key: writer,
        headers: { 'idempotency-key': 'b-1' },
        body: { reason: 'phishing' },
      }),
    ];
    for (const other of others) {
      expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    }
  });

  it('is another one of another client and of another account', async () => {
    const [mine, second, theirs] = [await waiting(), await waiting(), await waiting(OTHER_ACCOUNT)];
    expect((await reject(mine, 'c-1')).status).toBe(200);
    expect((await reject(second, 'c-1', { key: another })).status).toBe(200);
    expect((await reject(theirs, 'c-1', { key: foreign })).status).toBe(200);
    expect(await kept()).toBe(3);
  });

  it('is done again after a day', async () => {
    const id = await waiting();
    await reject(id, 'd-1');
    await world.database.pool.query(`update idempotency_key set created_at = now() - interval '24 hours'`);
    const later = await reject(id, 'd-1', { reason: 'spam' });
    expect([later.status, later.headers['idempotency-replayed'], await kept()]).toEqual([200, undefined, 1]);
    expect((await reject(id, 'd-1', { reason: 'spam' })).headers['idempotency-replayed']).toBe('true');
  });
});

describe('what went wrong', () => {
  it('is not kept: the same key may come with a better request', async () => {
    const id = await waiting();
    expect((await reject(id, 'e-1', { reason: ' ' })).status).toBe(422);
    expect((await reject('00000000-0000-4000-8000-000000000000', 'e-1')).status).toBe(404);
    expect((await reject('x', 'e-1')).status).toBe(404);
    expect(await kept()).toBe(0);
    expect((await reject(id, 'e-1')).status).toBe(200);
    expect((await world.send(`POST /v1/quarantine/${id}/release`, { key: writer })).status).toBe(409);
  });

  it('leaves nothing when the transaction does not come to its end', async () => {
    const id = await waiting();
    const { pool } = world.database;
    await pool.query('alter table outbox rename to hidden');
    expect((await reject(id, 'f-1')).status).toBe(500);
    await pool.query('alter table hidden rename to outbox');
    expect(await kept()).toBe(0);
    expect((await world.get<{ data: object[] }>('/v1/quarantine')).body.data).toContainEqual(
      expect.objectContaining({ interaction_id: id, state: 'waiting' }),
    );
    expect((await reject(id, 'f-1')).headers['idempotency-replayed']).toBeUndefined();
  });

  it.each([['x'.repeat(256)], ['""'], ['"open'], ['"a"b"'], ['"a";b=1'], ['caf\u00e9']])(
    'a key that is none: %s',
    async (key) => {
      expect(await reject(await waiting(), key)).toMatchObject({
        status: 400,
        body: { code: 'malformed-request', errors: [{ pointer: '/header/Idempotency-Key' }] },
      });
    },
  );
});

describe('while the first one runs', () => {
  async function holding(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await world.database.pool.connect();
    try {
      await client.query('begin');
      await work(client);
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  it('nobody waits', async () => {
    const id = await waiting();
    const clientId = await idOf('writer');
    await holding(async (client) => {
      expect(await lockIdempotencyKey(client, { accountId: OUR_ACCOUNT, clientId, key: 'g-1' })).toBe(true);
      const answer = await reject(id, 'g-1');
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'idempotency-in-progress' },
        headers: { 'retry-after': '1' },
      });
      expect((await reject(id, 'g-1', { key: another })).status).toBe(200);
    });
    expect((await reject(id, 'g-1')).status).toBe(200);
  });

  it('one of two that come together does it', async () => {
    const id = await waiting();
    const { pool } = world.database;
    const sent: ReturnType<typeof reject>[] = [];
    await holding(async (client) => {
      // The first one gets as far as the row that waits, the second one not even there: it is answered while the first waits.
      await client.query('select 1 from quarantine where interaction_id = $1 for update', [id]);
      sent.push(reject(id, 'h-1'), reject(id, 'h-1'));
      await waitUntil(
        async () => (await waitingForLocks(pool)) > 0,
        PATIENCE_MS,
        () => 'nobody got to the row',
      );
      await Promise.race(sent);
    });
    const statuses = (await Promise.all(sent)).map(({ status }) => status).sort();
    expect([statuses, await kept()]).toEqual([[200, 409], 1]);
  });
});

async function waitingForLocks(pool: World['database']['pool']): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
  );
  return rows[0]?.n ?? 0;
}

describe('an account that asks for a key', () => {
  it('refuses a change without one', async () => {
    const id = await waiting();
    const { pool } = world.database;
    const declare = (account: Partial<Declaration['account']>) =>
      declareConfiguration(pool, aDeclaration({ account: aDeclaredAccount({ id: OUR_ACCOUNT, ...account }) }));
    await declare({ requireIdempotencyKey: true });
    const { directory } = world.application.get<LedgerDependencies>(LEDGER, { strict: false });
    directory.invalidate(OUR_ACCOUNT);
    const without = await world.send(`POST /v1/quarantine/${id}/release`, { key: writer });
    expect(without).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
    expect((await reject(id, 'i-1')).status).toBe(200);
    await declare({});
    directory.invalidate(OUR_ACCOUNT);
  });
});

describe('answers that are a day old', () => {
  it('are deleted step by step, and no others', async () => {
    for (const key of ['j-1', 'j-2', 'j-3', 'j-4']) {
      await reject(await waiting(), key);
    }
    const { pool } = world.database;
    await pool.query(`update idempotency_key set created_at = now() - interval '25 hours' where key <> 'j-4'`);
    expect([await deleteOldAnswers(pool, 2), await deleteOldAnswers(pool, 2), await deleteOldAnswers(pool, 2)]).toEqual(
      [2, 1, 0],
    );
    expect(await kept()).toBe(1);
  });
});
