import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseCommand } from '#libs/case-domain';
import { settle } from '#libs/case-ledger';
import { insertWakes, writePresence } from '#libs/case-store';
import { declaredId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { aDeclaredAgent, aDeclaredGroup, aMail, PATIENCE_MS, waitUntil } from '#libs/testing';
import type { PoolClient } from 'pg';
import { giveWaiting } from '../../../apps/case-builder/src/assignment/give-waiting.js';
import { testBuilder, type TestBuilder } from './builder.js';

const agentOf = (name: string): string => declaredId(defaultAccountId, 'agent', `${name}@acme.example`);
const NAMES = new Map(['ana', 'rui', 'eva'].map((name) => [agentOf(name), name]));

let builder: TestBuilder;
let stopping: AbortController;
let running: Promise<void>[];
let offset = 0;

beforeEach(() => {
  stopping = new AbortController();
  running = [];
});
afterEach(async () => {
  stopping.abort();
  await Promise.all(running);
  await builder.database.drop();
});

async function aTeamOf(names: readonly string[], capacityPerAgent: number | null): Promise<void> {
  const groups = [{ ...aDeclaredGroup('Support', 'round_robin'), capacityPerAgent }];
  builder = await testBuilder(
    { groups, agents: names.map((name) => aDeclaredAgent(`${name}@acme.example`, name)) },
    40,
  );
}

/** As each process of case-builder has one, at most one of which leads; here all of them at once. */
function startGiving(processes = 1): void {
  const give = async (): Promise<void> => {
    const client: PoolClient = await builder.database.pool.connect();
    try {
      await giveWaiting(builder.dependencies.ledger, client, stopping.signal, () => undefined);
    } catch (error) {
      // Whoever is stopped in the middle of a transaction leaves nothing of it.
      if (!stopping.signal.aborted) {
        throw error;
      }
    } finally {
      client.release(true);
    }
  };
  running.push(...Array.from({ length: processes }, give));
}

async function arrives(name: string, partition = 0): Promise<void> {
  offset += 1;
  const mail = aMail({ messageId: `${name}@example.org`, from: `${name}@example.org` });
  await builder.handle([mail], { partition, offset });
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly agent: string | null;
  readonly told: readonly string[];
}

async function cases(): Promise<Row[]> {
  const { rows } = await builder.database.pool.query<Row & { assignee_id: string | null }>(`
    select c.id, split_part(i.sender, '@', 1) as name, c.category, c.assignee_id,
      array(
        select e.details -> 'assignment' ->> 'chosenBecause' from case_event e
        where e.account_id = c.account_id and e.case_id = c.id and e.kind = 'assignment_deferred'
        order by e.seq
      ) as told
    from cases c join interaction i on i.account_id = c.account_id and i.id = c.origin_interaction_id
    order by c.id`);
  return rows.map(({ assignee_id: id, ...row }) => ({
    ...row,
    name: row.name.replace(/^email:/, ''),
    agent: id === null ? null : (NAMES.get(id) ?? id),
  }));
}

async function placed(): Promise<Record<string, string | null>> {
  return Object.fromEntries((await cases()).map(({ name, agent }) => [name, agent]));
}

async function command(caseId: string, said: Partial<CaseCommand> & Pick<CaseCommand, 'command'>): Promise<void> {
  const asker = { actor: { kind: 'agent', id: agentOf('ana') }, onBehalfOf: null, admin: false };
  const target = { by: 'id', value: caseId };
  const input = { kind: 'command', command: { asker, expected: null, faults: [], target, ...said } as CaseCommand };
  await settle(builder.dependencies.ledger, [{ accountId: defaultAccountId, inputs: [input as never] }]);
}

const resolves = (caseId: string): Promise<void> =>
  command(caseId, { command: 'resolve', resolution: 'Done.', status: null, customFields: {} } as never);

async function says(name: string, state: 'online' | 'offline'): Promise<void> {
  const { pool } = builder.database;
  await writePresence(pool, defaultAccountId, { agentId: agentOf(name), channel: 'all', state });
  await insertWakes(pool, defaultAccountId, { agentIds: [agentOf(name)], groupIds: [] });
}

const until = (check: () => Promise<boolean>, what: string) => waitUntil(check, PATIENCE_MS, () => what, 10);

describe('cases that wait', () => {
  it('F5 go before the one that comes when somebody is free, and are told why they wait', async () => {
    await aTeamOf(['ana', 'rui'], 2);
    await says('ana', 'online');
    await says('rui', 'offline');
    for (const name of ['a', 'b', 'c11', 'c12']) {
      await arrives(name);
    }
    expect(await placed()).toEqual({ a: 'ana', b: 'ana', c11: null, c12: null });
    startGiving();
    const [first] = await cases();
    const since = performance.now();
    await resolves(first?.id ?? '');
    await arrives('c13');
    await until(async () => (await placed())['c11'] === 'ana', 'the oldest found nobody');
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(await placed()).toEqual({ a: 'ana', b: 'ana', c11: 'ana', c12: null, c13: null });
    const told = new Map((await cases()).map((one) => [one.name, one.told]));
    expect(told.get('c12')).toEqual(['nobody can take it now (1 at their capacity, 1 not online)']);
    expect(told.get('c13')).toHaveLength(1);
    await says('rui', 'online');
    await until(async () => (await placed())['c13'] === 'rui', 'who came was given nothing');
    expect(await placed()).toMatchObject({ c12: 'rui', c13: 'rui' });
    const { rows } = await builder.database.pool.query<{ name: string }>(`
      select split_part(i.sender, '@', 1) as name
      from case_event e
      join cases c on c.account_id = e.account_id and c.id = e.case_id
      join interaction i on i.account_id = c.account_id and i.id = c.origin_interaction_id
      where e.kind = 'assigned' and e.actor ->> 'kind' = 'automation'
      order by e.recorded_at, c.id`);
    expect(rows.map(({ name }) => name.replace(/^email:/, ''))).toEqual(['c11', 'c12', 'c13']);
  });

  it('63 are given away by priority, then by age, as capacity frees', async () => {
    await aTeamOf(['ana'], 1);
    for (const name of ['first', 'none', 'low', 'urgent', 'high']) {
      await arrives(name);
    }
    await builder.database.pool.query(`
      update cases c set priority = split_part(split_part(i.sender, '@', 1), ':', 2)
      from interaction i
      where i.id = c.origin_interaction_id and i.sender ~ 'low|urgent|high'`);
    startGiving();
    const order: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      const open = (await cases()).find(({ category }) => category === 'open');
      await resolves(open?.id ?? '');
      await until(async () => (await cases()).some(({ category }) => category === 'open'), 'nothing was given away');
      order.push((await cases()).find(({ category }) => category === 'open')?.name ?? '');
    }
    expect(order).toEqual(['urgent', 'high', 'low', 'none']);
  });

  it('63 find whoever becomes a member, has more room, or is active again', async () => {
    await aTeamOf(['ana', 'rui'], 1);
    const { pool } = builder.database;
    await pool.query('update agent set active = false where id = $1', [agentOf('rui')]);
    builder.dependencies.ledger.directory.invalidate(defaultAccountId);
    for (const name of ['a', 'b', 'c']) {
      await arrives(name);
    }
    startGiving();
    expect(await placed()).toEqual({ a: 'ana', b: null, c: null });
    await pool.query('update agent set active = true where id = $1', [agentOf('rui')]);
    await insertWakes(pool, defaultAccountId, { agentIds: [agentOf('rui')], groupIds: [] });
    await until(async () => (await placed())['b'] === 'rui', 'who is active again was given nothing');
    await pool.query('update group_member set capacity = 2 where agent_id = $1', [agentOf('ana')]);
    const groupId = declaredId(defaultAccountId, 'group', 'Support');
    await insertWakes(pool, defaultAccountId, { agentIds: [], groupIds: [groupId] });
    await until(async () => (await placed())['c'] === 'ana', 'who has more room was given nothing');
  });

  it('65 of an agent whom the file says to be gone are given away at the boot', async () => {
    await aTeamOf(['ana', 'rui'], null);
    for (const name of ['a', 'b']) {
      await arrives(name);
    }
    await builder.database.pool.query('update agent set active = false where id = $1', [agentOf('ana')]);
    await insertWakes(builder.database.pool, defaultAccountId, { agentIds: [agentOf('ana')], groupIds: [] });
    startGiving();
    await until(async () => (await placed())['a'] === 'rui', 'the case stayed with who is gone');
    expect(await placed()).toEqual({ a: 'rui', b: 'rui' });
  });
});

