import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { setAccount } from './beside-http.js';
import { aCaseWriter, ANA, type CaseBody, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OUR_ACCOUNT } from './identities.js';
import type { Answer } from './world.js';

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const send: CaseWriter['send'] = (...request) => writer.send(...request);
const create: CaseWriter['create'] = (body) => writer.create(body);
const kindsOf = async (path: string): Promise<string[]> => {
  const { body } = await send<{ data: { kind: string }[] }>(`GET ${path}/events`);
  return body.data.map(({ kind }) => kind);
};

describe('the life of a case', () => {
  it('3 a pending case that is unassigned is new, in one event', async () => {
    const path = pathOf(await create({ assignee_id: ANA, status: 'pending' }));
    const { status, body } = await send(`POST ${path}/unassign`, {});
    expect([status, body]).toMatchObject([200, { status: 'new', assignee_id: null, version: 2 }]);
    expect(await kindsOf(path)).toEqual(['created', 'unassigned']);
    const again = pathOf(await create({ assignee_id: ANA, status: 'pending' }));
    expect((await send(`PATCH ${again}`, { assignee_id: null })).body.status).toBe('new');
  });

  it('5 nobody’s case is neither open, pending nor on hold', async () => {
    const path = pathOf(await create());
    for (const status of ['open', 'pending', 'on_hold']) {
      const refused = await send<Problem>(`PATCH ${path}`, { status });
      expect(codesOf(refused)).toEqual([422, 'assignee-required', '/assignee_id assignee-required']);
    }
    expect((await send(`GET ${path}`)).body).toMatchObject({ status: 'new', version: 1 });
    expect((await send(`PATCH ${path}`, { status: 'pending', assignee_id: ANA })).body.status).toBe('pending');
  });

  it.each([
    ['6 an agent', 'cases:write', { 'on-behalf-of': `agent:${ANA}` }],
    ['6 an administrator', 'cases:admin', { 'on-behalf-of': `agent:${ANA}` }],
    ['6 a client by itself', 'cases:admin', {}],
  ])('%s closes nothing, and nothing is written', async (name, scope, headers) => {
    const { pool } = writer.world.database;
    const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name, scopes: [scope, 'impersonate'] });
    const made = await create({ assignee_id: ANA });
    const rowOf = async () => (await pool.query<object>('select * from cases where id = $1', [made.body.id])).rows;
    const before = await rowOf();
    for (const body of [{ status: 'closed' }, { status: 'closed', priority: 'low' }]) {
      const refused: Answer<Problem> = await writer.world.send(`PATCH ${pathOf(made)}`, { key, headers, body });
      expect(codesOf(refused)).toEqual([422, 'manual-close-forbidden', '/status manual-close-forbidden']);
    }
    const opened: Answer<Problem> = await writer.world.send('POST /v1/cases', {
      ...{ key, headers, body: { subject: 'A lamp', requester: { email: 'eva@example.org' }, status: 'closed' } },
    });
    expect(codesOf(opened)).toEqual([422, 'manual-close-forbidden', '/status manual-close-forbidden']);
    expect([await rowOf(), await kindsOf(pathOf(made))]).toEqual([before, ['created']]);
  });

  it('14 is not put on hold where the account does not use that', async () => {
    const path = pathOf(await create({ assignee_id: ANA }));
    await setAccount(writer.world, 'on_hold_enabled = false');
    const refused = await send<Problem>(`PATCH ${path}`, { status: 'on_hold' });
    await setAccount(writer.world, 'on_hold_enabled = true');
    expect(codesOf(refused)).toEqual([422, 'status-not-available', '/status status-not-available']);
    expect((await send(`PATCH ${path}`, { status: 'on_hold' })).body.status).toBe('on_hold');
  });

  it('15 may lose its priority', async () => {
    const path = pathOf(await create({ assignee_id: ANA, priority: 'high' }));
    expect((await send(`PATCH ${path}`, { priority: null })).body).toMatchObject({ priority: null, version: 2 });
  });
});

describe('statuses that people made', () => {
  const aStatus = async (key: string, category: string): Promise<CaseBody> => {
    const scopes = ['config:write'];
    const admin = await createApiKey(writer.world.database.pool, { accountId: OUR_ACCOUNT, name: key, scopes });
    const body = { key, agent_label: key, category };
    return (await writer.world.send<CaseBody>('POST /v1/statuses', { key: admin, body })).body;
  };

  it('13 obey their category, whatever they are called', async () => {
    const made = {
      new: await aStatus('closed_by_mistake', 'new'),
      open: await aStatus('pending_with_us', 'open'),
      pending: await aStatus('new_for_the_customer', 'pending'),
      on_hold: await aStatus('resolved_next_week', 'on_hold'),
      resolved: await aStatus('still_open', 'resolved'),
    };
    const unowned = pathOf(await create());
    expect(await send(`PATCH ${unowned}`, { status_id: made.new.id })).toMatchObject({
      ...{ status: 200, body: { status: 'new', status_id: made.new.id } },
    });
    const path = pathOf(await create({ assignee_id: ANA }));
    const into = (category: keyof typeof made, body: object = {}) =>
      send<CaseBody & Problem>(`PATCH ${path}`, { status_id: made[category].id, ...body });
    expect(codesOf(await into('new'))).toEqual([422, 'new-requires-unassign', '/status_id new-requires-unassign']);
    for (const category of ['open', 'pending', 'on_hold'] as const) {
      expect((await into(category)).body).toMatchObject({ status: category, status_id: made[category].id });
      const nobodys = await send<Problem>(`PATCH ${unowned}`, { status_id: made[category].id });
      expect(codesOf(nobodys)).toEqual([422, 'assignee-required', '/assignee_id assignee-required']);
    }
    expect(codesOf(await into('resolved'))).toEqual([422, 'resolution-required', '/resolution resolution-required']);
    expect((await into('resolved', { resolution: 'A new bulb.' })).body.status).toBe('resolved');
    expect(codesOf(await send<Problem>(`PATCH ${path}`, { priority: 'low' }))).toEqual([409, 'case-resolved']);
    expect((await into('pending')).body).toMatchObject({ status: 'pending', status_id: made.pending.id });
  });
});
