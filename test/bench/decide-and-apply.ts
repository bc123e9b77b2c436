import { AccountDirectory } from '#libs/case-store';
import { CASE_BUILDER_GROUP, interactionTopic } from '#libs/interaction';
import { createBreaker, type LogRecord } from '#libs/messaging';
import { Metrics } from '#libs/runtime';
import { handleBatch, type BatchDependencies } from '../../apps/case-builder/src/batch/handle-batch.js';
import { batchMetrics } from '../../apps/case-builder/src/metrics.js';
import type { BenchDatabase, BenchServer } from './bench-server.js';
import { benchRecords } from './bench-interaction.js';
import type { BenchContext } from './context.js';
import { median, type Figure } from './figure.js';
import { fillExisting } from './fill-existing.js';
import { captureRows, markRows, replayRows, type TableRows } from './row-replay.js';

export const BATCH_RECORDS = 500;

/** Rates of a series of rounds, figure and limit in turn, so that both see the same machine. */
export interface Measured {
  readonly rate: number;
  readonly limit: number;
  /** Rows written per interaction, by table. */
  readonly rows: ReadonlyMap<string, number>;
}

/** The later half of the way: records in memory → decided and committed, by the product's own batch handler. */
export async function benchDecideAndApply({ server, quick, say }: BenchContext): Promise<Figure[]> {
  const measured = await measureDecideAndApply(
    server,
    { existing: 10_000, rounds: quick ? 3 : 7, perRound: 10_000 },
    say,
  );
  const perInteraction = [...measured.rows].map(([table, rows]) => `${table} ${rows.toFixed(2)}`).join(', ');
  const total = [...measured.rows.values()].reduce((sum, rows) => sum + rows, 0);
  say(`  rows per interaction: ${perInteraction}`);
  return [
    {
      bench: 'case-builder',
      name: 'decide + apply, 2 batches side by side',
      unit: 'interactions/s',
      value: measured.rate,
      limit: { name: 'bare SQL', value: measured.limit },
      wanted: { ratio: 0.7 },
    },
    {
      bench: 'case-builder',
      name: 'rows written',
      unit: 'rows/interaction',
      value: total,
      limit: null,
      wanted: null,
    },
  ];
}

export interface Series {
  readonly existing: number;
  readonly rounds: number;
  readonly perRound: number;
}

export async function measureDecideAndApply(
  server: BenchServer,
  { existing, rounds, perRound }: Series,
  say: (line: string) => void,
): Promise<Measured> {
  const empty = await server.create(`decide_${existing}`);
  await fillExisting(empty.pool, existing, say);
  const [work, bare] = await server.copy(empty, `decide_${existing}_limit`);
  const dependencies = batchDependencies(work);
  const rates: number[] = [];
  const limits: number[] = [];
  let rows = new Map<string, number>();
  // The first round fills caches and compiles; it does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const mark = await markRows(work.pool);
    const rate = perRound / (await settleRound(dependencies, round, perRound));
    const captured = await captureRows(work.pool, mark, perRound / BATCH_RECORDS);
    const limit = perRound / (await replayRows(bare.pool, captured));
    if (round > 0) {
      rates.push(rate);
      limits.push(limit);
      rows = rowsPerInteraction(captured, perRound);
    }
  }
  return { rate: median(rates), limit: median(limits), rows };
}

export function rowsPerInteraction(captured: readonly TableRows[], interactions: number): Map<string, number> {
  return new Map(captured.map((table) => [table.table, table.rows / interactions]));
}

export function batchDependencies({ pool }: BenchDatabase): BatchDependencies {
  return {
    pool,
    directory: new AccountDirectory(),
    now: () => new Date(),
    owner: 'bench',
    metrics: batchMetrics(new Metrics()),
    breaker: createBreaker(),
  };
}

/** Settles `count` new interactions in batches, two of them side by side; returns the seconds that it took. */
export async function settleRound(dependencies: BatchDependencies, round: number, count: number): Promise<number> {
  const batches = recordBatches(`round${round}`, count);
  const started = performance.now();
  await Promise.all(
    [0, 1].map(async (partition) => {
      for (const records of batches.filter((_, index) => index % 2 === partition)) {
        await handleBatch(
          dependencies,
          { topic: interactionTopic('email'), partition, records },
          { group: CASE_BUILDER_GROUP, signal: new AbortController().signal },
        );
      }
    }),
  );
  return (performance.now() - started) / 1000;
}

/** Batches as a consumer hands them over: raw bytes, nothing decoded. */
function recordBatches(run: string, count: number): LogRecord[][] {
  const records = benchRecords(run, count).map((record, index) => ({
    ...record,
    value: Buffer.from(record.value),
    partition: Math.floor(index / BATCH_RECORDS) % 2,
    offset: BigInt(index),
    timestamp: new Date(),
  }));
  return Array.from({ length: count / BATCH_RECORDS }, (_, index) =>
    records.slice(index * BATCH_RECORDS, (index + 1) * BATCH_RECORDS),
  );
}