describe('fairness under four consumers', () => {
  it('F5 61 with caps no agent is ever more than 1 ahead over 300 cases, and each has a hundred', async () => {
    await aTeamOf(['ana', 'rui', 'eva'], 4);
    startGiving(4);
    const lanes = [0, 1, 2, 3].map(async (partition) => {
      for (let index = 0; index < 75; index += 1) {
        await arrives(`s${partition}-${index}`, partition);
      }
    });
    await Promise.all(lanes);
    const { pool } = builder.database;
    let ahead = 0;
    for (;;) {
      const { rows } = await pool.query<{ assignee_id: string; all: number; open: number; id: string }>(`
        select assignee_id, count(*)::int as all, count(*) filter (where category = 'open')::int as open,
          min(id::text) filter (where category = 'open') as id
        from cases where assignee_id is not null group by assignee_id`);
      const counts = rows.map(({ all }) => all);
      ahead = Math.max(ahead, Math.max(...counts) - Math.min(...counts));
      const given = counts.reduce((sum, one) => sum + one, 0);
      if (given === 300) {
        break;
      }
      // Each is done with one at the same time, and four times as many consumers look.
      await Promise.all(rows.map(({ id }) => resolves(id)));
      const expected = Math.min(given + rows.length, 300);
      await until(async () => {
        const { rowCount } = await pool.query('select 1 from cases where assignee_id is not null');
        return (rowCount ?? 0) >= expected;
      }, `${given} of 300 were given away, and no more`);
    }
    const { rows } = await pool.query<{ cases: number }>(
      'select count(*)::int as cases from cases group by assignee_id order by 1',
    );
    expect([ahead <= 1, rows.map((row) => row.cases)]).toEqual([true, [100, 100, 100]]);
    const over = await pool.query(`
      select 1 from cases where category = 'open' group by assignee_id having count(*) > 4`);
    expect(over.rowCount).toBe(0);
  });
});
