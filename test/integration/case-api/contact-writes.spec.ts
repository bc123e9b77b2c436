import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMail } from '#libs/testing';
import { receive, setAccount } from './beside-http.js';
import { codesOf, type Problem } from './case-writer.js';
import { aWorldOfContacts, type Contact, type ContactsWorld } from './contacts-world.js';
import { OUR_ACCOUNT } from './identities.js';

let contacts: ContactsWorld;
beforeAll(async () => {
  contacts = await aWorldOfContacts();
  await setAccount(contacts.world, `default_country = 'PT'`);
});
afterAll(() => contacts.world.close());

type Body = Contact & Problem & { readonly holder_id?: string };
const send = (line: string, body?: unknown, headers?: Record<string, string>) =>
  contacts.send<Body>(line, body, headers);
const create = (body: object, headers?: Record<string, string>) => send('POST /v1/contacts', body, headers);
const email = (value: string, more: object = {}) => ({ kind: 'email', value, ...more });
const phone = (value: string) => ({ kind: 'phone', value });

describe('POST /v1/contacts', () => {
  it('makes a contact of what is said, answers with it and its place, and once for each key', async () => {
    const key = { 'idempotency-key': 'rita' };
    const body = {
      ...{ name: 'Rita Alves', company: 'Oficina', locale: 'pt-pt', time_zone: 'Europe/Lisbon' },
      custom_fields: { tier: 'gold', visits: 3, vip: true, gone: null },
      identities: [
        email('Rita@B\u00fccher.example', { verified: true, primary: true, label: 'work' }),
        phone('210 000 001'),
        { kind: 'external', value: 'hubspot:12' },
      ],
    };
    const made = await create(body, key);
    expect([made.status, made.headers['etag'], made.headers['location']]).toEqual([
      ...[201, '"1"', `/v1/contacts/${made.body.id}`],
    ]);
    expect(made.body).toMatchObject({
      ...{
        kind: 'person',
        name: 'Rita Alves',
        locale: 'pt-PT',
        time_zone: 'Europe/Lisbon',
        blocked: false,
        version: 1,
      },
      ...{ custom_fields: { tier: 'gold', visits: 3, vip: true }, merged_from: [], account_id: OUR_ACCOUNT },
      identities: [
        { value: 'rita@xn--bcher-kva.example', verified: true, primary: true, label: 'work', sources: [] },
        { value: 'hubspot:12', sources: ['hubspot'] },
        { value: '+351210000001', value_raw: '210 000 001', shared: false },
      ],
    });
    const again = await create(body, key);
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', made.body]);
    expect((await send(`GET ${made.headers['location'] ?? ''}`)).body).toEqual(made.body);
    expect(codesOf(await create({ name: 'Other' }, key))).toEqual([422, 'idempotency-key-reused']);
  });

  it('takes a name alone, and nobody of whom nothing is said', async () => {
    expect((await create({ name: 'Only a name' })).status).toBe(201);
    for (const body of [{}, { company: 'Loja' }, { name: null, identities: [] }]) {
      expect(codesOf(await create(body))).toEqual([422, 'field-required', '/name field-required']);
    }
  });

  it.each<[object, readonly unknown[]]>([
    [{ name: 'a\u0000b' }, ['validation-failed', '/name validation-failed']],
    [{ name: 'A\nB' }, ['validation-failed', '/name validation-failed']],
    [{ name: 'x'.repeat(201) }, ['validation-failed', '/name validation-failed']],
    [{ name: 'A', colour: 'red', id: 'x' }, ['validation-failed', '/colour unknown-field', '/id read-only']],
    [{ name: 'A', kind: 'anonymous' }, ['validation-failed', '/kind validation-failed']],
    [{ name: 'A', locale: 'x_y' }, ['validation-failed', '/locale validation-failed']],
    [{ name: 'A', time_zone: '+01:00' }, ['validation-failed', '/time_zone validation-failed']],
    [{ name: 'A', custom_fields: { a: {} } }, ['validation-failed', '/custom_fields/a validation-failed']],
    [{ identities: [email('nobody')] }, ['validation-failed', '/identities/0/value validation-failed']],
    [{ identities: [phone('anonymous')] }, ['validation-failed', '/identities/0/value validation-failed']],
    [
      { identities: [{ kind: 'external', value: '12' }] },
      ['validation-failed', '/identities/0/value validation-failed'],
    ],
    [{ identities: [{ kind: 'email' }] }, ['field-required', '/identities/0/value field-required']],
    [
      { identities: [email('a@b.example'), email('A@b.example')] },
      ['validation-failed', '/identities/1 validation-failed'],
    ],
    [
      { name: 'A', custom_fields: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 1])) },
      ['too-many-items', '/custom_fields too-many-items'],
    ],
  ])('refuses %j', async (body, [code, ...parts]) => {
    expect(codesOf(await create(body))).toEqual([422, code, ...parts]);
  });

  it('says who has an address, and shares a number', async () => {
    const rita = await create({ name: 'R', identities: [email('taken@example.org'), phone('+351910000001')] });
    const refused = await create({ name: 'S', identities: [phone('910 000 001'), email('taken@example.org')] });
    expect(codesOf(refused)).toEqual([409, 'identity-taken', '/identities/1 identity-taken']);
    expect(refused.body.holder_id).toBe(rita.body.id);
    const rui = await create({ name: 'S', identities: [phone('910 000 001')] });
    expect(rui.body.identities).toMatchObject([{ value: '+351910000001', shared: true }]);
    const both = await contacts.list('?phone=910000001');
    expect(both.data.map(({ identities }) => identities.find(({ kind }) => kind === 'phone')?.['shared'])).toEqual([
      ...[true, true],
    ]);
  });

  it('needs contacts:write', async () => {
    const body = { name: 'A' };
    expect((await contacts.world.send('POST /v1/contacts', { key: contacts.reader, body })).status).toBe(403);
  });
});

