import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALL_FOLD } from '#libs/case-domain';
import { type FactInput, openLedger, settle } from '#libs/case-ledger';
import { CASE_STORE_MIGRATIONS, declareConfiguration } from '#libs/case-store';
import type { CallFact } from '#libs/interaction';
import { migrate } from '#libs/postgres';
import { Metrics } from '#libs/runtime';
import { ACCOUNT_ID, aCallFact, aCallParty, LINE, testDatabase, type TestDatabase } from '#libs/testing';
import { ACME } from '../../e2e/acme.js';

const ROUNDS = 15;

function inputOf(data: CallFact): FactInput {
  const parsed = CALL_FOLD.parse(Buffer.from(JSON.stringify(data)));
  if (!parsed.ok) {
    throw new Error(parsed.detail);
  }
  return { kind: 'fact', fold: CALL_FOLD, fact: parsed.fact };
}

/** A call that an agent has taken, so many seconds after a quarter past ten. */
function callOf(number: string, callId: string, at = 0): FactInput[] {
  const taken = { callId, agent: { extension: '201' }, answeredBy: 'agent' } as const;
  const parties = { from: aCallParty(number), to: aCallParty(LINE) };
  return [aCallFact('started', at, { callId, ...parties }), aCallFact('answered', at + 9, taken)].map(inputOf);
}

/** Long enough ago that nobody thinks of its case. */
const LONG_AGO = -10 * 60 * 60;

/** Nobody looks anything up before so many transactions have begun. */
function untilAllHaveBegun(writers: number): () => Promise<void> {
  let begun = 0;
  let go: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (go = resolve));
  return () => {
    begun += 1;
    if (begun >= writers) {
      go();
    }
    return all;
  };
}

describe('calls of one number at one time', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await migrate(database.pool, CASE_STORE_MIGRATIONS);
    await declareConfiguration(database.pool, ACME);
  });
  afterAll(() => database?.drop());

  // Of strangers the identity itself keeps them apart; of who is known nothing but the lock does.
  it.each(['a stranger', 'somebody who is known'])('52 of %s make one contact and one case', async (who) => {
    const isKnown = who !== 'a stranger';
    await database.pool.query(
      'truncate contact, contact_identity, cases, interaction, fact, thread_key, case_event cascade',
    );
    const writers = Array.from({ length: 4 }, () => openLedger(database.pool, new Metrics()));
    for (let round = 0; round < ROUNDS; round += 1) {
      const number = `+3519100001${round.toString().padStart(2, '0')}`;
      if (isKnown) {
        await settle(writers[0]!, [{ accountId: ACCOUNT_ID, inputs: callOf(number, `c-${round}`, LONG_AGO) }]);
      }
      const before = untilAllHaveBegun(writers.length);
      const works = writers.map((writer, place) => {
        return settle(writer, [{ accountId: ACCOUNT_ID, inputs: callOf(number, `c-${round}-${place}`) }], { before });
      });
      await Promise.all(works);
    }
    const { rows } = await database.pool.query<Record<string, number>>(`
      select (select count(*)::int from contact) as contacts, (select count(*)::int from cases) as cases,
        (select count(*)::int from cases where interaction_count = 4) as joined`);
    expect(rows).toEqual([{ contacts: ROUNDS, cases: isKnown ? 2 * ROUNDS : ROUNDS, joined: ROUNDS }]);
  });

  it('a second call of somebody who is known waits until the first is decided, and joins its case', async () => {
    const number = '+351910000999';
    const [one, two] = [openLedger(database.pool, new Metrics()), openLedger(database.pool, new Metrics())];
    await settle(one, [{ accountId: ACCOUNT_ID, inputs: callOf(number, 'c-long-ago', LONG_AGO) }]);
    let go: () => void = () => undefined;
    const mayCommit = new Promise<void>((resolve) => (go = resolve));
    let written: () => void = () => undefined;
    const hasWritten = new Promise<void>((resolve) => (written = resolve));
    const after = (): Promise<void> => {
      written();
      return mayCommit;
    };
    const first = settle(one, [{ accountId: ACCOUNT_ID, inputs: callOf(number, 'c-first') }], { after });
    await hasWritten;
    let isOver = false;
    const second = settle(two, [{ accountId: ACCOUNT_ID, inputs: callOf(number, 'c-second') }]).finally(() => {
      isOver = true;
    });
    // Without the lock it would find no live case, and be over before the first one commits.
    while (!isOver && !(await isSomebodyWaiting(database))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    go();
    await Promise.all([first, second]);
    const { rows } = await database.pool.query(
      `select interaction_count from cases where supplied ->> 'phone' = $1 order by interaction_count`,
      [number],
    );
    expect(rows).toEqual([{ interaction_count: 1 }, { interaction_count: 2 }]);
  });
});

async function isSomebodyWaiting({ pool }: TestDatabase): Promise<boolean> {
  const { rows } = await pool.query<{ waits: boolean }>(
    `select exists (
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    ) as waits`,
  );
  return rows[0]?.waits === true;
}
