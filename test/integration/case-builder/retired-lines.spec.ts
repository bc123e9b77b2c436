import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALL_FOLD } from '#libs/case-domain';
import { AccountDirectory, declareConfiguration, type Declaration } from '#libs/case-store';
import { type CallFact, factRecord } from '#libs/interaction';
import { aCallFact, aCallParty, aDeclaredLine, CALLER, LINE } from '#libs/testing';
import { aQuietDeclaration, asHandedOver, testBuilder, type TestBuilder } from './builder.js';
import { emptyTables } from './facts-world.js';

const CONNECTION = 'generic/pbx';
const OTHER_LINE = '+351210000005';

const line = (number: string, group: string) => ({ ...aDeclaredLine(number, group), connection: CONNECTION });
const allOthers = line(CONNECTION, 'Support');

const TAKEN = { agent: { extension: '201' }, answeredBy: 'agent' } as const;

let builder: TestBuilder;
let offset = 0;
beforeAll(async () => {
  builder = await testBuilder({}, 20, { directory: new AccountDirectory(0) }, [CALL_FOLD]);
});
afterAll(() => builder.database.drop());
beforeEach(() => emptyTables(builder.database.pool));

/** As a process does that starts with another file. */
async function declare(...endpoints: Declaration['endpoints']): Promise<void> {
  await declareConfiguration(builder.database.pool, aQuietDeclaration({ endpoints }));
}

/** A call that somebody answered. */
function aCallTo(to: string, callId: string, from = CALLER): CallFact[] {
  const parties = { from: aCallParty(from), to: aCallParty(to) };
  const facts = [aCallFact('started', 0, { callId, ...parties }), aCallFact('answered', 9, { callId, ...TAKEN })];
  return [...facts, aCallFact('ended', 60, { callId, end: { by: 'caller', reason: 'completed' } })];
}

async function tell(...facts: readonly CallFact[]): Promise<void> {
  offset += facts.length;
  await builder.handleRecords(facts.map((fact, index) => asHandedOver(factRecord(fact), offset + index)));
}

/** In which group each call has a case; `null` for one that was recorded only. */
async function groups(): Promise<Record<string, string | null>> {
  const { rows } = await builder.database.pool.query<{ call: string; name: string | null }>(`
    select i.payload::jsonb #>> '{details,callId}' as call, g.name
    from interaction i
    left join cases c on c.account_id = i.account_id and c.id = i.case_id
    left join agent_group g on g.account_id = c.account_id and g.id = c.group_id`);
  return Object.fromEntries(rows.map(({ call, name }) => [call, name]));
}

describe('a line that leaves the configuration file', () => {
  it('is one of those that the connection does not list, and its calls are where those go', async () => {
    await declare(allOthers, line(LINE, 'Sales'));
    await tell(...aCallTo(LINE, 'c-1'));
    await declare(allOthers);
    await tell(...aCallTo(LINE, 'c-2', '+351210000009'));
    expect(await groups()).toEqual({ 'c-1': 'Sales', 'c-2': 'Support' });
  });

  it('is none of ours where the connection has no group: its calls are recorded only', async () => {
    await declare(line(LINE, 'Sales'), line(OTHER_LINE, 'Sales'));
    await declare(line(OTHER_LINE, 'Sales'));
    await tell(...aCallTo(LINE, 'c-1'), ...aCallTo(OTHER_LINE, 'c-2', '+351210000009'));
    expect(await groups()).toEqual({ 'c-1': null, 'c-2': 'Sales' });
  });

  it('leaves the cases that it opened where they are, whatever is told of their calls afterwards', async () => {
    await declare(allOthers, { ...line(LINE, 'Sales'), defaultPriority: 'urgent', defaultType: 'incident' });
    const [started, answered, ended] = aCallTo(LINE, 'c-1');
    await tell(started!, answered!);
    const state = async (): Promise<unknown[]> =>
      (await builder.database.pool.query<object>('select group_id, priority, type, endpoint_id, subject from cases'))
        .rows;
    const before = await state();
    await declare(allOthers);
    const named = { callId: 'c-1', from: { ...aCallParty(CALLER), name: 'Maria Silva' } };
    await tell(ended!, aCallFact('started', 1, named));
    expect(await state()).toEqual(before);
  });

  it('is back with the file', async () => {
    await declare(allOthers, line(LINE, 'Sales'));
    await declare(allOthers);
    await declare(allOthers, line(LINE, 'Sales'));
    await tell(...aCallTo(LINE, 'c-1'));
    expect(await groups()).toEqual({ 'c-1': 'Sales' });
  });
});

it('a mailbox, and an address that no file declared, stay', async () => {
  await declare(line(LINE, 'Sales'), aDeclaredLine('+351210000007'));
  await declareConfiguration(builder.database.pool, aQuietDeclaration({ endpoints: [] }));
  const { rows } = await builder.database.pool.query<{ address: string; active: boolean }>(
    'select address, active from channel_endpoint order by address',
  );
  const active = rows.filter((row) => row.active).map(({ address }) => address);
  expect(active).toEqual(['+351210000007', 'sales@acme.example', 'support@acme.example']);
});
