import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OutgoingRecord } from '#libs/messaging';
import { anInteraction, testDatabase, type TestDatabase } from '#libs/testing';
import { postgresCheckpoints } from './checkpoints/checkpoints.js';
import { createPublisher } from './publish/publisher.js';

const interaction = anInteraction({ conversationKey: 'key' });

function logThat(publish: (records: readonly OutgoingRecord[]) => Promise<void>) {
  return { publish, check: async () => ({ ok: true }) as const };
}

describe('publishing', () => {
  it('is done when the log has the record', async () => {
    const records: OutgoingRecord[] = [];
    const publisher = createPublisher(logThat(async (given) => void records.push(...given)));
    expect(await publisher.publish([interaction])).toEqual({ outcome: 'published' });
    expect(records).toMatchObject([{ topic: 'interactions.email.v1', key: 'key', headers: { ce_id: interaction.id } }]);
  });

  it('says that the source must try again when the log fails', async () => {
    const publisher = createPublisher(logThat(() => Promise.reject(new Error('no broker'))));
    expect(await publisher.publish([interaction])).toEqual({ outcome: 'unavailable', reason: 'no broker' });
  });

  it('does not let the source wait for ever', async () => {
    const publisher = createPublisher(
      logThat(() => new Promise(() => undefined)),
      { timeoutMs: 20, mostWaiting: 10 },
    );
    expect(await publisher.publish([interaction])).toMatchObject({ outcome: 'unavailable' });
  });

  it('holds no more than its bound in memory, and recovers', async () => {
    let finish: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (finish = resolve));
    const publisher = createPublisher(
      logThat(() => waiting),
      { timeoutMs: 1000, mostWaiting: 2 },
    );
    const accepted = publisher.publish([interaction, interaction]);
    expect(await publisher.publish([interaction])).toMatchObject({ outcome: 'unavailable' });
    finish();
    expect(await accepted).toEqual({ outcome: 'published' });
    expect(await publisher.publish([interaction])).toEqual({ outcome: 'published' });
  });
});

describe('checkpoints', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('are kept for each account and source', async () => {
    const ours = postgresCheckpoints(database.pool, interaction.accountId);
    const theirs = postgresCheckpoints(database.pool, '1f4f7f0e-5f7b-5c53-9f6a-4b1c2d3e4f50');
    expect(await ours.load('imap:a')).toBeNull();
    await ours.save('imap:a', { uidValidity: '1', lastUid: 5 });
    await ours.save('imap:a', { uidValidity: '1', lastUid: 7 });
    await ours.save('imap:b', { lastUid: 1 });
    expect(await ours.load('imap:a')).toEqual({ uidValidity: '1', lastUid: 7 });
    expect(await theirs.load('imap:a')).toBeNull();
  });
});
