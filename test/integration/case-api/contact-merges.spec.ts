import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { silentLogger } from '#libs/messaging';
import { reconsiderCases, reconsidering } from '../../../apps/case-builder/src/timers/reconsider-cases.js';
import { ledgerOf } from './beside-http.js';
import { codesOf, type Problem } from './case-writer.js';
import { aWorldOfContacts, type Contact, type ContactsWorld } from './contacts-world.js';

let contacts: ContactsWorld;
beforeAll(async () => {
  contacts = await aWorldOfContacts();
});
afterAll(() => contacts.world.close());

type Body = Contact & Problem;
const send = (line: string, body?: unknown, headers?: Record<string, string>) =>
  contacts.send<Body>(line, body, headers);
const make = async (name: string, ...addresses: readonly string[]): Promise<string> => {
  const identities = addresses.map((value) => ({ kind: 'email', value }));
  return (await send('POST /v1/contacts', { name, identities })).body.id;
};

describe('POST /v1/contacts/merge', () => {
  it('lets each id and each identity answer as the contact that lives on, until it is undone', async () => {
    const rita = await make('Rita', 'rita@m.example');
    const rui = await make('Rui', 'rui@m.example');
    const ivo = await make('Ivo', 'ivo@m.example');
    const key = { 'idempotency-key': 'merge' };
    const merged = await send('POST /v1/contacts/merge', { into: rita, from: [rui, 'email:ivo@m.example'] }, key);
    expect([merged.status, merged.body.id, merged.body.merged_from]).toEqual([200, rita, [rui, ivo].toSorted()]);
    expect(
      (await send('POST /v1/contacts/merge', { into: rita, from: [rui, 'email:ivo@m.example'] }, key)).body,
    ).toEqual(merged.body);
    for (const name of [rita, rui, ivo, 'email:rui@m.example', 'email:ivo@m.example']) {
      expect([name, (await send(`GET /v1/contacts/${name}`)).body]).toEqual([name, merged.body]);
    }
    expect(await contacts.names('?email=rui@m.example')).toEqual(['Rita']);
    const again = await send('POST /v1/contacts/merge', { into: rui, from: [ivo] });
    expect([again.status, again.headers['etag']]).toEqual([200, merged.headers['etag']]);
    const renamed = await send(`PATCH /v1/contacts/${rui}`, { company: 'Loja' });
    expect([renamed.body.id, renamed.body['company']]).toEqual([rita, 'Loja']);
    const apart = await send(`POST /v1/contacts/${rita}/unmerge`, { contact_id: rui });
    expect([apart.status, apart.body.id, apart.body.merged_from]).toEqual([200, rita, [ivo]]);
    expect((await send(`GET /v1/contacts/${rui}`)).body).toMatchObject({ id: rui, name: 'Rui', merged_from: [] });
    expect(codesOf(await send(`POST /v1/contacts/${rita}/unmerge`, { contact_id: rui }))).toEqual([
      ...[422, 'target-not-allowed', '/contact_id target-not-allowed'],
    ]);
  });

  it('does all of it or nothing, and not to a version that nobody has seen', async () => {
    const rita = await make('Rita', 'rita@n.example');
    const rui = await make('Rui', 'rui@n.example');
    const merge = (body: object, headers?: Record<string, string>) => send('POST /v1/contacts/merge', body, headers);
    expect(codesOf(await merge({ into: rita, from: [rui, 'email:nobody@n.example'] }))).toEqual([
      ...[422, 'unknown-contact', '/from/1 unknown-contact'],
    ]);
    expect(codesOf(await merge({ into: rita, from: [rui, rita] }))).toEqual([
      ...[409, 'merge-not-allowed', '/from/1 merge-not-allowed'],
    ]);
    expect(codesOf(await merge({ into: rita, from: Array.from({ length: 21 }, () => rui) }))).toEqual([
      ...[422, 'too-many-items', '/from too-many-items'],
    ]);
    expect(codesOf(await merge({ from: [] }))).toEqual([
      ...[422, 'validation-failed', '/into field-required', '/from validation-failed'],
    ]);
    expect(codesOf(await merge({ into: rita, from: [rui] }, { 'if-match': '"9"' }))).toEqual([412, 'version-mismatch']);
    expect((await send(`GET /v1/contacts/${rui}`)).body.id).toBe(rui);
    const theirs = { key: contacts.theirs, body: { into: rita, from: [rui] } };
    expect(codesOf(await contacts.world.send<Problem>('POST /v1/contacts/merge', theirs))).toEqual([
      ...[422, 'unknown-contact', '/into unknown-contact', '/from/0 unknown-contact'],
    ]);
  });

  it('leaves integrations their key of the contact that was merged', async () => {
    const put = (body: object) => send('PUT /v1/contacts/external/crm/merged', body);
    const [rita, old] = [await make('Rita', 'rita@q.example'), (await put({ name: 'Old' })).body.id];
    await send('POST /v1/contacts/merge', { into: rita, from: [old] });
    const identities = [{ kind: 'phone', value: '+351910000077' }];
    const [once, twice] = [await put({ identities }), await put({ identities })];
    expect([once.status, once.body.id, twice.headers['etag']]).toEqual([200, rita, once.headers['etag']]);
    expect(once.body.identities.map(({ value, ...one }) => [value, one['shared']])).toContainEqual([
      ...['+351910000077', false],
    ]);
  });

  it('ends the same whichever of two merges comes first', async () => {
    const [a, b, c] = [await make('A', 'a@o.example'), await make('B', 'b@o.example'), await make('C', 'c@o.example')];
    const both = [
      { into: a, from: [b] },
      { into: c, from: [b] },
    ];
    await Promise.all(both.map((body) => send('POST /v1/contacts/merge', body)));
    const ids = await Promise.all([a, b, c].map(async (id) => (await send(`GET /v1/contacts/${id}`)).body.id));
    expect(new Set(ids).size).toBe(1);
  });
});

