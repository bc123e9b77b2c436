import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { CALL_FOLD } from '#libs/case-domain';
import { settle } from '#libs/case-ledger';
import { AccountDirectory } from '#libs/case-store';
import { type CallFact, factRecord } from '#libs/interaction';
import { ACCOUNT_ID, aCallFact, aCallParty, aDeclaredLine, aDeclaredMailbox, aMail, LINE } from '#libs/testing';
import { asHandedOver, testBuilder, type TestBuilder } from './builder.js';
import { emptyTables } from './facts-world.js';

const MOBILE = '+351910000001';
const LANDLINE = '+351210000044';
const EMAIL = 'maria@example.org';
const NOW = Date.now();

let builder: TestBuilder;
let offset = 0;
beforeAll(async () => {
  const endpoints = [aDeclaredLine(LINE), aDeclaredMailbox('support@acme.example')];
  builder = await testBuilder({ endpoints }, 20, { directory: new AccountDirectory(0) }, [CALL_FOLD]);
});
afterAll(() => builder.database.drop());
beforeEach(async () => {
  const { pool } = builder.database;
  await emptyTables(pool);
  await pool.query(
    `with maria as (
       insert into contact (account_id, id, name, created_at) values ($1, gen_random_uuid(), 'Maria', now()) returning id
     )
     insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
     select $1, kind, value, id, value, now()
     from maria, (values ('phone', $2), ('phone', $3), ('email', $4)) as given (kind, value)`,
    [ACCOUNT_ID, MOBILE, LANDLINE, EMAIL],
  );
});

/** A call that nobody took, at this minute. */
function missed(callId: string, number: string): CallFact[] {
  const at = (seconds: number) => new Date(NOW - 60_000 + seconds * 1000).toISOString();
  return [
    aCallFact('started', 0, { callId, from: aCallParty(number), to: aCallParty(LINE) }),
    aCallFact('ended', 40, { callId, end: { reason: 'no_answer' } }),
  ].map((fact, index) => ({ ...fact, origin: { ...fact.origin, at: at(index * 40), receivedAt: at(index * 40) } }));
}

function tell(facts: readonly CallFact[], partition: number): Promise<void> {
  offset += facts.length;
  return builder.handleRecords(facts.map((fact, index) => asHandedOver(factRecord(fact), offset + index, partition)));
}

async function cases(): Promise<number[]> {
  const { rows } = await builder.database.pool.query<{ count: number }>(
    'select interaction_count as count from cases order by id',
  );
  return rows.map(({ count }) => count);
}

/** Something to wait for until somebody opens it. */
function aGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

const count = async (table: string): Promise<number> =>
  (await builder.database.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`)).rows[0]
    ?.count ?? -1;

describe('one person at one time', () => {
  it('from two numbers of hers is one case, whichever call is first', async () => {
    for (let round = 0; round < 8; round += 1) {
      await builder.database.pool.query('truncate cases, interaction, fact, thread_key, case_event cascade');
      await Promise.all([tell(missed(`m-${round}`, MOBILE), 0), tell(missed(`l-${round}`, LANDLINE), 1)]);
      expect(await cases()).toEqual([2]);
    }
    expect(await count('contact')).toBe(1);
  });

  it('58 from a number that is told in two spellings, and was never heard of, is one person and one case', async () => {
    for (let round = 0; round < 8; round += 1) {
      await emptyTables(builder.database.pool);
      await Promise.all([
        tell(missed(`n-${round}`, '+5511987654321'), 0),
        tell(missed(`o-${round}`, '+551187654321'), 1),
      ]);
      expect([await count('contact'), await cases()]).toEqual([1, [2]]);
    }
  });

  it('52 by mail and by telephone: the call waits for the mail, and joins its case', async () => {
    const mail = aMail({ messageId: 'one@example.org', from: EMAIL });
    const interaction = { ...mail, occurredAt: new Date(NOW - 90_000).toISOString() };
    const payload = Buffer.from(JSON.stringify(interaction));
    const [hold, reached] = [aGate(), aGate()];
    const mailed = settle(
      builder.dependencies.ledger,
      [{ accountId: ACCOUNT_ID, inputs: [{ kind: 'interaction', interaction, payload }] }],
      {
        after: async () => {
          reached.open();
          await hold.passed;
        },
      },
    );
    await reached.passed;
    let isOver = false;
    const called = tell(missed('c-1', MOBILE), 0).finally(() => (isOver = true));
    await delay(300);
    expect(isOver).toBe(false);
    hold.open();
    await Promise.all([mailed, called]);
    expect(await cases()).toEqual([2]);
  });
});
