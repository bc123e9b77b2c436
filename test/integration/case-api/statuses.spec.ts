import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OUR_ACCOUNT } from './identities.js';
import { aWorldOfStatuses, LAB } from './statuses.js';

let statuses: Awaited<ReturnType<typeof aWorldOfStatuses>>;
beforeAll(async () => {
  statuses = await aWorldOfStatuses();
});
beforeEach(() => statuses.beginAnew());
afterAll(() => statuses.world.close());

describe('the list of statuses', () => {
  it('has the five that an account begins with, then what it makes, by category and position', async () => {
    await statuses.create({ key: 'b', position: 7 });
    await statuses.create({ key: 'a', position: 0 });
    await statuses.create({ key: 'c' });
    expect((await statuses.list()).data.map((one) => one.key)).toEqual([
      'new',
      'open',
      'pending',
      'a',
      'on_hold',
      'b',
      'c',
      'resolved',
    ]);
    expect((await statuses.list('?category=open,new&active=true')).data.map((one) => one.key)).toEqual(['new', 'open']);
    const first = await statuses.list('?limit=4');
    const second = await statuses.list(`?limit=4&cursor=${first.page.next_cursor ?? ''}`);
    expect([...first.data, ...second.data].map((one) => one.key)).toEqual(
      (await statuses.list()).data.map((one) => one.key),
    );
  });

  it('shows nothing of another account, and asks for a scope', async () => {
    const { body } = await statuses.create();
    expect((await statuses.world.get(`/v1/statuses/${body.id}`, { key: statuses.theirs })).status).toBe(404);
    expect((await statuses.world.send(`DELETE /v1/statuses/${body.id}`, { key: statuses.theirs })).status).toBe(404);
    expect((await statuses.world.get('/v1/statuses')).status).toBe(403);
    expect((await statuses.world.send('POST /v1/statuses', { key: statuses.reader, body: LAB })).status).toBe(403);
  });
});

describe('a new status', () => {
  it('has a place, a version and what was not said', async () => {
    const made = await statuses.create();
    expect(made).toMatchObject({
      status: 201,
      headers: { location: `/v1/statuses/${made.body.id}`, etag: '"1"', 'cache-control': 'private, no-cache' },
      body: { ...LAB, requester_label: 'With the lab', active: true, is_default: false, managed_by: 'api', version: 1 },
    });
    const byKey = await statuses.world.get('/v1/statuses/key:with_the_lab', { key: statuses.reader });
    expect(byKey).toMatchObject({ status: 200, body: made.body, headers: { etag: '"1"' } });
    const headers = { 'if-none-match': '"1"' };
    expect((await statuses.world.get(`/v1/statuses/${made.body.id}`, { key: statuses.reader, headers })).status).toBe(
      304,
    );
  });

  it('takes the default from the other, which becomes a version newer', async () => {
    const { body } = await statuses.create({ is_default: true });
    expect((await statuses.list('?category=on_hold')).data).toMatchObject([
      { key: 'on_hold', is_default: false, version: 2 },
      { id: body.id, is_default: true, version: 1 },
    ]);
    // What this process decides by knows it at once.
    const { directory, pool } = statuses;
    expect((await directory.find(pool, OUR_ACCOUNT))?.rules.defaultStatus.on_hold).toBe(body.id);
  });

  it.each([
    [{ key: 'With The Lab' }, 'validation-failed', ['/key']],
    [{ key: 'x'.repeat(65) }, 'validation-failed', ['/key']],
    [{ category: 'closed' }, 'validation-failed', ['/category']],
    [{ agent_label: null }, 'validation-failed', ['/agent_label']],
    [{ agent_label: undefined }, 'field-required', ['/agent_label']],
    [{ is_default: true, active: false }, 'validation-failed', ['/is_default']],
    [{ version: 1 }, 'read-only', ['/version']],
    [{ colour: 'red' }, 'unknown-field', ['/colour']],
    [{ colour: 'red', key: 7, position: -1 }, 'validation-failed', ['/colour', '/key', '/position']],
  ])('%j is refused: %s', async (fields, code, pointers) => {
    const { status, body } = await statuses.create(fields);
    expect([status, body['code'], (body['errors'] as { pointer: string }[]).map((one) => one.pointer)]).toEqual([
      422,
      code,
      pointers,
    ]);
    expect((await statuses.list()).data).toHaveLength(5);
  });

  it('needs a key of its own, and room in its category', async () => {
    const first = await statuses.create();
    expect(await statuses.create()).toMatchObject({
      status: 409,
      body: { code: 'name-taken', holder_id: first.body.id },
    });
    await statuses.pool.query(
      `insert into case_status (account_id, id, key, agent_label, requester_label, category)
       select $1, gen_random_uuid(), 'k' || n, 'k', 'k', 'on_hold' from generate_series(1, 98) as n`,
      [OUR_ACCOUNT],
    );
    expect(await statuses.create({ key: 'too_many' })).toMatchObject({ status: 409, body: { code: 'limit-reached' } });
    expect((await statuses.create({ key: 'elsewhere', category: 'open' })).status).toBe(201);
  });

  it('is made once by two that come together', async () => {
    const made = await Promise.all([
      statuses.create(),
      statuses.create(),
      statuses.create({ key: 'x', is_default: true }),
      statuses.create({ key: 'y', is_default: true }),
    ]);
    expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409]);
    expect((await statuses.list('?category=on_hold')).data.filter((one) => one.is_default)).toHaveLength(1);
  });
});

describe('a creation that comes again', () => {
  it('is answered with the status, its place and its version', async () => {
    const headers = { 'idempotency-key': '"make it"' };
    const first = await statuses.send('POST /v1/statuses', LAB, headers);
    await statuses.patch('key:with_the_lab', { position: 50 });
    const again = await statuses.send('POST /v1/statuses', LAB, headers);
    expect(again).toMatchObject({
      status: 201,
      body: first.body,
      headers: { etag: '"1"', location: first.headers['location'], 'idempotency-replayed': 'true' },
    });
    expect((await statuses.list('?category=on_hold')).data).toHaveLength(2);
  });
});
