import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LEDGER, type LedgerDependencies, settle } from '#libs/case-ledger';
import { breakAssignmentRules, declareConfiguration } from '#libs/case-store';
import { declaredId, newId } from '#libs/interaction';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, aDeclaredGroup, aMail, createApiKey } from '#libs/testing';
import { descriptionOf, faultsOf } from './description.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { type Answer, aWorld, type World } from './world.js';

interface Rule {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

const SECOND_LINE = declaredId(OUR_ACCOUNT, 'group', 'Second line');
const VIP = {
  name: 'VIP',
  conditions: [{ field: 'requester.email_domain', op: 'is', value: 'vip.example' }],
  actions: [{ group_id: 'name:Second line' }, { tags_add: ['VIP'] }],
};

let world: World;
let ledger: LedgerDependencies;
let key: string;
let reader: string;
let everything: string;
let theirs: string;
beforeAll(async () => {
  world = await aWorld();
  const { pool } = world.database;
  const groups = [aDeclaredGroup('Support'), aDeclaredGroup('Second line')];
  const agents = [{ ...aDeclaredAgent('ana@acme.example', 'Ana'), groups: ['Second line'] }];
  await declareConfiguration(pool, aDeclaration({ account: aDeclaredAccount({ id: OUR_ACCOUNT }), groups, agents }));
  ledger = world.application.get<LedgerDependencies>(LEDGER, { strict: false });
  const keyOf = (accountId: string, name: string, scopes: string[]) => createApiKey(pool, { accountId, name, scopes });
  key = await keyOf(OUR_ACCOUNT, 'admin', ['config:write']);
  reader = await keyOf(OUR_ACCOUNT, 'config', ['config:read']);
  everything = await keyOf(OUR_ACCOUNT, 'tester', ['config:read', 'cases:read']);
  theirs = await keyOf(OTHER_ACCOUNT, 'admin', ['config:write']);
});
beforeEach(async () => {
  await world.database.pool.query(
    'delete from assignment_rule; delete from business_hours; update agent_group set active = true; update agent set active = true',
  );
  ledger.directory.invalidate(OUR_ACCOUNT);
});
afterAll(() => world.close());

const send = (line: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<Rule>> =>
  world.send<Rule>(line, { key, body, headers });
const create = (overrides: object = {}) => send('POST /v1/assignment-rules', { ...VIP, ...overrides });
const list = async () =>
  (await world.get<{ data: Rule[] }>('/v1/assignment-rules', { key: reader })).body.data.map(({ name }) => name);
const pointersOf = ({ body }: Answer): string[] =>
  ((body['errors'] ?? []) as { pointer: string; code: string }[]).map((one) => `${one.pointer} ${one.code}`);

describe('assignment rules', () => {
  it('are made, read, changed, ordered and deleted', async () => {
    const made = await create();
    expect(made).toMatchObject({
      status: 201,
      headers: { location: `/v1/assignment-rules/${made.body.id}`, etag: '"1"' },
      body: { name: 'VIP', position: 0, active: true, match: 'all', stop: false, broken_because: null, version: 1 },
    });
    expect(made.body['actions']).toEqual([{ group_id: SECOND_LINE }, { tags_add: ['vip'] }]);
    expect(made.body['conditions']).toEqual(VIP.conditions);
    expect((await world.get(`/v1/assignment-rules/${made.body.id}`, { key: reader })).body).toEqual(made.body);
    expect(faultsOf(await descriptionOf(world), 'POST /v1/assignment-rules', 201, made.body)).toEqual([]);
    const second = await create({ name: 'Other', conditions: [] });
    expect(await list()).toEqual(['VIP', 'Other']);
    const moved = await send(`PATCH /v1/assignment-rules/${made.body.id}`, { position: 9 }, { 'if-match': '"1"' });
    expect(moved).toMatchObject({ status: 200, body: { position: 9, version: 2 } });
    expect(await list()).toEqual(['Other', 'VIP']);
    expect((await send(`PATCH /v1/assignment-rules/${made.body.id}`, { actions: VIP.actions })).body.version).toBe(2);
    const stale = await send(`PATCH /v1/assignment-rules/${made.body.id}`, { stop: true }, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 412, body: { current_version: 2, changed_fields: ['position'] } });
    expect((await send(`DELETE /v1/assignment-rules/${second.body.id}`)).status).toBe(204);
    expect(await list()).toEqual(['VIP']);
  });

  it.each([
    [
      { conditions: [{ field: 'interaction.channel', op: 'less_than', value: 'call' }] },
      '/conditions/0/op validation-failed',
    ],
    [
      { conditions: [{ any: [{ field: 'time.hour', op: 'is', value: 'x' }] }] },
      '/conditions/0/any/0/value validation-failed',
    ],
    [{ conditions: null }, '/conditions validation-failed'],
    [{ conditions: undefined }, '/conditions field-required'],
    [{ actions: [] }, '/actions validation-failed'],
    [{ actions: [{ group_id: 'name:Nowhere' }] }, '/actions/0/group_id unknown-group'],
    [{ actions: [{ assignee_id: 'email:no@acme.example' }] }, '/actions/0/assignee_id unknown-agent'],
    [{ actions: [{ problem_id: newId() }] }, '/actions/0/problem_id unknown-case'],
    [{ actions: [{ type: 'task' }] }, '/actions/0/type validation-failed'],
    [{ actions: [{ priority: 'low' }, { priority: 'high' }] }, '/actions/1/priority validation-failed'],
    [{ actions: [{ priority: 'low', type: 'question' }] }, '/actions/0 validation-failed'],
    [{ actions: [{ tags_add: ['two words'] }] }, '/actions/0/tags_add validation-failed'],
    [{ actions: [{ close: true }] }, '/actions/0 validation-failed'],
    [{ match: 'most' }, '/match validation-failed'],
    [{ name: '' }, '/name validation-failed'],
    [{ managed_by: 'api' }, '/managed_by read-only'],
    [{ colour: 1 }, '/colour unknown-field'],
  ])('%j is refused at %s', async (overrides, expected) => {
    const answer = await create(overrides);
    expect(answer.status).toBe(422);
    expect(pointersOf(answer)).toContain(expected);
    expect(await list()).toEqual([]);
  });

  it('are 100 at most', async () => {
    const many = `insert into assignment_rule (account_id, id, name, position, active, match, conditions, actions, stop, group_ids, agent_ids, problem_ids)
      select $1, gen_random_uuid(), 'r' || n, n, true, 'all', '[]', '{}', false, '{}', '{}', '{}' from generate_series(1, 100) n`;
    await world.database.pool.query(many, [OUR_ACCOUNT]);
    expect(await create()).toMatchObject({ status: 409, body: { code: 'limit-reached' } });
  });

  it('are their account’s, and ask for a scope', async () => {
    const { body } = await create();
    expect((await world.get(`/v1/assignment-rules/${body.id}`, { key: theirs })).status).toBe(404);
    expect((await world.send(`DELETE /v1/assignment-rules/${body.id}`, { key: theirs })).status).toBe(404);
    expect((await world.send('POST /v1/assignment-rules', { key: reader, body: VIP })).status).toBe(403);
  });

  it('that name what is not active any more go off with why, and on again when they name another', async () => {
    const { body } = await create();
    await world.database.pool.query(`update agent_group set active = false where name = 'Second line'`);
    const broken = await breakAssignmentRules(world.database.pool, OUR_ACCOUNT);
    expect(broken).toMatchObject([{ id: body.id, because: 'the group Second line is not active' }]);
    expect(await breakAssignmentRules(world.database.pool, null)).toEqual([]);
    const read = await world.get<Rule>(`/v1/assignment-rules/${body.id}`, { key: reader });
    expect(read.body).toMatchObject({
      active: false,
      broken_because: 'the group Second line is not active',
      version: 2,
    });
    const path = `PATCH /v1/assignment-rules/${body.id}`;
    expect(pointersOf(await send(path, { active: true }))).toEqual(['/actions/0/group_id unknown-group']);
    const again = await send(path, { active: true, actions: [{ group_id: 'name:Support' }] });
    expect(again).toMatchObject({ status: 200, body: { active: true, broken_because: null, version: 3 } });
  });

  it('of the configuration file are changed there', async () => {
    const declared = { name: 'From the file', position: null, active: true, match: 'all', stop: false };
    const rule = { ...declared, conditions: [], actions: [{ assignee_id: 'ana@acme.example' }] };
    const unknown = { ...declared, name: 'Lost', conditions: [], actions: [{ assignee_id: 'nobody@acme.example' }] };
    const file = aDeclaration({
      account: aDeclaredAccount({ id: OUR_ACCOUNT }),
      groups: [aDeclaredGroup('Support'), aDeclaredGroup('Second line')],
      agents: [{ ...aDeclaredAgent('ana@acme.example', 'Ana'), groups: ['Second line'] }],
      assignmentRules: [rule, unknown],
    });
    await declareConfiguration(world.database.pool, file);
    await declareConfiguration(world.database.pool, file);
    const { data } = (await world.get<{ data: Rule[] }>('/v1/assignment-rules', { key: reader })).body;
    expect(data).toMatchObject([
      { name: 'From the file', active: true, managed_by: 'file', version: 1 },
      { name: 'Lost', active: false, broken_because: expect.stringContaining('/actions/0/assignee_id') },
    ]);
    const path = `/v1/assignment-rules/${data[0]?.id}`;
    expect(await send(`PATCH ${path}`, { stop: true })).toMatchObject({ body: { code: 'managed-by-configuration' } });
    expect((await send(`DELETE ${path}`)).status).toBe(409);
    await declareConfiguration(world.database.pool, { ...file, assignmentRules: [] });
    expect(await list()).toEqual([]);
  });

  it('are known at once to decisions of this process, and stay the same objects until they change', async () => {
    const rulesNow = async () => (await ledger.directory.find(world.database.pool, OUR_ACCOUNT))?.assignmentRules;
    const { body } = await create();
    const first = await rulesNow();
    expect(first?.rules.map(({ name }) => name)).toEqual(['VIP']);
    ledger.directory.invalidate(OUR_ACCOUNT);
    expect(await rulesNow()).toBe(first);
    await send(`PATCH /v1/assignment-rules/${body.id}`, { stop: true });
    expect(await rulesNow()).not.toBe(first);
    await send(`PATCH /v1/assignment-rules/${body.id}`, { active: false });
    expect((await rulesNow())?.rules).toEqual([]);
  });
});

describe('a dry run', () => {
  const dryRun = (body: object) =>
    world.send<Record<string, unknown>>('POST /v1/assignment-rules/dry-run', { key: everything, body });

  it('says what rules would have made of cases that were opened, and writes nothing', async () => {
    const { pool } = world.database;
    const vip = aMail({ messageId: '<vip@x>', from: 'rita@vip.example' }, { accountId: OUR_ACCOUNT });
    const other = aMail({ messageId: '<other@x>', from: 'rita@other.example' }, { accountId: OUR_ACCOUNT });
    const inputs = [vip, other].map((interaction) => ({
      kind: 'interaction' as const,
      interaction,
      payload: Buffer.from(JSON.stringify(interaction)),
    }));
    await settle(ledger, [{ accountId: OUR_ACCOUNT, inputs }]);
    const count = async () => (await pool.query('select count(*) from case_event')).rows[0] as unknown;
    const before = await count();
    const { body, status } = await dryRun({
      rule: { ...VIP, actions: [...VIP.actions, { assignee_id: 'email:ana@acme.example' }] },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      tried: 2,
      matched: 1,
      changed: 1,
      results: [
        {
          interaction_id: vip.id,
          rules: [{ name: 'VIP', holds: true, conditions: [{ value: 'vip.example' }] }],
          changes: [
            { field: 'group_id', to: SECOND_LINE },
            { field: 'assignee_id', from: null },
            { field: 'tags', from: [], to: ['vip'] },
          ],
        },
      ],
    });
    const alone = await dryRun({ interaction_id: other.id, rule: VIP });
    expect(alone.body).toMatchObject({ tried: 1, matched: 0, results: [{ rules: [{ holds: false }], changes: [] }] });
    const read = await world.get<{ decision: object }>(`/v1/interactions/${vip.id}`);
    expect(read.body.decision).toMatchObject({ rules: [] });
    const stored = await create();
    expect((await dryRun({ rule_id: stored.body.id })).body).toMatchObject({ matched: 1, changed: 1 });
    expect((await dryRun({ limit: 1 })).body).toMatchObject({ tried: 1 });
    expect((await dryRun({ since: '2100-01-01T00:00:00Z' })).body).toMatchObject({ tried: 0, results: [] });
    expect(await count()).toEqual(before);
    const description = await descriptionOf(world);
    expect(faultsOf(description, 'POST /v1/assignment-rules/dry-run', 200, alone.body)).toEqual([]);
    expect(faultsOf(description, 'POST /v1/assignment-rules/dry-run', 200, body)).toEqual([]);
  });

  it.each([
    [{ rule: { conditions: [], actions: [{ group_id: 'name:Nowhere' }] } }, '/rule/actions/0/group_id unknown-group'],
    [{ rule: { actions: [{ priority: 'low' }] } }, '/rule/conditions field-required'],
    [{ rule_id: newId() }, '/rule_id validation-failed'],
    [{ since: 'yesterday' }, '/since validation-failed'],
    [{ limit: 501 }, '/limit validation-failed'],
  ])('%j is refused at %s', async (body, expected) => {
    expect(pointersOf(await dryRun(body))).toContain(expected);
  });

  it('shows what people wrote only to who may read cases', async () => {
    const answer = await world.send('POST /v1/assignment-rules/dry-run', { key: reader, body: {} });
    expect(answer).toMatchObject({ status: 403, body: { code: 'insufficient-scope' } });
  });
});
