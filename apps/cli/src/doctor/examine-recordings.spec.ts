import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Configuration } from '#libs/runtime';
import { ACCOUNT_ID, testDatabase, type TestDatabase } from '#libs/testing';
import { examineRecordings } from './examine-recordings.js';

type Examined = Pick<Configuration, 'account' | 'telephony'>;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const configured = (...telephony: object[]) => ({ account: { id: ACCOUNT_ID }, telephony }) as unknown as Examined;

async function end(recordingId: string, status: string, failure: string | null, host: string, secondsAgo: number) {
  await database.pool.query(
    `insert into recording_end values ($1, 'twilio/main', 'call', 'CA1', $2, 'fetch', gen_random_uuid(), now(), 0, $3, $4,
      $5, now() - $6 * interval '1 second')`,
    [ACCOUNT_ID, recordingId, status, failure, host, secondsAgo],
  );
}

const look = async () =>
  (await examineRecordings(database.pool, configured({}))).map(({ state, detail }) => [state, detail]);

describe('what the doctor says of recordings', () => {
  it('is nothing without a telephone system, and that all is well', async () => {
    expect(await examineRecordings(database.pool, configured())).toEqual([]);
    expect(await look()).toEqual([['ok', 'none needs a hand']]);
  });

  it('names the host to add and who does not know us, until it has gone well there', async () => {
    await end('RE1', 'failed', 'auth', 'api.twilio.com', 50);
    await end('RE2', 'failed', 'host_not_allowed', 'pbx.acme.local', 40);
    await end('RE3', 'failed', 'not_audio', 'api.twilio.com', 40);
    expect(await look()).toEqual([
      ['warning', expect.stringContaining('api.twilio.com does not take our credentials')],
      ['warning', expect.stringContaining('add pbx.acme.local to its recordingHosts')],
    ]);
    await end('RE4', 'available', null, 'media.twilio.com', 30);
    expect(await look()).toEqual([['warning', expect.stringContaining('pbx.acme.local')]]);
    await end('RE5', 'available', null, 'pbx.acme.local', 20);
    expect(await look()).toEqual([['ok', 'none needs a hand']]);
  });

  it('is that it cannot be examined where the tables are missing', async () => {
    await database.pool.query('alter table recording_end rename to elsewhere');
    expect(await look()).toEqual([['warning', expect.stringContaining('cannot be examined')]]);
  });
});
