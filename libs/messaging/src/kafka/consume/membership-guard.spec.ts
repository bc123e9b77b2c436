import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { guardMembership } from './membership-guard.js';

const times = { heartbeatIntervalMs: 15, sessionTimeoutMs: 80, rebalanceTimeoutMs: 120 };
const failing = (type?: string) => async () => Promise.reject(Object.assign(new Error('heartbeat'), { type }));

// A clock of its own: on the real one a busy machine is late.
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const sleep = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

describe('membership guard', () => {
  it('is content while heartbeats are answered', async () => {
    let beats = 0;
    const guard = guardMembership(async () => void (beats += 1), times);
    await sleep(60);
    expect([guard.lost.aborted, guard.leaving.aborted, guard.cause()]).toEqual([false, false, null]);
    guard.end();
    const counted = beats;
    await sleep(30);
    expect([beats, counted > 3]).toEqual([counted, true]);
  });

  it.each(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID'])('is lost at once by %s', async (type) => {
    const guard = guardMembership(failing(type), times);
    await sleep(30);
    guard.end();
    expect([guard.lost.aborted, guard.leaving.aborted, guard.cause()]).toEqual([true, true, expect.any(Error)]);
  });

  it('leaves a batch time to finish when the group is shared anew, but not for ever', async () => {
    const guard = guardMembership(failing('REBALANCE_IN_PROGRESS'), times);
    await sleep(30);
    expect([guard.lost.aborted, guard.leaving.aborted]).toEqual([false, true]);
    await sleep(70);
    expect(guard.lost.aborted).toBe(true);
    guard.end();
  });

  it('takes a broken connection as lost only when the session must be over', async () => {
    const guard = guardMembership(failing(), times);
    await sleep(40);
    expect([guard.lost.aborted, guard.leaving.aborted]).toEqual([false, false]);
    await sleep(80);
    expect(guard.lost.aborted).toBe(true);
    guard.end();
  });

  it('follows the consumer that stops, and lets go of it', async () => {
    const [stopping, overdue] = [new AbortController(), new AbortController()];
    const consumer = { stopping: stopping.signal, overdue: overdue.signal };
    const guard = guardMembership(async () => {}, times, consumer);
    stopping.abort();
    expect([guard.lost.aborted, guard.leaving.aborted]).toEqual([false, true]);
    overdue.abort();
    expect([guard.lost.aborted, guard.cause()]).toEqual([true, null]);
    guard.end();
  });
});
