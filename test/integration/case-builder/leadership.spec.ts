import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { pause } from '#libs/runtime';
import { waitUntil } from '#libs/testing';
import { Leadership, LEADERS } from '../../../apps/case-builder/src/leadership.js';
import { testBuilder, type TestBuilder } from './builder.js';

let builder: TestBuilder;
let leaders: Leadership[];
beforeEach(async () => {
  builder = await testBuilder();
  leaders = [];
});
afterEach(async () => {
  await Promise.all(leaders.map((leader) => leader.stop()));
  await builder.database.drop();
});

type Work = (client: PoolClient, signal: AbortSignal) => Promise<void>;

function startLeader(work: Work): Leadership {
  const leader = new Leadership({
    pool: builder.database.pool,
    lock: LEADERS.timers,
    work,
    onFailure: () => undefined,
    silenceLimitMs: 300,
  });
  leaders.push(leader);
  leader.start();
  return leader;
}

/** As a process that is frozen: it holds its connection and says nothing. */
const frozen: Work = (_client, signal) => pause(60_000, signal);

/** As a process that is frozen in the middle of a transaction. */
const frozenHalfWay: Work = async (client, signal) => {
  await client.query('begin');
  await pause(60_000, signal);
};

const alive: Work = async (client, signal) => {
  while (!signal.aborted) {
    await client.query('select 1');
    await pause(50, signal);
  }
};

const until = (holds: () => boolean) => waitUntil(holds, 5_000, () => 'the lead does not change', 25);

describe('the lead', () => {
  it.each([
    ['idle', frozen],
    ['in a transaction', frozenHalfWay],
  ])('passes to another process when the leader is frozen, %s', async (_where, work) => {
    const first = startLeader(work);
    await until(() => first.current().role === 'leader');
    const second = startLeader(alive);
    await until(() => second.current().role === 'leader');
  });

  it('stays with a leader that gives signs of life', async () => {
    const first = startLeader(alive);
    await until(() => first.current().role === 'leader');
    const second = startLeader(alive);
    await pause(1_500, AbortSignal.timeout(60_000));
    expect(first.current().role).toBe('leader');
    expect(second.current().role).toBe('standby');
  });
});