describe('PATCH /v1/contacts/{id}', () => {
  it('changes what is new, null clears, custom fields key by key, for the version that was seen', async () => {
    const { body } = await create({ name: 'Zoe', company: 'Loja', custom_fields: { a: 1, b: 2 } });
    const path = `/v1/contacts/${body.id}`;
    const patch = (change: object, headers: Record<string, string> = {}) => send(`PATCH ${path}`, change, headers);
    const changed = await patch(
      { company: null, custom_fields: { a: null, c: 'x' }, blocked: true },
      { 'if-match': '"1"' },
    );
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"2"']);
    expect(changed.body).toMatchObject({ name: 'Zoe', company: null, custom_fields: { b: 2, c: 'x' }, blocked: true });
    const same = await patch({ name: 'Zoe', blocked: true, custom_fields: { b: 2 } });
    expect([same.status, same.headers['etag']]).toEqual([200, '"2"']);
    const stale = await patch({ name: 'Zo' }, { 'if-match': '"1"' });
    expect([codesOf(stale), stale.body['current_version'], stale.body['changed_fields']]).toEqual([
      [412, 'version-mismatch'],
      2,
      ['blocked', 'company', 'custom_fields'],
    ]);
    expect(codesOf(await patch({ identities: [], url: 'x' }))).toEqual([
      ...[422, 'read-only', '/identities read-only', '/url read-only'],
    ]);
    expect((await contacts.world.send<Body>(`PATCH ${path}`, { key: contacts.theirs, body: {} })).status).toBe(404);
  });

  it('lets a blocked contact open no case', async () => {
    const mail = (messageId: string) =>
      aMail({ messageId: `<${messageId}@example.org>`, from: 'spam@example.org' }, { accountId: OUR_ACCOUNT });
    const [first] = await receive(contacts.world, mail('spam-1'));
    expect(first).toBeTruthy();
    await send('PATCH /v1/contacts/email:spam@example.org', { blocked: true });
    const [second] = await receive(contacts.world, mail('spam-2'));
    expect(second).toBe('');
    const { rows } = await contacts.pool.query(
      `select outcome from interaction where external_id = '<spam-2@example.org>'`,
    );
    expect(rows).toEqual([{ outcome: 'recorded:blocked_sender' }]);
    await send('PATCH /v1/contacts/email:spam@example.org', { blocked: false });
    expect((await receive(contacts.world, mail('spam-3')))[0]).toBeTruthy();
  });
});

