import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/interaction';
import { aClientsWorld, codeOf, type ClientsWorld } from './clients-world.js';

let clients: ClientsWorld;
beforeAll(async () => {
  clients = await aClientsWorld();
});
afterAll(() => clients?.world.close());

describe('the keys of a client', () => {
  it('overlap while they are rotated, two at a time', async () => {
    const { id, key: first } = await clients.aClient();
    const rotated = await clients.send(`POST /v1/clients/${id}/rotate`);
    const second = rotated.body.key;
    expect([rotated.status, rotated.headers['etag'], rotated.headers['cache-control']]).toEqual([
      200,
      '"2"',
      'no-store',
    ]);
    const [older, newer] = rotated.body.keys;
    const hours = (Date.parse(older?.expires_at ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    expect(newer).toMatchObject({ expires_at: null });
    expect([await clients.reads(first), await clients.reads(second)]).toEqual([200, 200]);
    expect(codeOf(await clients.send(`POST /v1/clients/${id}/rotate`))).toEqual([409, 'limit-reached']);
    const text = `update api_client_key set expires_at = now() where client_id = $1 and expires_at is not null`;
    await clients.world.database.pool.query(text, [id]);
    const third = (await clients.send(`POST /v1/clients/${id}/rotate`, {})).body.key;
    expect([await clients.reads(first), await clients.reads(second), await clients.reads(third)]).toEqual([
      401, 200, 200,
    ]);
  });

  it('are never more than two, however many rotate at once', async () => {
    const { id } = await clients.aClient();
    const answers = await Promise.all([1, 2, 3, 4].map(() => clients.send(`POST /v1/clients/${id}/rotate`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it('end at once and for good when it is revoked', async () => {
    const { id, key } = await clients.aClient();
    const { key: second } = (await clients.send(`POST /v1/clients/${id}/rotate`)).body;
    const revoked = await clients.send(`POST /v1/clients/${id}/revoke`);
    expect(revoked).toMatchObject({ status: 200, body: { state: 'revoked', keys: [], version: 3 } });
    expect([await clients.reads(key), await clients.reads(second)]).toEqual([401, 401]);
    expect(await clients.send(`POST /v1/clients/${id}/revoke`)).toMatchObject({ status: 200, body: { version: 3 } });
    expect(codeOf(await clients.send(`POST /v1/clients/${id}/rotate`))).toEqual([409, 'client-revoked']);
    expect(codeOf(await clients.send(`PATCH /v1/clients/${id}`, { name: 'x' }))).toEqual([409, 'client-revoked']);
    expect(codeOf(await clients.send(`POST /v1/clients/${id}/rotate`, { name: 'x', force: true }))).toEqual([
      422,
      'unknown-field',
      '/name unknown-field',
      '/force unknown-field',
    ]);
  });

  it('are shown to nobody again: not to a repetition, in no table and in no log', async () => {
    const headers = { 'idempotency-key': newId() };
    const body = { name: 'once', scopes: ['cases:read'] };
    const first = await clients.send('POST /v1/clients', body, { headers });
    const again = await clients.send('POST /v1/clients', body, { headers });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect([again.status, again.body]).toEqual([201, { ...first.body, key: null }]);
    expect(again.headers).toMatchObject({ location: first.headers['location'], 'cache-control': 'no-store' });
    const rotated = await clients.send(
      `POST /v1/clients/${first.body.id}/rotate`,
      {},
      { headers: { 'idempotency-key': newId() } },
    );
    const { rows } = await clients.world.database.pool.query<{ text: string }>(
      'select row_to_json(kept)::text as text from idempotency_key kept',
    );
    const everything = rows.map(({ text }) => text).join('\n') + clients.world.log.join('\n');
    expect(everything).toContain(first.body.id);
    expect([first, rotated].filter((answer) => everything.includes(answer.body.key.slice(4)))).toEqual([]);
  });
});
