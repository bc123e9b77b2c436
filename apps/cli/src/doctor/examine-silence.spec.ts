import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Configuration } from '#libs/runtime';
import { ACCOUNT_ID, testDatabase, type TestDatabase } from '#libs/testing';
import { examineSilence } from './examine-silence.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const look = (...telephony: object[]) =>
  examineSilence(database.pool, { account: { id: ACCOUNT_ID }, telephony } as unknown as Configuration);
const connection = (key: string, silentAfterHours: number | null) => ({ provider: 'twilio', key, silentAfterHours });

describe('what the doctor says of connections that fall silent', () => {
  it('is nothing of those of which nobody wants to know', async () => {
    expect(await look(connection('main', null))).toEqual([]);
  });

  it('tells who was heard last when, and of whom that is too long ago', async () => {
    await database.pool.query(
      `insert into connection_silence
      select $1, connection, gen_random_uuid(), '2026-03-02T10:15:00Z', now(), silent_ms, false
      from (values ('twilio/one', 7200000), ('twilio/two', 7199999)) as given (connection, silent_ms)`,
      [ACCOUNT_ID],
    );
    expect(await look(connection('one', 2), connection('two', 2), connection('three', 2))).toEqual([
      {
        what: 'events of twilio/one',
        state: 'warning',
        detail:
          'twilio/one has sent nothing for 2 business hours or longer, the last at 2026-03-02T10:15:00.000Z: see whether its telephone system still has our address, and reaches it.',
      },
      { what: 'events of twilio/two', state: 'ok', detail: 'the last at 2026-03-02T10:15:00.000Z' },
      { what: 'events of twilio/three', state: 'ok', detail: 'none yet' },
    ]);
  });
});
