import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { insertWakes, writePresence } from '#libs/case-store';
import { CASE_EVENTS_TOPIC, declaredId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, aDeclaredGroup, aDeclaredMailbox } from '#libs/testing';
import { aMail } from '../mails/a-mail.js';
import { SUPPORT } from './acme.js';
import { logsUnderTest } from './logs.js';
import { openWorld, type World } from './world.js';

const agentOf = (name: string): string => declaredId(defaultAccountId, 'agent', `${name}@acme.example`);
const COMPANY = aDeclaration({
  account: aDeclaredAccount({ backStops: { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0 } }),
  groups: [{ ...aDeclaredGroup('Support', 'round_robin'), capacityPerAgent: 2 }],
  agents: ['ana', 'rui'].map((name) => aDeclaredAgent(`${name}@acme.example`, name)),
  endpoints: [aDeclaredMailbox(SUPPORT)],
});

describe.each(logsUnderTest())('who is given cases, on the %s log', (_kind, log) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(log, COMPANY);
  });
  beforeEach(async () => {
    await world.clear();
    await says('ana', 'online');
    await says('rui', 'offline');
    await world.builder.giveWaiting();
  });
  afterAll(() => world?.stop());

  const says = async (name: string, state: 'online' | 'offline'): Promise<void> => {
    await writePresence(world.builder.pool, defaultAccountId, { agentId: agentOf(name), channel: 'all', state });
    await insertWakes(world.builder.pool, defaultAccountId, { agentIds: [agentOf(name)], groupIds: [] });
  };
  const assignees = async (): Promise<(string | null)[]> =>
    (await world.cases()).map(({ assignee }) => assignee?.split('@')[0] ?? null);
  const comes = (subject: string, from = `${subject}@example.org`) => aMail({ subject, from });

  it('F5 63 cases that wait go before new ones, as capacity frees and agents come', async () => {
    await world.receives(comes('c9'), comes('c10'), comes('c11'), comes('c12'));
    expect(await assignees()).toEqual(['ana', 'ana', null, null]);
    const [first] = await world.cases();
    expect(await world.resolve(first?.id ?? '')).toBe('done');
    await world.receives(comes('c13'));
    expect(await assignees()).toEqual(['ana', 'ana', null, null, null]);
    expect(await world.builder.giveWaiting()).toBe(1);
    expect(await assignees()).toEqual(['ana', 'ana', 'ana', null, null]);
    await says('rui', 'online');
    expect(await world.builder.giveWaiting()).toBe(2);
    expect(await assignees()).toEqual(['ana', 'ana', 'ana', 'rui', 'rui']);
    expect(await world.builder.giveWaiting()).toBe(0);
    await world.settled();
    const told = (await world.records(CASE_EVENTS_TOPIC)).map(({ headers }) => headers['ce_type'] ?? '');
    expect(told.filter((type) => type.includes('assignment_deferred'))).toHaveLength(3);
    expect(told.filter((type) => type.includes('case.assigned'))).toHaveLength(3);
  });

  it('64 the last assignee is asked again while there is room, whoever’s turn it is', async () => {
    await says('rui', 'online');
    await world.receives(comes('first', 'carol@example.org'));
    const [{ assignee } = { assignee: null }] = await world.cases();
    await world.receives(comes('again', 'carol@example.org'), comes('third', 'carol@example.org'));
    const after = (await world.cases()).map((one) => one.assignee);
    expect(after.slice(0, 2)).toEqual([assignee, assignee]);
    expect(after[2]).not.toBe(assignee);
  });
});
