import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Pool } from 'pg';
import { pause } from '#libs/runtime';
import { leaderFinding, Leadership, type LedWork, LEADERS } from './leadership.js';

const SECOND = 1_000;

let leader: Leadership;
beforeEach(() => void jest.useFakeTimers({ now: new Date('2026-03-02T09:00:00.000Z') }));
afterEach(async () => {
  await leader.stop();
  jest.useRealTimers();
});

/** A database in which the lead is free, or another process has it. */
function aPool(isFree: () => boolean): Pool {
  const client = { query: async () => ({ rows: [{ won: isFree() }] }), release: () => undefined };
  return { connect: async () => client } as unknown as Pool;
}

function lead(work: LedWork['work'], isFree = () => true): void {
  leader = new Leadership({ pool: aPool(isFree), lock: LEADERS.timers, work, onFailure: () => undefined });
  leader.start();
}

const finding = () => leaderFinding(leader.current());
const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * SECOND);
const failed = { ok: false, reason: 'it has failed since 2026-03-02T09:00:00.000Z: no disk' };

describe('the health of what one process does for all', () => {
  it('is bad when it has failed for 30 seconds, at whichever attempt, and says since when', async () => {
    lead(async () => {
      throw new Error('no disk');
    });
    await pass(29);
    expect(finding()).toEqual({ ok: true });
    await pass(2);
    expect(finding()).toEqual(failed);
    await pass(600);
    expect(finding()).toEqual(failed);
  });

  it('is no better for an attempt that takes long before it fails', async () => {
    lead(async (_client, signal) => {
      await pause(14 * SECOND, signal);
      throw new Error('no disk');
    });
    await pass(60);
    expect(finding()).toEqual({ ...failed, reason: 'it has failed since 2026-03-02T09:00:14.000Z: no disk' });
  });

  it('is good again with the first success, and has its patience anew', async () => {
    let isBroken = true;
    lead(async (_client, signal, progress) => {
      while (!signal.aborted) {
        if (isBroken) {
          throw new Error('no disk');
        }
        progress();
        await pause(SECOND, signal);
      }
    });
    await pass(40);
    expect(finding()).toEqual(failed);
    isBroken = false;
    await pass(2);
    expect(finding()).toEqual({ ok: true });
    isBroken = true;
    await pass(20);
    expect(finding()).toEqual({ ok: true });
    await pass(20);
    expect(finding()).toMatchObject({ ok: false });
  });

  it('is good again when another process has the lead', async () => {
    let isFree = true;
    lead(
      async () => {
        throw new Error('no disk');
      },
      () => isFree,
    );
    await pass(40);
    expect(finding()).toEqual(failed);
    isFree = false;
    await pass(2);
    expect(leader.current().role).toBe('standby');
    expect(finding()).toEqual({ ok: true });
  });

  it('is bad when it was stopped', async () => {
    lead((_client, signal) => pause(60 * SECOND, signal));
    await leader.stop();
    expect(finding()).toEqual({ ok: false, reason: 'it has stopped' });
  });
});
