import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/interaction';
import { aWorldOfFields, MODEL } from './case-fields.js';
import { OUR_ACCOUNT } from './identities.js';
import { pathOf } from './case-writer.js';

let fields: Awaited<ReturnType<typeof aWorldOfFields>>;
beforeAll(async () => {
  fields = await aWorldOfFields();
});
beforeEach(() => fields.beginAnew());
afterAll(() => fields.world.close());

const keysOf = async (query = '') => (await fields.list(query)).data.map((one) => one.key);

describe('fields of cases', () => {
  it('are listed by position, page by page, and shown to nobody else', async () => {
    await fields.create({ key: 'b', position: 7 });
    await fields.create({ key: 'a', position: 0, type: 'text', options: [] });
    const { body } = await fields.create({ key: 'c', active: false });
    expect(await keysOf()).toEqual(['a', 'b', 'c']);
    expect(await keysOf('?type=dropdown&active=true')).toEqual(['b']);
    const { page } = await fields.list('?limit=2');
    expect(await keysOf(`?limit=2&cursor=${page.next_cursor ?? ''}`)).toEqual(['c']);
    const { world, theirs, reader } = fields;
    expect((await world.get(`/v1/case-fields/${body.id}`, { key: theirs })).status).toBe(404);
    expect((await world.send('POST /v1/case-fields', { key: reader, body: MODEL })).status).toBe(403);
    expect((await world.get('/v1/case-fields')).status).toBe(403);
  });

  it('have a place, a version and what was not said, and are made once', async () => {
    const headers = { 'idempotency-key': newId() };
    const made = await fields.send('POST /v1/case-fields', MODEL, headers);
    const options = MODEL.options.map((one) => ({ ...one, active: true, children: [] }));
    const said = { required: false, active: true, position: 0, description: '', managed_by: 'api', version: 1 };
    expect(made).toMatchObject({
      status: 201,
      headers: { location: `/v1/case-fields/${made.body.id}`, etag: '"1"' },
      body: { ...MODEL, ...said, options },
    });
    const again = await fields.send('POST /v1/case-fields', MODEL, headers);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([made.body, 'true']);
    expect(await fields.create()).toMatchObject({ status: 409, body: { code: 'name-taken', holder_id: made.body.id } });
    expect((await fields.world.get('/v1/case-fields/key:model', { key: fields.reader })).body).toEqual(made.body);
  });

  it.each([
    [{ key: 'The Model' }, 'validation-failed', ['/key']],
    [{ type: 'colour' }, 'validation-failed', ['/type']],
    [{ label: undefined }, 'field-required', ['/label']],
    [{ options: undefined }, 'field-required', ['/options']],
    [{ options: [] }, 'validation-failed', ['/options']],
    [{ options: [{ key: 'a', label: 'A', active: false }] }, 'validation-failed', ['/options']],
    [{ options: [MODEL.options[0], MODEL.options[0]] }, 'validation-failed', ['/options/1/key']],
    [{ options: [{ key: 'a,b', label: 'A' }] }, 'validation-failed', ['/options/0/key']],
    [{ options: [{ key: 'a', label: 'A', children: MODEL.options }] }, 'validation-failed', ['/options/0/children']],
    [{ type: 'text' }, 'validation-failed', ['/options']],
    [{ version: 1, colour: 'red' }, 'validation-failed', ['/colour', '/version']],
  ])('%j is refused: %s', async (overrides, code, pointers) => {
    const { status, body } = await fields.create(overrides);
    expect([status, body['code'], (body['errors'] as { pointer: string }[]).map((one) => one.pointer)]).toEqual([
      422,
      code,
      pointers,
    ]);
  });

  it('have choices in levels, and there are 200 of them', async () => {
    const options = [{ key: 'lamp', label: 'Lamp', children: MODEL.options }];
    const made = await fields.create({ type: 'dependent_field', options });
    expect(made.body['options']).toMatchObject([{ key: 'lamp', children: [{ key: 'lamp' }, { key: 'kettle' }] }]);
    await fields.pool.query(
      `insert into case_field (account_id, id, key, label, type)
       select $1, gen_random_uuid(), 'k' || n, 'k', 'text' from generate_series(1, 199) as n`,
      [OUR_ACCOUNT],
    );
    expect(await fields.create({ key: 'more' })).toMatchObject({ status: 409, body: { code: 'limit-reached' } });
  });

  it('change, but never their key and type, for the version that was seen', async () => {
    const { body } = await fields.create();
    const changed = await fields.patch('key:model', { label: 'Model number', position: 0, required: true });
    expect(changed).toMatchObject({ headers: { etag: '"2"' }, body: { label: 'Model number', required: true } });
    expect(await fields.patch(body.id, { label: 'Model number' })).toMatchObject({ body: { version: 2 } });
    expect(await fields.patch(body.id, { position: 3 }, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { current_version: 2, changed_fields: ['label', 'required'] },
    });
    const refused = await fields.patch(body.id, { key: 'x', type: 'text', options: [] });
    expect((refused.body['errors'] as { pointer: string }[]).map((one) => one.pointer)).toEqual(
      expect.arrayContaining(['/key', '/type', '/options']),
    );
  });
});

describe('a field that cases have', () => {
  const caseWith = (custom: object) => fields.writer.create({ custom_fields: custom });

  it('keeps the choices that they have, which may become inactive', async () => {
    const { body } = await fields.create();
    await caseWith({ model: 'lamp' });
    const [lamp, kettle] = MODEL.options;
    expect(await fields.patch(body.id, { options: [kettle] })).toMatchObject({ status: 409, body: { code: 'in-use' } });
    const inactive = [
      { ...lamp, active: false },
      { key: 'toaster', label: 'Toaster' },
    ];
    expect((await fields.patch(body.id, { options: inactive })).status).toBe(200);
    const refused = await caseWith({ model: 'lamp' });
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/custom_fields/model']);
    expect((await caseWith({ model: 'toaster' })).status).toBe(201);
  });

  it('keeps the choices of every level and of several', async () => {
    const children = MODEL.options;
    const tree = [{ key: 'home', label: 'Home', children }];
    await fields.create({ key: 'kind', type: 'dependent_field', options: tree });
    await fields.create({ key: 'parts', type: 'multi_select' });
    await caseWith({ kind: ['home', 'lamp'], parts: ['kettle', 'lamp'] });
    const without = [{ key: 'home', label: 'Home', children: [children[1]] }];
    expect((await fields.patch('key:kind', { options: without })).status).toBe(409);
    expect((await fields.patch('key:parts', { options: [children[1]] })).status).toBe(409);
    const unused = [{ key: 'home', label: 'Home', children: [children[0]] }];
    expect((await fields.patch('key:kind', { options: unused })).status).toBe(200);
  });

  it('is never deleted, not even when only the history knows it', async () => {
    const { body } = await fields.create();
    const path = pathOf(await caseWith({ model: 'lamp' }));
    const gone = () => fields.send(`DELETE /v1/case-fields/${body.id}`);
    expect(await gone()).toMatchObject({ status: 409, body: { code: 'in-use' } });
    await fields.writer.send(`PATCH ${path}`, { custom_fields: { model: null } });
    expect(await gone()).toMatchObject({ status: 409, body: { code: 'in-use' } });
    const other = await fields.create({ key: 'mode' });
    expect((await fields.send(`DELETE /v1/case-fields/${other.body.id}`)).status).toBe(204);
    expect((await fields.send(`DELETE /v1/case-fields/${other.body.id}`)).status).toBe(404);
  });
});