describe('identities', () => {
  it('are added, changed and taken away, and the last one stays while there are cases', async () => {
    const { body: made } = await create({ name: 'Ivo', identities: [email('ivo@example.org')] });
    const path = `/v1/contacts/${made.id}/identities`;
    const added = await send(`POST ${path}`, { ...phone('910 000 002'), label: 'mobile' });
    const number = added.body.identities.find(({ kind }) => kind === 'phone');
    expect([added.status, added.headers['etag'], added.headers['location']]).toEqual([
      ...[201, '"2"', `${path}/${number?.id}`],
    ]);
    expect((await send(`POST ${path}`, phone('+351 910 000 002'))).status).toBe(200);
    const changed = await send(`PATCH ${path}/${number?.id}`, {
      verified: true,
      primary: true,
      shared: true,
      label: null,
    });
    expect(changed.body.identities.find(({ kind }) => kind === 'phone')).toMatchObject({
      ...{ id: number?.id, verified: true, primary: true, shared: true, label: null },
    });
    expect(codesOf(await send(`PATCH ${path}/${number?.id}`, { value: 'x' }))).toEqual([
      422,
      'read-only',
      '/value read-only',
    ]);
    const undone = await send(
      `PATCH ${path}/phone:%2B351910000002`,
      { verified: false },
      { 'if-match': changed.headers['etag'] ?? '' },
    );
    expect(undone.body.identities.find(({ kind }) => kind === 'phone')).toMatchObject({
      verified: false,
      verified_at: null,
    });
    const refused = await create({ name: 'X', identities: [email('ivo2@example.org')] });
    const taken = await send(`POST ${path}`, email('ivo2@example.org'));
    expect([codesOf(taken), taken.body.holder_id]).toEqual([
      [409, 'identity-taken', ' identity-taken'],
      refused.body.id,
    ]);
    await contacts.writer.send('POST /v1/cases', { subject: 'Lamp', requester: { contact_id: made.id } });
    expect((await send(`DELETE ${path}/email:ivo@example.org`)).status).toBe(204);
    expect((await send(`DELETE ${path}/email:ivo@example.org`)).status).toBe(404);
    expect(codesOf(await send(`DELETE ${path}/${number?.id}`))).toEqual([409, 'in-use']);
    expect((await send(`GET /v1/contacts/email:ivo@example.org`)).status).toBe(404);
  });
});

describe('PUT /v1/contacts/external/{integration}/{external_id}', () => {
  const put = (id: string, body: object) => send(`PUT /v1/contacts/external/zendesk/${id}`, body);

  it('makes the contact, changes it, and does nothing twice', async () => {
    const made = await put('200', { name: 'Ada', identities: [email('ada@example.org')] });
    expect([made.status, made.headers['location']]).toEqual([201, `/v1/contacts/${made.body.id}`]);
    const changed = await put('200', { company: 'Analytical', identities: [phone('910 000 003')] });
    expect([changed.status, changed.headers['etag'], changed.body.id]).toEqual([200, '"2"', made.body.id]);
    expect(changed.body).toMatchObject({ name: 'Ada', company: 'Analytical' });
    expect(changed.body.identities.map(({ value }) => value)).toEqual([
      ...['ada@example.org', 'zendesk:200', '+351910000003'],
    ]);
    const same = await put('200', { company: 'Analytical', identities: [phone('910 000 003')] });
    expect([same.status, same.headers['etag']]).toEqual([200, '"2"']);
    const ten = await Promise.all(Array.from({ length: 10 }, () => put('201', { name: 'Bob' })));
    expect(new Set(ten.map(({ body }) => body.id)).size).toBe(1);
    expect(ten.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(codesOf(await send('PUT /v1/contacts/external/a:b/1', { name: 'X' }))).toEqual([
      422,
      'validation-failed',
      ' validation-failed',
    ]);
  });

  it('turns out to be whoever wrote under the address before', async () => {
    await receive(
      contacts.world,
      aMail({ messageId: '<met@example.org>', from: 'met@example.org' }, { accountId: OUR_ACCOUNT }),
    );
    const met = (await send('GET /v1/contacts/email:met@example.org')).body.id;
    const made = await put('300', { name: 'Met', identities: [email('met@example.org')] });
    expect([made.status, made.body.merged_from]).toEqual([201, [met]]);
    const taken = await put('301', { identities: [email('met@example.org')] });
    expect([codesOf(taken), taken.body.holder_id]).toEqual([
      [409, 'identity-taken', '/identities/0 identity-taken'],
      made.body.id,
    ]);
  });
});