describe('78 contacts that were merged through the API', () => {
  const requesterOf = async (caseId: string) => {
    const { rows } = await contacts.pool.query<{ requester_id: string }>(
      'select requester_id from cases where id = $1',
      [caseId],
    );
    return rows[0]?.requester_id;
  };
  const rowOf = async (caseId: string) =>
    (await contacts.pool.query<object>('select * from cases where id = $1', [caseId])).rows[0];
  const open = async (contactId: string) => {
    const body = { subject: 'Lamp', requester: { contact_id: contactId } };
    return (await contacts.writer.send('POST /v1/cases', body)).body;
  };
  const reconsider = () =>
    reconsiderCases(reconsidering(ledgerOf(contacts.world), silentLogger), new AbortController().signal);

  it('have one history: live cases are the winner’s, each with an event, and closed ones are untouched yet readable', async () => {
    const [rita, rui] = [await make('Rita', 'rita@p.example'), await make('Rui', 'rui@p.example')];
    const [live, closed, own] = [await open(rui), await open(rui), await open(rita)];
    const main = await open(rui);
    await contacts.writer.send(`POST /v1/cases/${main.id}/merge`, { source_ids: [closed.id] });
    const before = await rowOf(closed.id);
    await send('POST /v1/contacts/merge', { into: rita, from: [rui] });
    expect(await reconsider()).toBeGreaterThan(0);
    expect([await requesterOf(live.id), await requesterOf(main.id), await requesterOf(closed.id)]).toEqual([
      rita,
      rita,
      rui,
    ]);
    expect(await rowOf(closed.id)).toEqual(before);
    for (const name of [rita, rui, 'email:rui@p.example']) {
      const { body } = await contacts.writer.send<{ data: { id: string }[] }>(`GET /v1/cases?requester_id=${name}`);
      expect([name, body.data.map(({ id }) => id)]).toEqual([name, [main.id, own.id, closed.id, live.id]]);
    }
    const events = await contacts.writer.send<{ data: { kind: string; changes: object[] }[] }>(
      `GET /v1/cases/${live.id}/events`,
    );
    expect(events.body.data.map(({ kind }) => kind)).toEqual(['created', 'requester_changed']);
    await send(`POST /v1/contacts/${rita}/unmerge`, { contact_id: rui });
    await reconsider();
    expect([await requesterOf(live.id), await requesterOf(own.id), await requesterOf(closed.id)]).toEqual([
      rui,
      rita,
      rui,
    ]);
    expect(await rowOf(closed.id)).toEqual(before);
  });

  it('give back what went along through others, and nothing that somebody has chosen since', async () => {
    const [rita, rui] = [await make('Rita', 'rita@r.example'), await make('Rui', 'rui@r.example')];
    const [ivo, eva] = [await make('Ivo', 'ivo@r.example'), await make('Eva', 'eva@r.example')];
    const [own, chosen, later] = [await open(ivo), await open(ivo), await open(rui)];
    await send('POST /v1/contacts/merge', { into: rui, from: [ivo] });
    await send('POST /v1/contacts/merge', { into: rita, from: [rui] });
    await reconsider();
    const requesters = () => Promise.all([own, chosen, later].map(({ id }) => requesterOf(id)));
    expect(await requesters()).toEqual([rita, rita, rita]);
    for (const contactId of [eva, rita]) {
      const { status } = await contacts.writer.send(
        `PATCH /v1/cases/${chosen.id}`,
        { requester: { contact_id: contactId } },
        { 'if-match': '*' },
      );
      expect(status).toBe(200);
    }
    await send(`POST /v1/contacts/${rita}/unmerge`, { contact_id: rui });
    await reconsider();
    expect(await requesters()).toEqual([rui, rita, rui]);
    await send(`POST /v1/contacts/${rui}/unmerge`, { contact_id: ivo });
    await reconsider();
    expect(await requesters()).toEqual([ivo, rita, rui]);
  });

  it('give a stranger back who was taken for somebody else, and no integration takes them for that one again', async () => {
    const body = { subject: 'Lamp', requester: { email: 'late@s.example', name: 'Late' } };
    const stranger = (await contacts.writer.send('POST /v1/cases', body)).body;
    const strangerId = (await requesterOf(stranger.id)) ?? '';
    const put = () =>
      send('PUT /v1/contacts/external/crm/late', { identities: [{ kind: 'email', value: 'late@s.example' }] });
    const { id } = (await put()).body;
    await reconsider();
    expect([id === strangerId, await requesterOf(stranger.id)]).toEqual([false, id]);
    const apart = await send(`POST /v1/contacts/${id}/unmerge`, { contact_id: strangerId });
    expect([apart.status, apart.body.merged_from]).toEqual([200, []]);
    await reconsider();
    expect(await requesterOf(stranger.id)).toBe(strangerId);
    expect((await put()).body).toMatchObject({ id, merged_from: [] });
    await reconsider();
    expect(await requesterOf(stranger.id)).toBe(strangerId);
  });
});

