import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_FOLD, VOICEMAIL_FOLD } from '#libs/case-domain';
import { AccountDirectory } from '#libs/case-store';
import { type CallFact, factRecord } from '#libs/interaction';
import { aCall, aCallFact, aDeclaredAgent, aDeclaredGroup, aDeclaredLine, CALLER, LINE } from '#libs/testing';
import { asHandedOver, testBuilder, type TestBuilder } from './builder.js';
import { emptyTables } from './facts-world.js';

let builder: TestBuilder;
let offset = 0;
beforeAll(async () => {
  const ana = { ...aDeclaredAgent('ana@acme.example', 'Ana'), extensions: ['201'] };
  const declared = {
    groups: [aDeclaredGroup('Support', 'round_robin')],
    agents: [aDeclaredAgent('rui@acme.example', 'Rui'), ana],
    endpoints: [aDeclaredLine(LINE)],
  };
  const ledger = { directory: new AccountDirectory(0) };
  builder = await testBuilder(declared, 20, ledger, [CALL_FOLD, VOICEMAIL_FOLD]);
});
afterAll(() => builder.database.drop());
beforeEach(() => emptyTables(builder.database.pool));

async function tell(facts: readonly CallFact[]): Promise<void> {
  offset += facts.length;
  await builder.handleRecords(facts.map((fact, index) => asHandedOver(factRecord(fact), offset + index)));
}

async function cases(): Promise<Record<string, unknown>[]> {
  const { rows } = await builder.database.pool.query<Record<string, unknown>>(`
    select c.subject, c.description, c.category, a.email as assignee, c.requester_match ->> 'method' as requester,
      c.supplied ->> 'phone' as phone, c.interaction_count, c.source
    from cases c left join agent a on a.id = c.assignee_id`);
  return rows;
}

const [started, ringing, answered, ended] = aCall();

describe('a call told in facts', () => {
  it('50 is the same case in the end, whatever the order, the repetitions and the batches of its facts', async () => {
    const all = [started, ringing, answered, ended];
    const telling = fc.array(fc.constantFrom(...all), { maxLength: 3 }).chain((again) => {
      const length = all.length + again.length;
      const order = fc.shuffledSubarray([...all, ...again], { minLength: length, maxLength: length });
      return fc.record({ order, cuts: fc.array(fc.nat(length), { maxLength: 6 }) });
    });
    await fc.assert(
      fc.asyncProperty(telling, async ({ order, cuts }) => {
        await emptyTables(builder.database.pool);
        const bounds = [0, ...[...cuts].sort((one, other) => one - other), order.length];
        for (const [index, end] of bounds.slice(1).entries()) {
          await tell(order.slice(bounds[index], end));
        }
        expect(await cases()).toEqual([
          {
            subject: `Call from ${CALLER}, 2 Mar 2026 10:15`,
            description: `Line: ${LINE}\nQueue: Support\nWaited: 9 s\nTalked: 51 s\nAgents: 201`,
            category: 'open',
            assignee: 'ana@acme.example',
            requester: 'R6',
            phone: CALLER,
            interaction_count: 1,
            source: 'call_inbound',
          },
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('tells the topics of a revision by one event, and counts no further interaction', async () => {
    await tell([started, ended]);
    await tell([answered]);
    const { rows } = await builder.database.pool.query('select kind from case_event order by seq');
    expect(rows).toEqual([{ kind: 'created' }, { kind: 'assigned' }]);
    await tell([aCallFact('recording', 80, { recording: { id: 'r-1', status: 'pending' } })]);
    expect((await builder.database.pool.query('select 1 from case_event')).rowCount).toBe(2);
    const revisions = await builder.database.pool.query('select revision, outcome from interaction');
    expect(revisions.rows).toEqual([{ revision: 3, outcome: 'created' }]);
  });
});
