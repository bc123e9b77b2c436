import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { pause } from '#libs/runtime';
import { PATIENCE_MS, waitUntil } from '#libs/testing';
import { Leadership, LEADERS } from '../../../apps/case-builder/src/leadership.js';
import { testBuilder, type TestBuilder } from './builder.js';

/** Long enough for a busy machine to get a question through. */
const SILENCE_LIMIT_MS = 1_000;

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
    silenceLimitMs: SILENCE_LIMIT_MS,
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

const until = (holds: () => boolean) => waitUntil(holds, PATIENCE_MS, () => 'the lead does not change', 25);

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
    await pause(3 * SILENCE_LIMIT_MS);
    expect(first.current().role).toBe('leader');
    expect(second.current().role).toBe('standby');
  });
});
