import type { FoldKind } from '#libs/case-domain';
import { openLedger } from '#libs/case-ledger';
import { CASE_BUILDER_GROUP, interactionTopic, type InteractionRecord } from '#libs/interaction';
import { createBreaker, createWitnesses, type LogRecord } from '#libs/messaging';
import { Metrics } from '#libs/runtime';
import { handleBatch, type BatchDependencies } from '../../apps/case-builder/src/batch/handle-batch.js';
import { batchMetrics } from '../../apps/case-builder/src/metrics.js';
import type { BenchDatabase, BenchServer } from './bench-server.js';
import { benchRecords } from './bench-interaction.js';
import type { BenchContext } from './context.js';
import { median, type Figure } from './figure.js';
import { fillExisting } from './fill-existing.js';
import { mixedRecords, seedRecords } from './mixed-interactions.js';
import { captureRows, markRows, replayRows } from './row-replay.js';
import type { TableRows } from './table-rows.js';
import { type Grown, grownBetween, measureGrown } from './written-bytes.js';

export const BATCH_RECORDS = 500;

/** Rates of a series of rounds, figure and limit in turn, so that both see the same machine. */
export interface Measured {
  readonly rate: number;
  readonly limit: number;
  /** Rows written per interaction, by table. */
  readonly rows: ReadonlyMap<string, number>;
  /** Bytes that an interaction added. */
  readonly grown: Grown;
}

/** What is settled in a series. */
export interface Work {
  readonly name: string;
  /** What has to be there before round 0. */
  readonly before: (perRound: number) => InteractionRecord[];
  readonly records: (round: number, perRound: number, existing: number) => InteractionRecord[];
  /** What it has to read first has no part in the limit, so only work that reads little has a wish. */
  readonly wanted: Figure['wanted'];
}

const FIRST_MAILS: Work = {
  name: 'decide + apply',
  before: () => [],
  records: (round, perRound) => benchRecords(`round${round}`, perRound),
  wanted: { ratio: 0.7 },
};
const MIXED: Work = {
  name: 'decide + apply, mixed mail',
  before: seedRecords,
  records: mixedRecords,
  wanted: null,
};

/**
 * The later half of the way: records in memory → decided and committed, by the product's own batch handler. Once with first
 * mails alone, and once with what refers to cases that there are.
 */
export async function benchDecideAndApply({ server, quick, say }: BenchContext): Promise<Figure[]> {
  const series = { existing: 10_000, rounds: quick ? 3 : 7, perRound: 10_000 };
  const figures: Figure[] = [];
  for (const work of [FIRST_MAILS, MIXED]) {
    figures.push(...figuresOf(work, await measureDecideAndApply(server, work, series, say)));
  }
  return figures;
}

function figuresOf({ name, wanted }: Work, { rate, limit, rows, grown }: Measured): Figure[] {
  const figure = (what: string, unit: string, value: number): Figure => {
    return { bench: 'case-builder', name: `${name}: ${what}`, unit, value, limit: null, wanted: null };
  };
  const tables = [...grown.tables].filter(([, bytes]) => bytes > 0);
  return [
    {
      bench: 'case-builder',
      name: `${name}, 2 batches side by side`,
      unit: 'interactions/s',
      value: rate,
      limit: { name: 'bare SQL', value: limit },
      wanted,
    },
    figure('rows written', 'rows/interaction', sumOf(rows)),
    ...tables.map(([table, bytes]) => figure(table, 'bytes/interaction', bytes)),
    figure('all tables', 'bytes/interaction', sumOf(grown.tables)),
    figure('write-ahead log', 'bytes/interaction', grown.wal),
  ];
}

function sumOf(values: ReadonlyMap<string, number>): number {
  return [...values.values()].reduce((sum, value) => sum + value, 0);
}

export interface Series {
  readonly existing: number;
  readonly rounds: number;
  readonly perRound: number;
}

