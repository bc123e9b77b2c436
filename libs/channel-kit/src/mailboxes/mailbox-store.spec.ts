import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { listMailboxStates, postgresMailboxStore, type HeldFolder, type MailboxStore } from '../index.js';

const accountId = randomUUID();
const reason = 'The server does not answer';
let database: TestDatabase;
let store: MailboxStore;

beforeAll(async () => {
  database = await testDatabase();
  store = postgresMailboxStore(database.pool, accountId);
});
afterAll(() => database.drop());

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const folder = (mailbox: string) => ({ mailbox, folder: 'INBOX' });
const progress = (lastUid: number, uids: readonly number[], toMark = false) => {
  return { uidValidity: '7', lastUid, uids, toMark, backlog: 3 };
};
const stateOf = async (mailbox: string) =>
  (await listMailboxStates(database.pool, accountId)).find((state) => state.mailbox === mailbox);

async function hold(mailbox: string, owner = 'one', leaseMs = 60_000): Promise<HeldFolder> {
  const acquired = await store.acquire(folder(mailbox), owner, leaseMs);
  if (acquired === null) {
    throw new Error(`${mailbox} is held`);
  }
  return acquired.held;
}

describe('the lease of a mailbox', () => {
  it('goes to one of many that ask at once', async () => {
    const owners = Array.from({ length: 8 }, (_, index) => `owner-${index}`);
    const answers = await Promise.all(owners.map((owner) => store.acquire(folder('race@x'), owner, 60_000)));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  });

  it('is free at once when it was released, and when it has run out', async () => {
    const first = await hold('lease@x', 'one');
    expect(await store.acquire(folder('lease@x'), 'two', 1)).toBeNull();
    await store.release(first, 'stopped');
    expect(await stateOf('lease@x')).toMatchObject({ phase: 'stopped' });
    await hold('lease@x', 'two', 50);
    await wait(80);
    const third = await hold('lease@x', 'three');
    expect(third.fence).toBe('3');
  });

  it('takes every power to write from whoever lost it', async () => {
    const first = await hold('lost@x', 'one', 20);
    await store.adopt(first, '7');
    expect(await store.saveProgress(first, progress(4, [3, 4]))).toBe(true);
    await wait(40);
    const second = await hold('lost@x', 'two');
    expect(await store.saveProgress(first, progress(9, [9]))).toBe(false);
    expect(await store.adopt(first, '8')).toBe(false);
    expect(await store.renew(first, 60_000)).toBe(false);
    expect(await store.saveHealth(first, { phase: 'paused' })).toBe(false);
    await store.release(first, 'stopped');
    expect(await store.renew(second, 60_000)).toBe(true);
    expect(await store.findSeen(second, '7', [3, 4, 9])).toEqual([3, 4]);
    expect(await stateOf('lost@x')).toMatchObject({ lastUid: 4, uidValidity: '7', importedCount: 2 });
  });
});

describe('the progress in a folder', () => {
  it('never goes back, and starts again under another UIDVALIDITY', async () => {
    const held = await hold('cursor@x');
    await store.adopt(held, '7');
    await store.saveProgress(held, progress(9, [8, 9]));
    await store.saveProgress(held, progress(5, [5, 8]));
    expect(await stateOf('cursor@x')).toMatchObject({ lastUid: 9, backlog: 3 });
    await store.adopt(held, '8');
    expect(await store.saveProgress(held, progress(10, [10]))).toBe(false);
    await store.release(held, 'waiting');
    const again = await store.acquire(folder('cursor@x'), 'two', 60_000);
    expect(again?.position).toMatchObject({ uidValidity: '8', lastUid: 0, seenAbove: 0 });
    expect(await store.findSeen(again?.held as HeldFolder, '7', [8, 9])).toEqual([]);
  });

  it('remembers which mails still need their marks', async () => {
    const held = await hold('marks@x');
    await store.adopt(held, '7');
    await store.saveProgress(held, progress(3, [1, 2, 3], true));
    await store.saveMarked(held, '7', [2]);
    expect(await store.loadToMark(held, '7', 10)).toEqual([1, 3]);
    expect(await store.loadToMark(held, '6', 10)).toEqual([]);
  });

  it('forgets single mails after some days, and knows up to where', async () => {
    const held = await hold('forget@x');
    await store.adopt(held, '7');
    await store.saveProgress(held, progress(3, [1, 2, 3]));
    await database.pool.query(
      `update mailbox_seen set seen_at = now() - interval '8 days' where mailbox = 'forget@x' and uid < 3`,
    );
    expect(await store.forgetSeen(held, 7)).toBe(2);
    expect(await store.forgetSeen(held, 7)).toBe(2);
    expect(await store.findSeen(held, '7', [1, 2, 3])).toEqual([3]);
  });
});

it('says how a mailbox fares', async () => {
  const held = await hold('health@x', 'one', 300);
  const at = new Date();
  await store.saveHealth(held, {
    phase: 'paused',
    error: { reason, at, consecutiveFailures: 2 },
    tokenExpiresAt: at,
  });
  expect(await stateOf('health@x')).toMatchObject({
    phase: 'paused',
    lastError: reason,
    lastErrorAt: at,
    consecutiveFailures: 2,
    lastSyncAt: null,
    tokenExpiresAt: at,
  });
  await store.saveHealth(held, { phase: 'idle', syncedAt: at, backlog: 0 });
  await store.saveReconciled(held, 2);
  await store.saveReconciled(held, 1);
  expect(await stateOf('health@x')).toMatchObject({
    phase: 'idle',
    lastError: null,
    lastErrorAt: at,
    consecutiveFailures: 0,
    lastSyncAt: at,
    reconciledMissing: 3,
    tokenExpiresAt: at,
  });
  await wait(320);
  expect(await stateOf('health@x')).toMatchObject({ phase: 'waiting' });
});
