import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMail, createApiKey } from '#libs/testing';
import { closeAfter, receive } from './beside-http.js';
import { aCaseWriter, ANA, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { storeCase } from './world.js';

interface LinkBody {
  readonly id: string;
  readonly kind: string;
  readonly direction: string;
  readonly case: {
    readonly id: string;
    readonly number: number;
    readonly subject: string | null;
    readonly status: string;
  };
  readonly created_by: { readonly kind: string; readonly name: string } | null;
  readonly on_behalf_of: { readonly name: string } | null;
}
type Links = { readonly data: readonly LinkBody[]; readonly page: { readonly next_cursor: string | null } };
interface EventList {
  readonly data: readonly { readonly kind: string; readonly details: Readonly<Record<string, unknown>> }[];
}

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const link = (path: string, name: string, headers: Record<string, string> = {}) =>
  writer.send<LinkBody & Problem>(`POST ${path}/links`, { case_id: name }, headers);
const linksOf = async (path: string): Promise<readonly LinkBody[]> =>
  (await writer.send<Links>(`GET ${path}/links`)).body.data;
const lastEvent = async (path: string) => (await writer.send<EventList>(`GET ${path}/events`)).body.data.at(-1);

describe('a link', () => {
  it('is made once, is shown on both sides, and both histories tell it', async () => {
    const [one, other] = [await writer.create(), await writer.create()];
    const [path, there] = [pathOf(one), pathOf(other)];
    const first = await link(path, `number:${other.body.number}`, { 'on-behalf-of': `agent:${ANA}` });
    expect([first.status, first.headers['etag']]).toEqual([201, '"2"']);
    expect(first.body).toMatchObject({
      ...{ kind: 'related', direction: 'to' },
      case: { id: other.body.id, number: other.body.number, subject: 'My lamp is broken', status: other.body.status },
      created_by: { kind: 'app', name: 'writer' },
      on_behalf_of: { name: 'Ana' },
    });
    expect((await writer.send(`GET ${first.headers['location']}`)).body).toEqual(first.body);
    for (const [from, name] of [[path, other.body.id] as const, [there, `number:${one.body.number}`] as const]) {
      const again = await link(from, name);
      expect([again.status, again.body.id, again.headers['etag']]).toEqual([200, first.body.id, '"2"']);
    }
    expect(await linksOf(path)).toEqual([first.body]);
    expect(await linksOf(there)).toMatchObject([
      { id: first.body.id, direction: 'from', case: { id: one.body.id }, created_by: { kind: 'app' } },
    ]);
    const told = { link_id: first.body.id, kind: 'related' };
    expect(await lastEvent(path)).toMatchObject({ kind: 'link_added', details: { ...told, case_id: other.body.id } });
    expect(await lastEvent(there)).toMatchObject({ kind: 'link_added', details: { ...told, case_id: one.body.id } });
    const stale = await writer.send(`PATCH ${there}`, { priority: 'low' }, { 'if-match': '"1"' });
    expect(stale.body.changed_fields).toEqual(['links']);
  });

  it('is taken away from either side, and both histories tell it', async () => {
    const [one, other] = [await writer.create(), await writer.create()];
    const { body } = await link(pathOf(one), other.body.id);
    const path = `${pathOf(other)}/links/${body.id}`;
    const stale = await writer.send<Problem>(`DELETE ${path}`, undefined, { 'if-match': '"1"' });
    expect([stale.status, stale.body.current_version, stale.body.changed_fields]).toEqual([412, 2, ['links']]);
    const headers = { 'if-match': '"2"', 'idempotency-key': 'once and for all' };
    for (const replayed of [undefined, 'true']) {
      const gone = await writer.send(`DELETE ${path}`, undefined, headers);
      expect([gone.status, gone.headers['idempotency-replayed']]).toEqual([204, replayed]);
    }
    expect(codesOf(await writer.send<Problem>(`DELETE ${path}`))).toEqual([404, 'not-found']);
    expect((await writer.send(`GET ${path}`)).status).toBe(404);
    for (const [end, other_id] of [[one, other.body.id] as const, [other, one.body.id] as const]) {
      expect(await linksOf(pathOf(end))).toEqual([]);
      expect(await lastEvent(pathOf(end))).toMatchObject({ kind: 'link_removed', details: { case_id: other_id } });
    }
    expect((await link(pathOf(one), other.body.id)).status).toBe(201);
  });

  it('is repeated by its key, and refused for another version', async () => {
    const [one, other] = [await writer.create(), await writer.create()];
    const headers = { 'idempotency-key': 'a link' };
    const first = await link(pathOf(one), other.body.id, headers);
    const again = await link(pathOf(one), other.body.id, headers);
    expect([again.status, again.headers['idempotency-replayed'], again.body]).toEqual([201, 'true', first.body]);
    expect(codesOf(await link(pathOf(one), one.body.id, headers))).toEqual([422, 'idempotency-key-reused']);
    expect(codesOf(await link(pathOf(one), other.body.id, { 'if-match': '"1"' }))).toEqual([412, 'version-mismatch']);
  });

  it('is one, whoever asks for it from either side at the same time, and is taken away once', async () => {
    const [one, other] = [await writer.create(), await writer.create()];
    for (let turn = 0; turn < 5; turn += 1) {
      const sides = [one, other, one, other];
      const asked = sides.map((side) => link(pathOf(side), (side === one ? other : one).body.id));
      const answers = await Promise.all(asked);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
      const [id, ...others] = new Set(answers.map(({ body }) => body.id));
      expect(others).toEqual([]);
      const gone = await Promise.all(sides.map((side) => writer.send(`DELETE ${pathOf(side)}/links/${id}`)));
      expect(gone.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404]);
    }
    expect((await writer.send(`GET ${pathOf(one)}`)).body.version).toBe(11);
    expect((await writer.send(`GET ${pathOf(other)}`)).body.version).toBe(11);
  });

  it('71 is with another case, of the same account', async () => {
    const one = await writer.create();
    const theirs = await storeCase(writer.world, { accountId: OTHER_ACCOUNT });
    expect(codesOf(await link(pathOf(one), one.body.id))).toEqual([
      ...[422, 'target-not-allowed', '/case_id target-not-allowed'],
    ]);
    expect(codesOf(await link(pathOf(one), theirs.id))).toEqual([422, 'unknown-case', '/case_id unknown-case']);
    expect(codesOf(await link(`/v1/cases/${theirs.id}`, one.body.id))).toEqual([404, 'not-found']);
    expect(codesOf(await link(pathOf(one), 'lamp'))).toEqual([422, 'validation-failed', '/case_id validation-failed']);
    expect(codesOf(await writer.send<Problem>(`POST ${pathOf(one)}/links`, { kind: 'merged' }))).toEqual([
      ...[422, 'validation-failed', '/kind unknown-field', '/case_id field-required'],
    ]);
    const other = await writer.create();
    const { id } = (await link(pathOf(one), other.body.id)).body;
    const key = await createApiKey(writer.world.database.pool, {
      ...{ accountId: OTHER_ACCOUNT, name: 'stranger', scopes: ['cases:write'] },
    });
    for (const line of [`DELETE /v1/cases/${theirs.id}/links/${id}`, `GET /v1/cases/${theirs.id}/links/${id}`]) {
      expect((await writer.world.send(line, { key })).status).toBe(404);
    }
    expect((await writer.send(`DELETE ${pathOf(one)}/links/lamp`)).status).toBe(404);
    expect(codesOf(await writer.send<Problem>(`DELETE ${pathOf(one)}/links/${id}`, { lamp: 1 }))).toEqual([
      ...[422, 'unknown-field', '/lamp unknown-field'],
    ]);
    expect(await linksOf(pathOf(one))).toHaveLength(1);
  });
});

