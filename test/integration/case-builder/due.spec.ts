import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CALL_FOLD, type FoldKind, VOICEMAIL_FOLD } from '#libs/case-domain';
import { AccountDirectory } from '#libs/case-store';
import { type CallFact, factRecord } from '#libs/interaction';
import { createBreaker } from '#libs/messaging';
import {
  aCallFact,
  aCallParty,
  aDeclaredAccount,
  aDeclaredGroup,
  aDeclaredLine,
  LINE,
  PATIENCE_MS,
  waitUntil,
} from '#libs/testing';
import { Leadership, LEADERS } from '../../../apps/case-builder/src/leadership.js';
import {
  type DueDependencies,
  passTime,
  settleDueInteractions,
} from '../../../apps/case-builder/src/timers/due-interactions.js';
import { asHandedOver, testBuilder, type TestBuilder } from './builder.js';
import { emptyTables } from './facts-world.js';

let builder: TestBuilder;
let offset = 0;
const postponed: string[] = [];
const running: Leadership[] = [];

beforeAll(async () => {
  const backStops = { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0 };
  const declared = {
    account: aDeclaredAccount({ backStops, callSettleSeconds: 1 }),
    groups: [aDeclaredGroup('Support')],
    endpoints: [aDeclaredLine(LINE)],
  };
  builder = await testBuilder(declared, 20, { directory: new AccountDirectory(0) }, [CALL_FOLD, VOICEMAIL_FOLD]);
});
beforeEach(() => emptyTables(builder.database.pool));
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});
afterAll(() => builder.database.drop());

const rows = async <Row extends object>(text: string): Promise<Row[]> =>
  (await builder.database.pool.query<Row>(text)).rows;

/** A call that nobody takes, by its place in the day. */
function aMissedCall(index: number): CallFact[] {
  const named = { callId: `c-${index}`, from: aCallParty(`+3519100010${10 + index}`), to: aCallParty(LINE) };
  return [
    aCallFact('started', index, named),
    aCallFact('ended', index + 30, { ...named, end: { reason: 'no_answer' } }),
  ];
}

async function tell(facts: readonly CallFact[]): Promise<void> {
  offset += facts.length;
  await builder.handleRecords(facts.map((fact, index) => asHandedOver(factRecord(fact), offset + index)));
}

const dueWith = (folds: readonly FoldKind[] = [CALL_FOLD, VOICEMAIL_FOLD]): DueDependencies => ({
  ledger: builder.dependencies.ledger,
  folds,
  breaker: createBreaker(),
  onPostponed: (id) => void postponed.push(id),
});

/** As each process of case-builder has one. */
function startProcess(): void {
  const leadership = new Leadership({
    pool: builder.database.pool,
    lock: LEADERS.due,
    work: (client, signal, progress) => passTime(dueWith(), client, signal, progress),
    onFailure: (error) => {
      throw error;
    },
  });
  leadership.start();
  running.push(leadership);
}

describe('what is due by time', () => {
  it('48 has its case when it is due, of two processes by one, and not a second later', async () => {
    startProcess();
    startProcess();
    await tell([...aMissedCall(1), ...aMissedCall(2)]);
    const [first] = await rows<{ due_at: Date }>('select min(due_at) as due_at from interaction');
    const settled = async () => (await rows('select 1 from cases')).length === 2;
    await waitUntil(settled, PATIENCE_MS, () => 'the missed calls have no cases', 10);
    const [born] = await rows<{ from: Date; until: Date }>(
      'select min(created_at) as from, max(created_at) as until from cases',
    );
    const late = [born!.from, born!.until].map((at) => at.getTime() - first!.due_at.getTime());
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThan(900);
    expect(await rows('select 1 from case_event')).toHaveLength(2);
    expect(await rows('select 1 from interaction where due_at is not null')).toEqual([]);
  });

  it('is found by an index in which nothing is that never waits', async () => {
    await tell([...aMissedCall(3), aCallFact('started', 0, { callId: 'live', to: aCallParty(LINE) })]);
    await builder.database.pool.query('analyze interaction');
    const plan = await builder.database.pool.query<{ 'QUERY PLAN': string }>(
      `set enable_seqscan = off; explain select min(due_at) from interaction where due_at is not null`,
    );
    const [, explained] = plan as unknown as readonly { rows: { 'QUERY PLAN': string }[] }[];
    expect(explained?.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('interaction_due');
    await builder.database.pool.query('reset enable_seqscan');
  });

  it('and that nothing can be made of waits an hour longer, and holds up nothing else', async () => {
    await tell([...aMissedCall(4), ...aMissedCall(5), ...aMissedCall(6)]);
    const [broken] = await rows<{ id: string }>(`select id from interaction where external_id = 'generic/pbx:c-5'`);
    const failing: FoldKind = {
      ...CALL_FOLD,
      fold: (stored, data, clock) => {
        if (stored?.id === broken?.id) {
          throw new TypeError('a defect of ours');
        }
        return CALL_FOLD.fold(stored, data, clock);
      },
    };
    await rows(`update interaction set due_at = now() - interval '1 second'`);
    const until = new Date().toISOString();
    const portion = await settleDueInteractions(dueWith([failing]), until, new AbortController().signal);
    expect(portion).toEqual({ found: 3, settled: 3 });
    expect(postponed).toEqual([broken?.id]);
    expect(await rows('select 1 from cases')).toHaveLength(2);
    const [left] = await rows<{ minutes: number }>(
      `select round(extract(epoch from due_at - now()) / 60)::int as minutes from interaction where due_at is not null`,
    );
    expect(left?.minutes).toBe(60);
  });
});
