import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_FOLD, fold, VOICEMAIL_FOLD } from '#libs/case-domain';
import { AccountDirectory, loadCase, loadHistory } from '#libs/case-store';
import { type CallFact, factRecord, type VoicemailFact, voicemailInteractionId } from '#libs/interaction';
import {
  aCall,
  aCallFact,
  aCallParty,
  ACCOUNT_ID,
  aDeclaredAgent,
  aVoicemailFact,
  aDeclaredGroup,
  aDeclaredLine,
  CALLER,
  LINE,
} from '#libs/testing';
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

async function tell(facts: readonly (CallFact | VoicemailFact)[]): Promise<void> {
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

async function events(): Promise<Record<string, unknown>[]> {
  return (await builder.database.pool.query<Record<string, unknown>>('select kind from case_event order by seq')).rows;
}

/** Whose turn it is depends on what was assigned before: Rui's. */
async function beforeAna(): Promise<void> {
  await builder.database.pool.query(`
    update group_member m set last_assigned_at = case when a.name = 'Ana' then now() end
    from agent a where a.account_id = m.account_id and a.id = m.agent_id`);
}

const [started, ringing, answered, ended] = aCall();

/** The only case, as its row has it, and as its events add up to. */
async function rowAndEvents() {
  const { pool } = builder.database;
  const { rows } = await pool.query<{ id: string; version: number }>('select id, version from cases');
  const [{ id, version } = { id: '', version: 0 }] = rows;
  const history = await loadHistory(pool, ACCOUNT_ID, { caseId: id, seq: version });
  const view = await loadCase(pool, ACCOUNT_ID, { by: 'id', id });
  return { row: view!.state, events: fold(history.map(({ change }) => change)) };
}

describe('a call told in facts', () => {
  it('77 writes what a later message and a late number say where its case had something else', async () => {
    const noAnswer = aCallFact('ended', 41, { end: { reason: 'no_answer' } });
    await tell([{ ...started, from: { raw: 'anonymous', presentation: 'withheld' } }, noAnswer]);
    expect((await rowAndEvents()).row).toMatchObject({ source: 'call_inbound', supplied: { phone: null } });
    await tell([aCallFact('described', 70, { from: aCallParty(CALLER, 'Maria') })]);
    const left = aVoicemailFact('left', 50, { callId: 'c-77', to: aCallParty(LINE) });
    await tell([{ ...left, recording: { id: 'r-1', status: 'pending' } }]);
    const { row, events } = await rowAndEvents();
    expect(row).toEqual(events);
    expect(row).toMatchObject({
      source: 'voicemail',
      via: { channel: 'voicemail' },
      originInteractionId: voicemailInteractionId(left),
      supplied: { phone: CALLER, name: 'Maria' },
    });
    expect(row.submitter).toEqual(row.requester);
  });

  it('between two agents is recorded, whichever of its facts comes first', async () => {
    const ofExtension = (extension: string) => ({ extension, presentation: 'allowed' }) as const;
    const parties = { from: ofExtension('201'), to: ofExtension('202') };
    await tell([answered, ended]);
    expect(await cases()).toEqual([]);
    await tell([aCallFact('started', 0, { ...parties, direction: 'internal' })]);
    const { rows } = await builder.database.pool.query('select direction, outcome from interaction');
    expect(rows).toEqual([{ direction: 'internal', outcome: 'recorded:internal_call' }]);
    expect(await cases()).toEqual([]);
  });

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
            subject: 'Call from +351 910 000 001, 2 Mar 2026 10:15',
            description: 'Line: +351 21 000 0000\nQueue: Support\nWaited: 9 s\nTalked: 51 s\nAgents: 201',
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
    await beforeAna();
    await tell([started, ended]);
    expect(await cases()).toMatchObject([{ assignee: 'rui@acme.example', interaction_count: 1 }]);
    await tell([answered]);
    expect(await events()).toEqual([{ kind: 'created' }, { kind: 'assigned' }]);
    expect(await cases()).toMatchObject([{ assignee: 'ana@acme.example', interaction_count: 1 }]);
    const before = await cases();
    // The case says nothing of a recording; whoever shows the call shows it anew.
    await tell([aCallFact('recording', 80, { recording: { id: 'r-1', status: 'pending' } })]);
    expect(await events()).toEqual([{ kind: 'created' }, { kind: 'assigned' }, { kind: 'interaction_updated' }]);
    expect(await cases()).toEqual(before);
    const revisions = await builder.database.pool.query('select revision, outcome from interaction');
    expect(revisions.rows).toEqual([{ revision: 3, outcome: 'created' }]);
  });
});
