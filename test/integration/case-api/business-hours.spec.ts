import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { declareConfiguration } from '#libs/case-store';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, aDeclaredGroup, createApiKey } from '#libs/testing';
import { descriptionOf, faultsOf } from './description.js';
import { groupOf, OUR_ACCOUNT } from './identities.js';
import { type Answer, aWorld, type World } from './world.js';

interface Rule {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

let world: World;
let ledger: LedgerDependencies;
let key: string;
let reader: string;
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
const pointersOf = ({ body }: Answer): string[] =>
  ((body['errors'] ?? []) as { pointer: string; code: string }[]).map((one) => `${one.pointer} ${one.code}`);

describe('business hours', () => {
  const WEEK = [{ days: ['mon', 'fri'], from: '08:00', to: '12:30' }];
  const ACCOUNT = '/v1/account/business-hours';
  const GROUP = '/v1/groups/name:Support/business-hours';

  it('are those that are usual until somebody says otherwise, and a group’s those of the account', async () => {
    const usual = { time_zone: 'Europe/Lisbon', holidays: [], own: false, version: 0 };
    expect((await world.get(ACCOUNT, { key: reader })).body).toMatchObject(usual);
    const holidays = [
      { date: '12-25', name: 'Christmas' },
      { date: '2026-04-03', name: '' },
    ];
    const put = await send(`PUT ${ACCOUNT}`, { week: WEEK, holidays });
    expect(put).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { week: WEEK, holidays, own: true } });
    expect((await send(`PUT ${ACCOUNT}`, { week: WEEK, holidays })).body.version).toBe(1);
    expect((await world.get(GROUP, { key: reader })).body).toMatchObject({ week: WEEK, holidays, own: false });
    const own = await send(`PUT ${GROUP}`, { week: [], time_zone: 'Asia/Tokyo' }, { 'if-match': '"0"' });
    expect(own.body).toMatchObject({ week: [], holidays, time_zone: 'Asia/Tokyo', own: true, version: 1 });
    expect((await send(`PUT ${GROUP}`, { week: WEEK }, { 'if-match': '"0"' })).status).toBe(412);
    const hours = (await ledger.directory.find(world.database.pool, OUR_ACCOUNT))?.assignmentRules.hours;
    expect(hours?.groups.get(groupOf(OUR_ACCOUNT))).toMatchObject({ timeZone: 'Asia/Tokyo', week: [], holidays });
    expect((await send(`DELETE ${GROUP}`)).status).toBe(204);
    expect((await world.get(GROUP, { key: reader })).body).toMatchObject({ week: WEEK, own: false });
    expect(faultsOf(await descriptionOf(world), 'PUT /v1/account/business-hours', 200, put.body)).toEqual([]);
  });

  it.each([
    [{}, '/week field-required'],
    [{ week: [{ days: [], from: '09:00', to: '18:00' }] }, '/week/0/days validation-failed'],
    [{ week: [{ days: ['mon'], from: '9:00', to: '18:00' }] }, '/week/0/from validation-failed'],
    [{ week: [{ days: ['mon'], from: '18:00', to: '09:00' }] }, '/week/0/to validation-failed'],
    [{ week: [], time_zone: '+01:00' }, '/time_zone validation-failed'],
    [{ week: [], holidays: [{ date: '2026-02-30' }] }, '/holidays/0/date validation-failed'],
    [{ week: [], holidays: [{ date: '02-29', name: 'a\nb' }] }, '/holidays/0/name validation-failed'],
    [{ week: [], colour: 1 }, '/colour unknown-field'],
  ])('%j is refused at %s', async (body, expected) => {
    const answer = await send(`PUT ${ACCOUNT}`, body);
    expect([answer.status, pointersOf(answer)]).toEqual([422, expect.arrayContaining([expected])]);
  });

  it('of a group that is not there are not found; those of the file are changed there', async () => {
    expect((await send('PUT /v1/groups/name:Nowhere/business-hours', { week: [] })).status).toBe(404);
    const account = aDeclaredAccount({ id: OUR_ACCOUNT, businessHours: { week: WEEK } });
    await declareConfiguration(world.database.pool, aDeclaration({ account }));
    expect(await send(`PUT ${ACCOUNT}`, { week: [] })).toMatchObject({ body: { code: 'managed-by-configuration' } });
    expect((await world.get(ACCOUNT, { key: reader })).body).toMatchObject({ week: WEEK, managed_by: 'file' });
  });
});
