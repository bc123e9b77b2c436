import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openLedger } from '#libs/case-ledger';
import { declareConfiguration } from '#libs/case-store';
import { Metrics } from '#libs/runtime';
import { aDeclaration, aDeclaredAccount, createApiKey } from '#libs/testing';
import { DueTimes } from '../../../apps/case-builder/src/timers/tasks.js';
import { aCaseWriter, ANA, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { defaultStatusOf, groupOf, OUR_ACCOUNT } from './identities.js';

let writer: CaseWriter;
let key: string;
let reader: string;
beforeAll(async () => {
  writer = await aCaseWriter();
  const { pool } = writer.world.database;
  key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'admin', scopes: ['config:write'] });
  reader = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'config', scopes: ['config:read'] });
});
/** The file states the name alone. */
const boot = async (overrides: Parameters<typeof aDeclaredAccount>[0] = {}) => {
  const account = { ...aDeclaredAccount({ id: OUR_ACCOUNT, ...overrides }), stated: ['name'] };
  await declareConfiguration(writer.world.database.pool, aDeclaration({ account }));
};
beforeEach(() => boot());
afterAll(() => writer.world.close());

interface Account {
  readonly version: number;
  readonly time_zone: string;
  readonly [field: string]: unknown;
}
const get = async () => (await writer.world.get<Account>('/v1/account', { key: reader })).body;
const patch = (body: object, headers: Record<string, string> = {}) =>
  writer.world.send<Account & Problem>('PATCH /v1/account', { key, body, headers });
const recompute = () => {
  const ledger = openLedger(writer.world.database.pool, new Metrics());
  return new DueTimes(ledger, { warn: () => undefined } as never).recompute(new AbortController().signal);
};
interface Task {
  readonly due_on: string;
  readonly due_at: string;
  readonly due_time_zone: string;
  readonly version: number;
}
const aTask = async (due_on: string) => pathOf(await writer.create({ type: 'task', due_on, assignee_id: ANA }));
const taskAt = async (path: string) => {
  const { due_on, due_at, due_time_zone, version } = (await writer.send<Task>(`GET ${path}`)).body;
  return { due_on, due_at, due_time_zone, version };
};

describe('the account', () => {
  it('is read and changed, field by field, and a boot leaves what the file does not state', async () => {
    const before = await get();
    const changed = await patch({ time_zone: 'Asia/Kolkata', sticky_days: 3, closed_status_id: 'key:resolved' });
    expect(changed).toMatchObject({
      status: 200,
      headers: { etag: `"${before.version + 1}"` },
      body: {
        ...before,
        ...{ time_zone: 'Asia/Kolkata', sticky_days: 3, version: before.version + 1 },
        closed_status_id: defaultStatusOf(OUR_ACCOUNT, 'resolved'),
        updated_at: expect.any(String),
      },
    });
    expect((await patch({ sticky_days: 3, default_group_id: 'name:Support' })).body.version).toBe(before.version + 1);
    await boot();
    expect(await get()).toEqual(changed.body);
    expect(await get()).toMatchObject({ managed_by_file: ['name'], default_group_id: groupOf(OUR_ACCOUNT) });
    const late = await patch({ sticky_days: 4 }, { 'if-match': `"${before.version}"` });
    expect([late.status, late.body.changed_fields?.slice().sort()]).toEqual([
      412,
      ['closed_status_id', 'sticky_days', 'time_zone'],
    ]);
    await patch({ time_zone: 'Europe/Lisbon', sticky_days: 7, closed_status_id: null });
  });

  it('follows the file in what it states, and refuses to change that here', async () => {
    expect(codesOf(await patch({ name: 'Another', sticky_days: 9 }))).toEqual([
      409,
      'managed-by-configuration',
      '/name managed-by-configuration',
    ]);
    expect(await get()).toMatchObject({ name: 'Acme', sticky_days: 7 });
    const { version } = await get();
    await boot({ name: 'Acme & Sons', stickyDays: 30 });
    expect(await get()).toMatchObject({ name: 'Acme & Sons', sticky_days: 7, version: version + 1 });
  });

  it.each([
    [{ time_zone: 'Mars/Olympus' }, '/time_zone validation-failed'],
    [{ time_zone: '+01:00' }, '/time_zone validation-failed'],
    [{ time_zone: null }, '/time_zone validation-failed'],
    [{ reopen_policy: 'window' }, '/reopen_window_days field-required'],
    [{ default_group_id: 'name:Nobody' }, '/default_group_id unknown-group'],
    [{ closed_status_id: 'key:open' }, '/closed_status_id status-not-available'],
    [{ resolved_auto_close_days: 0 }, '/resolved_auto_close_days validation-failed'],
    [{ auto_create: ['rain'] }, '/auto_create/0 validation-failed'],
    [{ version: 1 }, '/version read-only'],
    [{ colour: 'red' }, '/colour unknown-field'],
  ])('%j is refused', async (fields, fault) => {
    const before = await get();
    const [status, , ...faults] = codesOf(await patch(fields));
    expect([status, faults]).toEqual([422, [fault]]);
    expect(await get()).toEqual(before);
  });

  it('is read with config:read and changed with config:write', async () => {
    expect((await writer.world.get('/v1/account')).status).toBe(403);
    expect((await writer.world.send('PATCH /v1/account', { key: reader, body: {} })).status).toBe(403);
  });
});

describe('another time zone', () => {
  it('20 is answered at once, and the due times of open tasks follow', async () => {
    const [open, done] = [await aTask('2026-07-01'), await aTask('2026-07-01')];
    await writer.send(`POST ${done}/resolve`, { resolution: 'Done.' });
    const before = [await taskAt(open), await taskAt(done)];
    expect((await patch({ time_zone: 'Asia/Kolkata' })).status).toBe(200);
    expect(await taskAt(open)).toEqual(before[0]);
    expect(await recompute()).toBe(1);
    expect(await taskAt(open)).toEqual({
      ...{ due_on: '2026-07-01', due_at: '2026-07-01T06:30:00.000Z', due_time_zone: 'Asia/Kolkata', version: 2 },
    });
    expect(await taskAt(done)).toEqual(before[1]);
    const { body } = await writer.send<{ data: { kind: string; changes: object[] }[] }>(`GET ${open}/events`);
    expect(body.data.at(-1)).toMatchObject({
      kind: 'task_due_recomputed',
      changes: expect.arrayContaining([
        { field: 'due_at', from: before[0]?.due_at, to: '2026-07-01T06:30:00.000Z' },
        { field: 'due_time_zone', from: 'Europe/Lisbon', to: 'Asia/Kolkata' },
      ]),
    });
  });

  it('F12 shows a task its day, its instant and the zone in which that is noon', async () => {
    await patch({ time_zone: 'Asia/Riyadh' });
    const path = await aTask('2026-03-10');
    expect(await taskAt(path)).toEqual({
      ...{ due_on: '2026-03-10', due_at: '2026-03-10T09:00:00.000Z', due_time_zone: 'Asia/Riyadh', version: 1 },
    });
    // Whoever reads the instant in another zone sees another wall clock and the same moment.
    const noon = new Date('2026-03-10T09:00:00.000Z').toLocaleTimeString('en-GB', { timeZone: 'Asia/Riyadh' });
    expect(noon).toBe('12:00:00');
    await patch({ time_zone: 'Europe/Lisbon' });
  });
});
