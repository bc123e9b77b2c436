import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/interaction';
import { Metrics } from '#libs/runtime';
import { ACCOUNT_ID, testDatabase, type TestDatabase } from '#libs/testing';
import { SilenceWatch, silenceLimits } from './silence-watch.js';

let database: TestDatabase;
let now = new Date();
let metrics = new Metrics();
let warned: object[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate delivery, connection_silence');
  [metrics, warned] = [new Metrics(), []];
});

const watch = (hours = 2, connections = ['twilio/main']): SilenceWatch =>
  new SilenceWatch({
    pool: database.pool,
    accountId: ACCOUNT_ID,
    limits: connections.map((connection) => ({ connection, hours })),
    timeZone: 'Europe/Lisbon',
    metrics,
    logger: { warn: (about: object) => void warned.push(about) },
    now: () => now,
  });

async function receive(at: string, given: { verdict?: string; reason?: string; connection?: string } = {}) {
  const { verdict = 'verified', reason = null, connection = 'twilio/main' } = given;
  await database.pool.query(
    `insert into delivery (account_id, id, received_at, connection, path, bytes, verdict, reason, event_ids, interaction_ids,
      milliseconds, answer, facts) values ($1, $2, $3, $4, '/', 0, $5, $6, '{}', '{}', 1, 200, '[]')`,
    [ACCOUNT_ID, newId(), at, connection, verdict, reason],
  );
}

/** Looks every five minutes, each time with the next of those who look. */
async function lookUntil(until: string, ...watches: SilenceWatch[]): Promise<void> {
  for (let looks = 0; now.getTime() < Date.parse(until); looks += 1) {
    now = new Date(now.getTime() + 5 * 60_000);
    await watches[looks % watches.length]!.look();
  }
}

describe('the watch over connections that fall silent', () => {
  it('F26 tells it once, by whichever process finds it, and again only after an event', async () => {
    const [one, two] = [watch(), watch()];
    now = new Date('2026-03-03T10:00:00Z');
    await receive('2026-03-03T09:59:00Z');
    await one.look();
    await lookUntil('2026-03-03T11:55:00Z', one, two);
    expect([warned, one.check()]).toEqual([[], { ok: true, warnings: [] }]);
    await lookUntil('2026-03-03T14:00:00Z', one, two);
    await lookUntil('2026-03-03T14:10:00Z', watch());
    expect(warned).toEqual([
      { code: 'endpoint_silent', connection: 'twilio/main', lastEventAt: '2026-03-03T09:59:00.000Z' },
    ]);
    for (const each of [one, two]) {
      expect(each.check()).toEqual({
        ok: true,
        warnings: [expect.stringContaining('twilio/main has sent nothing for 2')],
      });
    }
    expect((await metrics.exposition()).text).toContain('casewright_connection_silent{connection="twilio/main"} 1');
    await receive('2026-03-03T14:10:30Z');
    await lookUntil('2026-03-03T14:15:00Z', one);
    expect([one.check(), warned.length]).toEqual([{ ok: true, warnings: [] }, 1]);
    expect((await metrics.exposition()).text).toContain('casewright_connection_silent{connection="twilio/main"} 0');
    await lookUntil('2026-03-03T16:30:00Z', one);
    expect(warned).toHaveLength(2);
  });

  it('remembers an event longer than the delivery log does, and through a restart', async () => {
    now = new Date('2026-03-03T10:00:00Z');
    await receive('2026-03-03T09:59:00Z');
    await lookUntil('2026-03-03T11:00:00Z', watch());
    await database.pool.query('delete from delivery');
    const again = watch();
    await lookUntil('2026-03-03T12:10:00Z', again);
    expect([warned.length, again.check().ok]).toEqual([1, true]);
  });

  it('says nothing of what has never sent, and takes no forgery and no handshake for an event', async () => {
    now = new Date('2026-03-03T10:00:00Z');
    await receive('2026-03-03T09:00:00Z', { verdict: 'refused', reason: 'signature-mismatch' });
    await receive('2026-03-03T09:00:00Z', { reason: 'handshake' });
    await receive('2026-03-03T09:00:00Z', { connection: 'zammad/pbx' });
    const both = watch(1, ['twilio/main', 'generic/pbx']);
    await lookUntil('2026-03-03T15:00:00Z', both);
    expect([warned, both.check()]).toEqual([[], { ok: true, warnings: [] }]);
    await receive('2026-03-03T15:00:00Z');
    await lookUntil('2026-03-03T15:30:00Z', both);
    await receive('2026-03-03T15:30:00Z', { reason: 'handshake' });
    await receive('2026-03-03T15:30:00Z', { verdict: 'refused' });
    await lookUntil('2026-03-03T16:10:00Z', both);
    expect(warned).toMatchObject([{ connection: 'twilio/main', lastEventAt: '2026-03-03T15:00:00.000Z' }]);
  });

  it('never rejects without a database, and says so once', async () => {
    await database.pool.query('alter table connection_silence rename to elsewhere');
    const lost = watch();
    await lost.look();
    await lost.look();
    await database.pool.query('alter table elsewhere rename to connection_silence');
    expect([warned.length, lost.check()]).toEqual([1, { ok: true, warnings: [] }]);
  });

  it('is over those connections that ask for it', () => {
    const telephony = [
      { provider: 'twilio', key: 'main', silentAfterHours: 8 },
      { provider: 'zammad', key: 'pbx', silentAfterHours: null },
    ];
    expect(silenceLimits({ telephony } as never)).toEqual([{ connection: 'twilio/main', hours: 8 }]);
  });
});