it('71 two accounts have the same addresses, numbers and keys, and see nothing of each other', async () => {
  const body = {
    name: 'Same',
    identities: [
      { kind: 'email', value: 'same@example.org' },
      { kind: 'external', value: 'hubspot:same' },
    ],
  };
  const headers = { 'idempotency-key': 'same' };
  const ours = await send('POST /v1/contacts', body, headers);
  const theirs = await contacts.world.send<Body>('POST /v1/contacts', { key: contacts.theirs, headers, body });
  expect([ours.status, theirs.status, theirs.headers['idempotency-replayed']]).toEqual([201, 201, undefined]);
  expect(theirs.body.id).not.toBe(ours.body.id);
  const [identity] = ours.body.identities;
  const asked = [
    `GET /v1/contacts/${ours.body.id}`,
    `GET /v1/contacts/${ours.body.id}/interactions`,
    `GET /v1/contacts/${ours.body.id}/export`,
    `PATCH /v1/contacts/${ours.body.id}`,
    `POST /v1/contacts/${ours.body.id}/identities`,
    `PATCH /v1/contacts/${ours.body.id}/identities/${identity?.id}`,
    `DELETE /v1/contacts/${ours.body.id}/identities/email:same@example.org`,
    `POST /v1/contacts/${ours.body.id}/unmerge`,
    `PATCH /v1/contacts/${theirs.body.id}/identities/${identity?.id}`,
  ];
  const bodies: Readonly<Record<string, unknown>> = {
    [`POST /v1/contacts/${ours.body.id}/identities`]: { kind: 'phone', value: '+351910000009' },
    [`POST /v1/contacts/${ours.body.id}/unmerge`]: { contact_id: ours.body.id },
  };
  for (const line of asked) {
    const given = line.startsWith('GET') ? {} : { body: bodies[line] ?? {} };
    expect([line, (await contacts.world.send(line, { key: contacts.theirs, ...given })).status]).toEqual([line, 404]);
  }
  const upserted = await contacts.world.send<Body>('PUT /v1/contacts/external/hubspot/same', {
    key: contacts.theirs,
    body: { company: 'Theirs' },
  });
  expect(upserted.body.id).toBe(theirs.body.id);
  expect((await send(`GET /v1/contacts/${ours.body.id}`)).body).toEqual(ours.body);
});