export async function measureDecideAndApply(
  server: BenchServer,
  work: Work,
  { existing, rounds, perRound }: Series,
  say: (line: string) => void,
): Promise<Measured> {
  const name = `decide_${work === MIXED ? 'mixed' : 'first'}`;
  const empty = await server.create(name);
  await fillExisting(empty.pool, existing, say);
  await settleAll(batchDependencies(empty), work.before(perRound), -1);
  const [done, bare] = await server.copy(empty, `${name}_limit`);
  const dependencies = batchDependencies(done);
  const [rates, limits, grown]: [number[], number[], Grown[]] = [[], [], []];
  let rows = new Map<string, number>();
  // The first round fills caches and compiles; it does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const mark = await markRows(done.pool);
    const before = await measureGrown(done.pool);
    const rate = perRound / (await settleAll(dependencies, work.records(round, perRound, existing), round));
    const after = await measureGrown(done.pool);
    const captured = await captureRows(done.pool, mark, perRound / BATCH_RECORDS);
    const limit = perRound / (await replayRows(bare.pool, captured));
    if (round > 0) {
      rates.push(rate);
      limits.push(limit);
      grown.push(grownBetween(before, after));
      rows = rowsPerInteraction(captured, perRound);
    }
  }
  await checkSettled(done, say);
  say(`  rows per interaction: ${[...rows].map(([table, count]) => `${table} ${count.toFixed(2)}`).join(', ')}`);
  return { rate: median(rates), limit: median(limits), rows, grown: medianGrown(grown, perRound) };
}

function medianGrown(grown: readonly Grown[], interactions: number): Grown {
  const tables = [...(grown[0]?.tables.keys() ?? [])].map((table) => {
    return [table, median(grown.map((one) => one.tables.get(table) ?? 0)) / interactions] as const;
  });
  return { tables: new Map(tables), wal: median(grown.map(({ wal }) => wal)) / interactions };
}

/** A bench of records that end as dead letters, or wait for a person, would measure something else. */
async function checkSettled({ pool }: BenchDatabase, say: (line: string) => void): Promise<void> {
  const { rows } = await pool.query<{ outcome: string; count: number }>(
    `select outcome, count(*)::int as count from interaction where external_id not like 'old-%' group by 1
     union all select 'dead letter', count(*)::int from dead_letter having count(*) > 0 order by 2 desc`,
  );
  const lost = rows.filter(({ outcome }) => !['created', 'attached', 'followed_up'].includes(outcome));
  if (lost.length > 0) {
    throw new Error(`The bench's own mails were not settled as meant: ${JSON.stringify(lost)}`);
  }
  say(`  settled: ${rows.map(({ outcome, count }) => `${count} ${outcome}`).join(', ')}`);
}

export function rowsPerInteraction(captured: readonly TableRows[], interactions: number): Map<string, number> {
  const rows = new Map<string, number>();
  captured.forEach(({ table, ...one }) => rows.set(table, (rows.get(table) ?? 0) + one.rows / interactions));
  return rows;
}

export function batchDependencies({ pool }: BenchDatabase, folds: readonly FoldKind[] = []): BatchDependencies {
  const metrics = new Metrics();
  return {
    ledger: openLedger(pool, metrics),
    folds,
    owner: 'bench',
    metrics: batchMetrics(metrics),
    breaker: createBreaker(),
    witnesses: createWitnesses(),
  };
}

/** Settles `count` first mails; returns the seconds that it took. */
export function settleRound(dependencies: BatchDependencies, round: number, count: number): Promise<number> {
  return settleAll(dependencies, benchRecords(`round${round}`, count), round);
}

/** Settles records of one topic in batches, two of them side by side; returns the seconds that it took. */
export async function settleAll(
  dependencies: BatchDependencies,
  records: readonly InteractionRecord[],
  round: number,
): Promise<number> {
  const topic = records[0]?.topic ?? interactionTopic('email');
  const batches = recordBatches(records, round);
  const started = performance.now();
  await Promise.all(
    [0, 1].map(async (partition) => {
      for (const records of batches.filter((_, index) => index % 2 === partition)) {
        await handleBatch(
          dependencies,
          { topic, partition, records },
          { group: CASE_BUILDER_GROUP, signal: new AbortController().signal },
        );
      }
    }),
  );
  return (performance.now() - started) / 1000;
}

/** Batches as a consumer hands them over: raw bytes, nothing decoded. */
function recordBatches(given: readonly InteractionRecord[], round: number): LogRecord[][] {
  const records = given.map((record, index) => ({
    ...record,
    value: Buffer.from(record.value),
    partition: Math.floor(index / BATCH_RECORDS) % 2,
    offset: BigInt((round + 1) * 1_000_000 + index),
    timestamp: new Date(),
  }));
  return Array.from({ length: Math.ceil(given.length / BATCH_RECORDS) }, (_, index) =>
    records.slice(index * BATCH_RECORDS, (index + 1) * BATCH_RECORDS),
  );
}
