import { CALL_FOLD } from '#libs/case-domain';
import type { Pool } from 'pg';
import type { BatchDependencies } from '../../../apps/case-builder/src/batch/handle-batch.js';
import type { BenchContext } from '../context.js';
import { BATCH_RECORDS, batchDependencies, rowsPerInteraction, settleAll } from '../decide-and-apply.js';
import { median, type Figure } from '../figure.js';
import { fillExisting } from '../fill-existing.js';
import { captureRows, markRows, replayRows } from '../row-replay.js';
import type { TableRows } from '../table-rows.js';
import { FACTS_OF_A_CALL, factsOfCalls } from './six-facts.js';

const EXISTING = 10_000;

/** Seconds that a round took, and what was written in it. */
interface Round {
  readonly seconds: number;
  readonly bare: number;
  readonly captured: readonly TableRows[];
}

/**
 * Calls in six facts each, in memory → decided and committed, by the product's own batch handler; no two facts of a call in
 * one batch. Beside it the rows that were written, as bare SQL: inserts of what is new, updates of what was there.
 */
export async function benchCalls({ server, quick, say }: BenchContext): Promise<Figure[]> {
  const rounds = quick ? 2 : 7;
  const calls = quick ? 2_000 : 5_000;
  const empty = await server.create('calls');
  await fillExisting(empty.pool, EXISTING, say);
  const [done, bare] = await server.copy(empty, 'calls_limit');
  const dependencies = batchDependencies(done, [CALL_FOLD]);
  const measured: Round[] = [];
  // The first round fills caches and compiles; it does not count.
  for (let round = 0; round <= rounds; round += 1) {
    measured.push(await measureRound(dependencies, [done.pool, bare.pool], { round, calls }));
  }
  const cases = await checkCalls(done.pool, calls * (rounds + 1));
  const counted = measured.slice(1);
  const rows = rowsPerInteraction(counted.at(-1)?.captured ?? [], calls);
  say(`  rows per call: ${[...rows].map(([table, count]) => `${table} ${count.toFixed(2)}`).join(', ')}`);
  const factsIn = (seconds: number): number => (calls * FACTS_OF_A_CALL) / seconds;
  const rate = median(counted.map(({ seconds }) => factsIn(seconds)));
  const limit = median(counted.map((one) => factsIn(one.bare)));
  const rowsOfACall = [...rows.values()].reduce((sum, count) => sum + count, 0);
  return figuresOf({ rate, limit, casesOfACall: cases / (calls * (rounds + 1)), rowsOfACall });
}

/** One fact of every call after another, as calls are told while they go on. */
async function measureRound(
  dependencies: BatchDependencies,
  [done, bare]: readonly [Pool, Pool],
  { round, calls }: { readonly round: number; readonly calls: number },
): Promise<Round> {
  let [seconds, bareSeconds] = [0, 0];
  const captured: TableRows[] = [];
  for (let place = 0; place < FACTS_OF_A_CALL; place += 1) {
    const mark = await markRows(done);
    const records = factsOfCalls(round * calls, calls, place);
    seconds += await settleAll(dependencies, records, round * FACTS_OF_A_CALL + place);
    const written = await captureRows(done, mark, calls / BATCH_RECORDS);
    bareSeconds += await replayRows(bare, written);
    captured.push(...written);
  }
  return { seconds, bare: bareSeconds, captured };
}

interface Measured {
  /** Facts in a second. */
  readonly rate: number;
  readonly limit: number;
  readonly casesOfACall: number;
  readonly rowsOfACall: number;
}

function figuresOf({ rate, limit, casesOfACall, rowsOfACall }: Measured): Figure[] {
  const figure = (name: string, unit: string, value: number): Figure => {
    return { bench: 'case-builder', name: `calls: ${name}`, unit, value, limit: null, wanted: null };
  };
  return [
    {
      bench: 'case-builder',
      name: 'calls in six facts, decide + apply, 2 batches side by side',
      unit: 'facts/s',
      value: rate,
      limit: { name: 'bare SQL', value: limit },
      wanted: { ratio: 0.5 },
    },
    figure('calls', 'calls/s', rate / FACTS_OF_A_CALL),
    figure('cases', 'cases/s', (rate / FACTS_OF_A_CALL) * casesOfACall),
    figure('rows written', 'rows/call', rowsOfACall),
  ];
}

/** Calls that open no case, or end as dead letters, would measure something else. Returns how many cases there are. */
async function checkCalls(pool: Pool, wanted: number): Promise<number> {
  const { rows } = await pool.query<{ calls: number; cases: number; lost: number; facts: number }>(
    `select (select count(*)::int from interaction where channel = 'call') as calls,
       (select count(*)::int from cases where source = 'call_inbound') as cases,
       (select count(*)::int from dead_letter) as lost,
       (select count(*)::int from fact) as facts`,
  );
  const { calls = 0, cases = 0, lost = 0, facts = 0 } = rows[0] ?? {};
  if (calls !== wanted || facts !== wanted * FACTS_OF_A_CALL || lost > 0 || cases < wanted * 0.9) {
    throw new Error(`The bench's own calls were not settled as meant: ${JSON.stringify({ wanted, ...rows[0] })}`);
  }
  return cases;
}