describe('the links of a case', () => {
  it('come page by page, oldest first', async () => {
    const one = await writer.create();
    const others = [await writer.create(), await writer.create(), await writer.create(), await writer.create()];
    for (const [index, { body }] of others.entries()) {
      await (index % 2 === 0 ? link(pathOf(one), body.id) : link(`/v1/cases/${body.id}`, one.body.id));
    }
    const seen: string[] = [];
    for (let query = '?limit=3'; query !== '';) {
      const { body } = await writer.send<Links>(`GET ${pathOf(one)}/links${query}`);
      seen.push(...body.data.map(({ case: { id } }) => id));
      query = body.page.next_cursor === null ? '' : `?limit=3&cursor=${body.page.next_cursor}`;
    }
    expect(seen).toEqual(others.map(({ body }) => body.id));
  });

  it('name no subject of what is in the trash, and nothing of what was purged', async () => {
    const [one, other] = [await writer.create(), await writer.create()];
    const { id } = (await link(pathOf(one), other.body.id)).body;
    await writer.send(`DELETE ${pathOf(other)}`);
    expect(await linksOf(pathOf(one))).toMatchObject([{ id, case: { id: other.body.id, subject: null } }]);
    expect(await linksOf(pathOf(other))).toMatchObject([{ id, case: { subject: 'My lamp is broken' } }]);
    const trashed = [409, 'case-deleted'];
    expect(codesOf(await writer.send<Problem>(`DELETE ${pathOf(one)}/links/${id}`))).toEqual(trashed);
    expect(codesOf(await link(pathOf(other), one.body.id))).toEqual(trashed);
    expect(codesOf(await link(pathOf(one), other.body.id))).toEqual([...trashed, '/case_id case-deleted']);
    expect((await writer.send(`DELETE ${pathOf(other)}?permanent=true`)).status).toBe(204);
    expect(await linksOf(pathOf(one))).toEqual([]);
    expect(codesOf(await link(pathOf(other), one.body.id))).toEqual([410, 'purged']);
    expect(codesOf(await writer.send<Problem>(`DELETE ${pathOf(other)}/links/${id}`))).toEqual([410, 'purged']);
    const { rows } = await writer.world.database.pool.query('select from case_link where id = $1', [id]);
    expect(rows).toEqual([]);
  });

  it('12 stay as they are when one of the two is closed, for people; a purge takes them along all the same', async () => {
    const [one, other, third] = [await writer.create(), await writer.create(), await writer.create()];
    const { id } = (await link(pathOf(one), other.body.id)).body;
    await writer.send(`POST ${pathOf(other)}/resolve`, { resolution: 'Sent.' }, { 'on-behalf-of': `agent:${ANA}` });
    expect((await link(pathOf(other), third.body.id)).status).toBe(201);
    await closeAfter(writer.world, new Date().toISOString(), 6);
    const closed = [409, 'case-closed'];
    for (const end of [one, other]) {
      expect(codesOf(await writer.send<Problem>(`DELETE ${pathOf(end)}/links/${id}`))).toEqual(closed);
    }
    expect(codesOf(await link(pathOf(other), one.body.id))).toEqual(closed);
    expect(await linksOf(pathOf(one))).toMatchObject([
      { id, case: { status: 'closed', subject: 'My lamp is broken' } },
    ]);
    await writer.send(`DELETE ${pathOf(one)}`);
    expect((await writer.send(`DELETE ${pathOf(one)}?permanent=true`)).status).toBe(204);
    expect(await linksOf(pathOf(other))).toMatchObject([{ case: { id: third.body.id } }]);
  });

  it('tell those that follow from a merge, a follow-up and a mail, which nobody takes away', async () => {
    const [main, source] = [await writer.create(), await writer.create()];
    await writer.send(`POST ${pathOf(main)}/merge`, { source_ids: [source.body.id], confirm_cross_requester: true });
    const followUp = await writer.create({ follow_up_of_id: source.body.id });
    const mail = (headers: Parameters<typeof aMail>[0]) => aMail(headers, { accountId: OUR_ACCOUNT });
    const [first = ''] = await receive(writer.world, mail({ messageId: '<one@x>' }));
    const asAna = { 'on-behalf-of': `agent:${ANA}` };
    await writer.send(`POST /v1/cases/${first}/resolve`, { resolution: 'Sent.' }, asAna);
    await closeAfter(writer.world, new Date().toISOString(), 6);
    const reply = { messageId: '<two@x>', from: 'mallory@example.net', inReplyTo: '<one@x>' };
    const [second = ''] = await receive(writer.world, mail(reply));
    const [merged, followed] = await linksOf(pathOf(source));
    expect([merged, followed]).toMatchObject([
      { kind: 'merged', direction: 'to', case: { id: main.body.id }, created_by: { name: 'writer' } },
      { kind: 'follow_up', direction: 'from', case: { id: followUp.body.id }, created_by: { name: 'writer' } },
    ]);
    const [related] = await linksOf(`/v1/cases/${second}`);
    expect(related).toMatchObject({ kind: 'related', direction: 'to', case: { id: first }, created_by: null });
    expect(codesOf(await writer.send<Problem>(`DELETE ${pathOf(main)}/links/${merged?.id}`))).toEqual([
      ...[422, 'target-not-allowed', ' target-not-allowed'],
    ]);
  });
});
