import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declareConfiguration } from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, createApiKey } from '#libs/testing';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { type Answer, aWorld, storeCase, type World } from './world.js';

interface CaseBody {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly status: string;
  readonly assignee_id: string | null;
  readonly requester: { readonly id: string };
}
interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
  readonly changed_fields?: readonly string[];
  readonly current_version?: number;
}

let world: World;
let key: string;
const ana = declaredId(OUR_ACCOUNT, 'agent', 'ana@acme.example');
beforeAll(async () => {
  world = await aWorld();
  const bo = { ...aDeclaredAgent('bo@acme.example', 'Bo'), groups: ['Sales'] };
  const agents = [aDeclaredAgent('ana@acme.example', 'Ana'), bo];
  await declareConfiguration(
    world.database.pool,
    aDeclaration({ account: aDeclaredAccount({ id: OUR_ACCOUNT }), agents }),
  );
  const scopes = ['cases:admin', 'impersonate'];
  key = await createApiKey(world.database.pool, { accountId: OUR_ACCOUNT, name: 'writer', scopes });
});
afterAll(() => world.close());

const send = <Body = CaseBody & Problem>(line: string, body?: unknown, headers: Record<string, string> = {}) =>
  world.send<Body>(line, { key, headers, ...(body === undefined ? {} : { body }) });
const RITA = { email: 'rita@example.org', name: 'Rita Alves' };
let requesters = 0;
/** Each for somebody else, so that nobody has served the requester before. */
const create = (body: object = {}): Promise<Answer<CaseBody & Problem>> => {
  requesters += 1;
  const requester = { email: `customer${requesters}@example.org` };
  return send('POST /v1/cases', { subject: 'My lamp is broken', requester, ...body });
};
const pathOf = ({ body }: { readonly body: CaseBody }): string => `/v1/cases/${body.id}`;
const codesOf = ({ status, body }: Answer<Problem>): unknown[] => [
  status,
  body.code,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];

describe('opening a case', () => {
  it('1 without an assignee is new, with its place and version, and its requester known from then on', async () => {
    const made = await create({ requester: RITA });
    expect([made.status, made.headers['location'], made.headers['etag']]).toEqual([201, pathOf(made), '"1"']);
    expect(made.body).toMatchObject({
      status: 'new',
      status_label: 'New',
      subject: 'My lamp is broken',
      group: { name: 'Support' },
      assignee: null,
      requester: { kind: 'contact', ...RITA },
      source: 'api',
      version: 1,
      measures: { first_reply_s: null, resolution_s: null },
    });
    expect((await send(`GET ${pathOf(made)}`)).body).toMatchObject({ number: made.body.number });
    const again = await create({ requester: { email: 'Rita@Example.org' } });
    expect(again.body.requester.id).toBe(made.body.requester.id);
  });

  it('2 with an assignee is open, in one event', async () => {
    const made = await create({ assignee_id: 'email:ana@acme.example' });
    expect(made.body).toMatchObject({ status: 'open', assignee: { kind: 'agent', id: ana, name: 'Ana' }, version: 1 });
    const { body } = await send<{ data: { kind: string }[] }>(`GET ${pathOf(made)}/events`);
    expect(body.data.map(({ kind }) => kind)).toEqual(['created']);
  });

  it('18 names all that is wrong at once, and writes nothing, not even a number', async () => {
    const { number } = (await create()).body;
    const { rows } = await world.database.pool.query('select count(*)::int as count from cases');
    const refused = await send<Problem>('POST /v1/cases', {
      ...{
        subject: '',
        colour: 'red',
        number: 7,
        type: 'task',
        requester: RITA,
        group_id: 'name:Nowhere',
        tags: ['a b'],
      },
    });
    expect(codesOf(refused).slice(0, 2)).toEqual([422, 'validation-failed']);
    expect(refused.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/assignee_id assignee-required',
      '/colour unknown-field',
      '/due_on due-date-required',
      '/group_id unknown-group',
      '/number read-only',
      '/subject validation-failed',
      '/tags/0 validation-failed',
    ]);
    const after = await world.database.pool.query('select count(*)::int as count from cases');
    expect(after.rows).toEqual(rows);
    expect((await create()).body.number).toBe(number + 1);
  });

  it('is for whom somebody acts, and never for a client', async () => {
    const alone = await send<Problem>('POST /v1/cases', { subject: 'A lamp' });
    expect(codesOf(alone)).toEqual([422, 'requester-required', '/requester requester-required']);
    const acting = await send('POST /v1/cases', { subject: 'A lamp' }, { 'on-behalf-of': `agent:${ana}` });
    expect(acting.body).toMatchObject({
      requester: { kind: 'agent', id: ana, name: 'Ana', email: 'ana@acme.example' },
    });
    const { body } = await send<{ data: object[] }>(`GET ${pathOf(acting)}/events`);
    expect(body.data).toMatchObject([{ actor: { kind: 'app' }, on_behalf_of: { kind: 'agent', id: ana } }]);
  });

  it('67 happens once, however often it is asked for', async () => {
    const headers = { 'idempotency-key': 'order 7' };
    const body = { subject: 'Once', requester: RITA };
    const first = await send('POST /v1/cases', body, headers);
    const again = await send('POST /v1/cases', body, headers);
    expect([again.status, again.headers['idempotency-replayed'], again.body]).toEqual([201, 'true', first.body]);
    const other = await send('POST /v1/cases', { ...body, subject: 'Twice' }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });
});

describe('changing a case', () => {
  it('assigns, unassigns, resolves and reopens it', async () => {
    const path = pathOf(await create());
    const steps = [
      await send(`POST ${path}/assign`, { assignee_id: ana }),
      await send(`PATCH ${path}`, { status: 'pending', priority: 'high' }),
      await send(`POST ${path}/unassign`, {}),
      await send(`POST ${path}/resolve`, { resolution: 'Sent a new one.' }, { 'on-behalf-of': `agent:${ana}` }),
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
      assignee_id: ana,
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
    const made = await create({ assignee_id: ana });
    expect(codesOf(await send<Problem>(`PATCH ${pathOf(made)}`, patch))).toEqual(problem);
    expect((await send(`GET ${pathOf(made)}`)).body).toMatchObject({ version: 1, status: 'open' });
  });

  it('8 lets a resolved case be changed only by reopening it', async () => {
    const path = pathOf(await create({ assignee_id: ana, status: 'resolved', resolution: 'Done.' }));
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
    const made = await create({ assignee_id: ana });
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
    const state = await storeCase(world, {
      number: '900001',
      ...{ category: 'resolved', resolvedAt: '2026-03-01T12:00:00.000Z', resolutionSource: 'automation' },
      ...{ closedAt: '2026-03-06T12:00:00.000Z', closedReason: 'auto_close' },
    });
    const rowOf = async () =>
      (await world.database.pool.query<object>('select * from cases where id = $1', [state.id])).rows;
    const before = await rowOf();
    const path = `/v1/cases/${state.id}`;
    const answers = [
      await send<Problem>(`PATCH ${path}`, { priority: 'low' }),
      await send<Problem>(`POST ${path}/assign`, { assignee_id: ana }),
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
    const theirs = await createApiKey(world.database.pool, {
      ...{ accountId: OTHER_ACCOUNT, name: 'writer', scopes: ['cases:admin'] },
    });
    for (const path of [pathOf(made), `/v1/cases/number:${made.body.number}`]) {
      const answer = await world.send<Problem>(`PATCH ${path}`, { key: theirs, body: { priority: 'low' } });
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    }
  });
});
