import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { aCaseWriter, ANA, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OTHER_ACCOUNT } from './identities.js';
import { storeCase } from './world.js';

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const send: CaseWriter['send'] = (...request) => writer.send(...request);
const create: CaseWriter['create'] = (body) => writer.create(body);

describe('changing a case', () => {
  it('assigns, unassigns, resolves and reopens it', async () => {
    const path = pathOf(await create());
    const steps = [
      await send(`POST ${path}/assign`, { assignee_id: ANA }),
      await send(`PATCH ${path}`, { status: 'pending', priority: 'high' }),
      await send(`POST ${path}/unassign`, {}),
      await send(`POST ${path}/resolve`, { resolution: 'Sent a new one.' }, { 'on-behalf-of': `agent:${ANA}` }),
      await send(`POST ${path}/reopen`, {}),
    ];
    expect(steps.map(({ status, body, headers }) => [status, body.status, body.version, headers['etag']])).toEqual([
      [200, 'open', 2, '"2"'],
      [200, 'pending', 3, '"3"'],
      [200, 'new', 4, '"4"'],
      [200, 'resolved', 5, '"5"'],
      [200, 'open', 6, '"6"'],
    ]);
    expect(steps[3]?.body).toMatchObject({
      resolution: 'Sent a new one.',
      resolution_source: 'agent',
      assignee_id: ANA,
    });
  });

  it.each([
    ['4 new while assigned', { status: 'new' }, [422, 'new-requires-unassign', '/status new-requires-unassign']],
    ['6 closed', { status: 'closed' }, [422, 'manual-close-forbidden', '/status manual-close-forbidden']],
    [
      '7 resolved without a resolution',
      { status: 'resolved' },
      [422, 'resolution-required', '/resolution resolution-required'],
    ],
    [
      '60 an assignee who is no member',
      { assignee_id: 'email:bo@acme.example' },
      [422, 'assignee-not-in-group', '/assignee_id assignee-not-in-group'],
    ],
  ])('%s is refused, and nothing is written', async (_, patch, problem) => {
    const made = await create({ assignee_id: ANA });
    expect(codesOf(await send<Problem>(`PATCH ${pathOf(made)}`, patch))).toEqual(problem);
    expect((await send(`GET ${pathOf(made)}`)).body).toMatchObject({ version: 1, status: 'open' });
  });

  it('8 lets a resolved case be changed only by reopening it', async () => {
    const path = pathOf(await create({ assignee_id: ANA, status: 'resolved', resolution: 'Done.' }));
    const refused = await send<Problem>(`PATCH ${path}`, { priority: 'low' });
    expect([refused.status, refused.body.code]).toEqual([409, 'case-resolved']);
    const reopened = await send(`PATCH ${path}`, { priority: 'low', status: 'open' });
    expect([reopened.status, reopened.body.status]).toEqual([200, 'open']);
  });

  it('changes nothing when it is so already', async () => {
    const made = await create({ tags: ['Vip'] });
    const same = await send(`PATCH ${pathOf(made)}`, { subject: 'My lamp is broken', tags: ['vip'] });
    expect([same.status, same.headers['etag'], same.body.version]).toEqual([200, '"1"', 1]);
  });

  it('68 tells who comes too late what has changed', async () => {
    const made = await create({ assignee_id: ANA });
    const path = pathOf(made);
    await send(`PATCH ${path}`, { priority: 'high', status: 'pending' });
    await send(`POST ${path}/tags`, { add: ['vip'] });
    const late = await send<Problem>(`PATCH ${path}`, { priority: 'low', colour: 'red' }, { 'if-match': '"1"' });
    expect([late.status, late.body.code, late.body.current_version]).toEqual([412, 'version-mismatch', 3]);
    expect(late.body.changed_fields).toEqual(['priority', 'status', 'status_id', 'tags']);
    const weak = await send<Problem>(`PATCH ${path}`, { priority: 'low' }, { 'if-match': 'W/"3"' });
    expect(weak.status).toBe(412);
    expect((await send(`PATCH ${path}`, { priority: 'low' }, { 'if-match': '"9", "3"' })).body.version).toBe(4);
  });

  it('12 leaves a closed case as it is, whatever is asked', async () => {
    const state = await storeCase(writer.world, {
      number: '900001',
      ...{ category: 'resolved', resolvedAt: '2026-03-01T12:00:00.000Z', resolutionSource: 'automation' },
      ...{ closedAt: '2026-03-06T12:00:00.000Z', closedReason: 'auto_close' },
    });
    const rowOf = async () =>
      (await writer.world.database.pool.query<object>('select * from cases where id = $1', [state.id])).rows;
    const before = await rowOf();
    const path = `/v1/cases/${state.id}`;
    const answers = [
      await send<Problem>(`PATCH ${path}`, { priority: 'low' }),
      await send<Problem>(`POST ${path}/assign`, { assignee_id: ANA }),
      await send<Problem>(`POST ${path}/unassign`, {}),
      await send<Problem>(`POST ${path}/resolve`, { resolution: 'Again.' }),
      await send<Problem>(`POST ${path}/reopen`, {}),
      await send<Problem>(`POST ${path}/tags`, { add: ['late'] }),
      await send<Problem>(`POST ${path}/participants`, { add: [{ email: 'dan@example.org' }] }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [409, 'case-closed']));
    expect(await rowOf()).toEqual(before);
  });

  it('puts it into the trash and takes it out again; what is purged is gone for good, comments and all', async () => {
    const path = pathOf(await create({ comment: { body_text: 'A note.' } }));
    expect((await send(`DELETE ${path}`)).body).toMatchObject({ version: 3, deleted_at: expect.any(String) });
    expect(codesOf(await send<Problem>(`PATCH ${path}`, { priority: 'low' }))).toEqual([409, 'case-deleted']);
    expect((await send(`POST ${path}/restore`, {})).body).toMatchObject({ version: 4, deleted_at: null });
    expect(codesOf(await send<Problem>(`DELETE ${path}?permanent=true`))).toEqual([409, 'not-in-trash']);
    await send(`DELETE ${path}`);
    expect((await send(`DELETE ${path}?permanent=true`)).status).toBe(204);
    expect(codesOf(await send<Problem>(`PATCH ${path}`, { priority: 'low' }))).toEqual([410, 'purged']);
  });

  it('changes participants and tags one by one', async () => {
    const path = pathOf(await create({ tags: ['one'], participants: [{ email: 'dan@example.org' }] }));
    await send(`POST ${path}/participants`, { add: [{ agent_id: 'email:bo@acme.example', role: 'follower' }] });
    const { body } = await send(`POST ${path}/tags`, { add: ['two'], remove: ['one'] });
    expect(body).toMatchObject({
      tags: ['two'],
      participants: [
        { kind: 'contact', email: 'dan@example.org', role: 'cc' },
        { kind: 'agent', name: 'Bo', email: 'bo@acme.example', role: 'follower' },
      ],
    });
  });

  it('71 does not find what another account has', async () => {
    const made = await create();
    const theirs = await createApiKey(writer.world.database.pool, {
      ...{ accountId: OTHER_ACCOUNT, name: 'writer', scopes: ['cases:admin'] },
    });
    for (const path of [pathOf(made), `/v1/cases/number:${made.body.number}`]) {
      const answer = await writer.world.send<Problem>(`PATCH ${path}`, { key: theirs, body: { priority: 'low' } });
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    }
  });
});
