import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { v7 } from 'uuid';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { aWorld, type World } from './world.js';

let world: World;
let admin: string;
let writer: string;
let theirs: string;
beforeAll(async () => {
  world = await aWorld();
  const keyOf = (name: string, accountId: string, scope: string) =>
    createApiKey(world.database.pool, { accountId, name, scopes: [scope] });
  admin = await keyOf('admin', OUR_ACCOUNT, 'contacts:admin');
  writer = await keyOf('writer', OUR_ACCOUNT, 'contacts:write');
  theirs = await keyOf('theirs', OTHER_ACCOUNT, 'contacts:admin');
});
afterAll(() => world.close());

async function aContact(address = `${v7()}@loja.example`): Promise<string> {
  const id = v7();
  const { pool } = world.database;
  await pool.query(`insert into contact (account_id, id, name, created_at) values ($1, $2, 'Maria Silva', now())`, [
    OUR_ACCOUNT,
    id,
  ]);
  await pool.query(
    `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
     values ($1, 'email', $2, $3, $2, now())`,
    [OUR_ACCOUNT, address, id],
  );
  return id;
}

const ask = (id: string, body: unknown = { reason: 'She asked.' }, query = '', key = admin) =>
  world.send(`POST /v1/contacts/${id}/erasure${query}`, { key, body });

describe('a request for erasure', () => {
  it('is taken, stands once, and can be followed', async () => {
    const contactId = await aContact();
    const first = await ask(contactId);
    expect(first.status).toBe(202);
    const erasureId = String(first.body['erasure_id']);
    expect(first.headers['location']).toBe(`/v1/erasures/${erasureId}`);
    expect((await ask(contactId, { reason: 'Again.' })).body).toEqual({ erasure_id: erasureId });
    const shown = await world.send(`GET /v1/erasures/${erasureId}`, { key: admin });
    expect(shown.body).toMatchObject({
      id: erasureId,
      contact_id: contactId,
      state: 'requested',
      reason: 'She asked.',
    });
  });

  it('says beforehand what would go, and begins nothing', async () => {
    const contactId = await aContact();
    const plan = await ask(contactId, {}, '?dry_run=true');
    expect(plan).toMatchObject({
      status: 200,
      body: { items: { cases: 0, interactions: 0, dead_letters: 0 }, kept: [] },
    });
    const { rows } = await world.database.pool.query('select 1 from contact_erasure where contact_id = $1', [
      contactId,
    ]);
    expect(rows).toEqual([]);
  });

  it('needs a reason, a contact that is there, and who may erase', async () => {
    const contactId = await aContact();
    expect(await ask(contactId, {})).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reason' }] } });
    expect((await ask(contactId, undefined, '', writer)).status).toBe(403);
    expect((await ask(v7())).status).toBe(404);
    expect((await ask('nobody')).status).toBe(404);
    expect((await ask(contactId, undefined, '', theirs)).status).toBe(404);
    expect((await ask(contactId, {}, '?dry_run=perhaps')).status).toBe(400);
  });

  it('of a merged contact is one of whom it lives on in', async () => {
    const [winner, loser] = [await aContact(), await aContact()];
    await world.database.pool.query('update contact set merged_into = $2 where id = $1', [loser, winner]);
    const { body } = await ask(loser);
    const shown = await world.send(`GET /v1/erasures/${String(body['erasure_id'])}`, { key: admin });
    expect(shown.body['contact_id']).toBe(winner);
  });
});

describe('a request that waits', () => {
  async function aWaitingOne(): Promise<string> {
    const [id, contactId] = [v7(), await aContact()];
    await world.database.pool.query(
      `insert into contact_erasure (account_id, id, contact_id, requested_by, state, requested_at)
       values ($1, $2, $3, '{"kind":"system","id":null}', 'waiting', now())`,
      [OUR_ACCOUNT, id, contactId],
    );
    return id;
  }

  it('is listed, begins or is put aside once, and is nobody else’s', async () => {
    const [begun, refused] = [await aWaitingOne(), await aWaitingOne()];
    const listed = await world.send<{ data: { id: string }[] }>('GET /v1/erasures?state=waiting', { key: admin });
    expect(listed.body.data.map(({ id }) => id)).toEqual([refused, begun]);
    expect((await world.send<{ data: unknown[] }>('GET /v1/erasures', { key: theirs })).body.data).toEqual([]);
    expect((await world.send(`POST /v1/erasures/${begun}/start`, { key: theirs, body: {} })).status).toBe(404);

    const settle = (id: string, word: string) =>
      world.send(`POST /v1/erasures/${id}/${word}`, { key: admin, body: {} });
    expect((await settle(begun, 'start')).body['state']).toBe('requested');
    expect((await settle(refused, 'refuse')).body['state']).toBe('refused');
    expect(await settle(refused, 'start')).toMatchObject({ status: 409, body: { code: 'already-settled' } });
    expect((await world.send(`GET /v1/erasures/${begun}`, { key: theirs })).status).toBe(404);
  });
});
