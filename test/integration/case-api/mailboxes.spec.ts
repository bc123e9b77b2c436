import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postgresMailboxStore } from '#libs/channel-kit';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { aWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const FOLDER = { mailbox: 'support@acme.example', folder: 'INBOX' };

/** What a worker stores of a folder that it has read to its end, with a failure afterwards if told. */
async function work(accountId: string, failures: number): Promise<void> {
  const store = postgresMailboxStore(world.database.pool, accountId);
  const lease = await store.acquire(FOLDER, `worker of ${accountId}`, 60_000);
  if (lease === null) {
    throw new Error('somebody holds the folder');
  }
  const { held } = lease;
  await store.adopt(held, '7');
  await store.saveProgress(held, { uidValidity: '7', lastUid: 3, uids: [1, 2, 3], toMark: false, backlog: 0 });
  const error = { reason: 'the server is gone', at: new Date('2026-11-20T09:00:00Z'), consecutiveFailures: failures };
  const tokenExpiresAt = new Date('2026-11-20T10:00:00Z');
  await store.saveHealth(held, { phase: 'idle', syncedAt: new Date(), backlog: 2, tokenExpiresAt });
  await (failures === 0 ? undefined : store.saveHealth(held, { phase: 'paused', error }));
  await store.release(held, 'stopped');
  await store.acquire(FOLDER, 'the next one', 60_000);
}

describe('mailboxes', () => {
  it('are listed before anybody worked on them', async () => {
    const { status, body } = await world.get('/v1/mailboxes');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      data: [
        { address: 'support@acme.example', status: 'waiting', folder: 'INBOX', phase: null, last_sync_at: null },
        { address: 'sales@acme.example', status: 'forwarded', folder: null, warnings: [] },
      ],
      page: { next_cursor: null, has_more: false },
    });
  });

  it('tell what was done and what went wrong', async () => {
    await work(OUR_ACCOUNT, 2);
    const { body } = await world.get('/v1/mailboxes/Support@Acme.example');
    expect(body).toMatchObject({
      address: 'support@acme.example',
      status: 'failing',
      last_sync_at: expect.stringMatching(/^20.*Z$/),
      backlog: 2,
      imported_count: 3,
      consecutive_failures: 2,
      last_error: 'the server is gone',
      last_error_at: '2026-11-20T09:00:00.000Z',
      token_expires_at: '2026-11-20T10:00:00.000Z',
      client_secret_expires_at: null,
    });
  });

  it('are of the account of the key', async () => {
    await work(OTHER_ACCOUNT, 0);
    expect((await world.get('/v1/mailboxes', { key: world.theirs })).body).toMatchObject({ data: [] });
    const { status } = await world.get('/v1/mailboxes/support@acme.example', { key: world.theirs });
    expect(status).toBe(404);
    expect((await world.get('/v1/mailboxes', { key: null })).status).toBe(401);
  });

  it.each(['nobody@acme.example', 'x', '%00'])('of the name %s is none', async (name) => {
    const { status, body } = await world.get(`/v1/mailboxes/${name}`);
    expect([status, body['code']]).toEqual([404, 'not-found']);
  });

  it('take no parameters', async () => {
    const { status, body } = await world.get('/v1/mailboxes?limit=1');
    expect([status, body['code']]).toEqual([422, 'unknown-field']);
  });
});
