import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLedger } from '#libs/case-ledger';
import { defaultAccountId } from '#libs/runtime';
import { Metrics } from '#libs/runtime';
import { aBareCommand, aCreation, agentIdOf, anUpdate, aReopening, aResolution, byId } from '#libs/testing';
import { DueTimes, tellOverdueTasks } from '../../../apps/case-builder/src/timers/tasks.js';
import { aCommandWorld, type CommandWorld } from '../commands/world.js';

const ANA = byId(agentIdOf('ana@acme.example'));
const signal = new AbortController().signal;
let world: CommandWorld;
beforeEach(async () => {
  world = await aCommandWorld();
});
afterEach(() => world.database.drop());

const aTask = (dueOn = '2026-03-10') => world.done(aCreation({ type: 'task', dueOn, assigneeId: ANA }));
const ledgerAt = (now: string) => openLedger(world.database.pool, new Metrics(), { now: () => new Date(now) });
const tellAt = (now: string) => tellOverdueTasks(ledgerAt(now), signal);
const kindsOf = async (caseId: string): Promise<string[]> => {
  const rows = await world.rows<{ kind: string; seq: number }>(
    'select kind, seq from case_event where case_id = $1 order by seq',
    [caseId],
  );
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  return rows.map(({ kind }) => kind).slice(1);
};

describe('a task that is overdue', () => {
  it('is told of once, not a millisecond before, and catches up', async () => {
    const { id } = await aTask();
    expect(await tellAt('2026-03-10T11:59:59.999Z')).toBe(0);
    expect(await tellAt('2026-03-10T12:00:00.000Z')).toBe(1);
    expect(await tellAt('2026-03-10T12:00:00.000Z')).toBe(0);
    expect(await tellAt('2026-03-13T12:00:00.000Z')).toBe(0);
    expect(await kindsOf(id)).toEqual(['task_overdue']);
    const [event] = await world.rows('select actor, details from case_event where seq = 2');
    expect(event).toEqual({
      actor: { kind: 'automation', id: null },
      details: { due_on: '2026-03-10', due_at: '2026-03-10T12:00:00.000Z' },
    });
    expect((await world.state(id)).version).toBe(2);
  });

  it('is told of again only for another time at which it is due', async () => {
    const { id } = await aTask();
    await tellAt('2026-03-10T13:00:00.000Z');
    await world.done(anUpdate(id, { dueOn: '2026-03-11' }));
    expect(await tellAt('2026-03-10T14:00:00.000Z')).toBe(0);
    expect(await tellAt('2026-03-11T14:00:00.000Z')).toBe(1);
    await world.done(anUpdate(id, { dueOn: '2026-03-10' }));
    expect(await tellAt('2026-03-12T14:00:00.000Z')).toBe(0);
  });

  it('is told of by one of two that come together, and by none once it is done or gone', async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => aTask()));
    const [done, gone] = many;
    await world.done(aResolution(done?.id ?? ''));
    await world.done(aBareCommand('delete', gone?.id ?? ''));
    const told = await Promise.all([tellAt('2026-03-11T00:00:00.000Z'), tellAt('2026-03-11T00:00:00.000Z')]);
    expect(told[0] + told[1]).toBe(18);
    const [row] = await world.rows(`select count(*)::int as count from case_event where kind = 'task_overdue'`);
    expect(row).toEqual({ count: 18 });
    await world.done(aReopening(done?.id ?? '', { assignee: ANA }));
    expect(await tellAt('2026-03-12T00:00:00.000Z')).toBe(1);
  });
});

describe('another time zone of the account', () => {
  const moveTo = async (zone: string) => {
    await world.database.pool.query('update account set time_zone = $1 where id = $2', [zone, defaultAccountId]);
    const warnings: object[] = [];
    const ledger = ledgerAt('2026-03-01T00:00:00.000Z');
    const times = new DueTimes(ledger, { warn: (about: object) => void warnings.push(about) } as never);
    return { moved: await times.recompute(signal), again: await times.recompute(signal), warnings };
  };

  it('20 moves the due times of open tasks, and of those alone', async () => {
    const [open, resolved, trashed, plain] = [
      await aTask(),
      await aTask(),
      await aTask(),
      await world.done(aCreation()),
    ];
    await world.done(aResolution(resolved.id));
    await world.done(aBareCommand('delete', trashed.id));
    const before = await Promise.all([resolved, trashed, plain].map(({ id }) => world.state(id)));
    expect(await moveTo('Asia/Riyadh')).toEqual({ moved: 1, again: 0, warnings: [] });
    expect(await world.state(open.id)).toMatchObject({
      ...{ dueOn: '2026-03-10', dueAt: '2026-03-10T09:00:00.000Z', dueTimeZone: 'Asia/Riyadh', version: 2 },
    });
    expect(await kindsOf(open.id)).toEqual(['task_due_recomputed']);
    expect(await Promise.all([resolved, trashed, plain].map(({ id }) => world.state(id)))).toEqual(before);
  });

  it('20 leaves a task its time whose day has no noon there, and says so once', async () => {
    const lost = await aTask('2011-12-30');
    const other = await aTask();
    const { moved, warnings } = await moveTo('Pacific/Apia');
    expect([moved, warnings]).toEqual([1, [{ caseId: lost.id, code: 'due-date-not-in-zone' }]]);
    expect(await world.state(lost.id)).toMatchObject({ dueTimeZone: 'Europe/Lisbon', version: 1 });
    expect(await world.state(other.id)).toMatchObject({ dueTimeZone: 'Pacific/Apia', version: 2 });
  });
});
