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

/** A call that an agent has taken. */
function callOf(number: string, callId: string): FactInput[] {
  const taken = { callId, agent: { extension: '201' }, answeredBy: 'agent' } as const;
  const parties = { from: aCallParty(number), to: aCallParty(LINE) };
  return [aCallFact('started', 0, { callId, ...parties }), aCallFact('answered', 9, taken)].map(inputOf);
}

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

describe('calls of one stranger at one time', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await migrate(database.pool, CASE_STORE_MIGRATIONS);
    await declareConfiguration(database.pool, ACME);
  });
  afterAll(() => database?.drop());

  it('52 make one contact and one case, whichever of four writers is first', async () => {
    const writers = Array.from({ length: 4 }, () => openLedger(database.pool, new Metrics()));
    for (let round = 0; round < ROUNDS; round += 1) {
      const number = `+3519100001${round.toString().padStart(2, '0')}`;
      const before = untilAllHaveBegun(writers.length);
      const works = writers.map((writer, place) => {
        return settle(writer, [{ accountId: ACCOUNT_ID, inputs: callOf(number, `c-${round}-${place}`) }], { before });
      });
      await Promise.all(works);
    }
    const { rows } = await database.pool.query<Record<string, number>>(`
      select (select count(*)::int from contact) as contacts, (select count(*)::int from cases) as cases,
        (select min(interaction_count) from cases) as least, (select max(interaction_count) from cases) as most`);
    expect(rows).toEqual([{ contacts: ROUNDS, cases: ROUNDS, least: 4, most: 4 }]);
  });
});
