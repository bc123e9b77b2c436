import { CASE_BUILDER_GROUP } from '#libs/interaction';
import { waitUntil } from '#libs/testing';
import { EMAIL_TOPIC } from '../faults/killer.js';
import { startParts, type Parts } from '../faults/parts.js';
import { createBeside } from './bench-server.js';
import { benchRecords } from './bench-interaction.js';
import type { BenchContext } from './context.js';
import { BATCH_RECORDS } from './decide-and-apply.js';
import { median, type Figure } from './figure.js';
import { fillExisting } from './fill-existing.js';
import { withApp } from './processes-under-bench.js';
import { captureRows, markRows, replayRows } from './row-replay.js';

const EXISTING = 10_000;

/** The whole way: records in the log → committed by case-builder in a process of its own, its relay running. */
export async function benchFromTheLog(context: BenchContext): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const log of ['embedded', 'kafka'] as const) {
    const parts = await startParts(log, 'manual');
    try {
      const { rate, limit } = await measure(parts, context);
      figures.push({
        bench: 'case-builder',
        name: `from the ${log} log to committed`,
        unit: 'interactions/s',
        value: rate,
        limit: { name: 'bare SQL', value: limit },
        wanted: { ratio: 0.5 },
      });
    } finally {
      await parts.stop({ keep: false });
    }
  }
  return figures;
}

async function measure(parts: Parts, { quick, say }: BenchContext): Promise<{ rate: number; limit: number }> {
  const count = quick ? 20_000 : 40_000;
  // The first start declares the account and creates the tables.
  await withApp('case-builder', parts.environment, [], async () => undefined);
  const bare = await createBeside(parts.connectionString, 'bare');
  try {
    await fillExisting(parts.pool, EXISTING, say);
    await fillExisting(bare, EXISTING, say);
    const rates: number[] = [];
    const limits: number[] = [];
    for (let round = 0; round <= (quick ? 2 : 4); round += 1) {
      await publishAll(parts, `round${round}`, count);
      const mark = await markRows(parts.pool);
      const rate = await withApp('case-builder', parts.environment, [], () => drainRate(parts, count));
      const captured = await captureRows(parts.pool, mark, count / BATCH_RECORDS);
      const limit = count / (await replayRows(bare, captured));
      say(`  ${parts.log.kind}: ${Math.round(rate)}/s beside ${Math.round(limit)}/s bare SQL`);
      if (round > 0) {
        rates.push(rate);
        limits.push(limit);
      }
    }
    return { rate: median(rates), limit: median(limits) };
  } finally {
    await bare.end();
  }
}

async function publishAll(parts: Parts, run: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += BATCH_RECORDS) {
    await parts.log.publish(benchRecords(run, Math.min(BATCH_RECORDS, count - from), from));
  }
}

/**
 * Committed per second between the first look that finds some and the last: starting up is not counted. It looks at the
 * fence rows; asking the log for its lag that often would load a broker more than the consumer does.
 */
async function drainRate(parts: Parts, count: number): Promise<number> {
  const looks: { at: number; done: number }[] = [];
  const start = await committed(parts);
  const isDone = async (): Promise<boolean> => {
    looks.push({ at: performance.now(), done: (await committed(parts)) - start });
    return (looks.at(-1)?.done ?? 0) >= count;
  };
  await waitUntil(isDone, 600_000, () => 'case-builder does not get done', 25);
  const first = looks.find(({ done }) => done > 0) ?? looks[0];
  const last = looks.at(-1);
  await waitUntil(
    async () => (await waitingRows(parts)) === 0,
    600_000,
    () => 'the outbox does not drain',
    100,
  );
  return ((last?.done ?? 0) - (first?.done ?? 0)) / (((last?.at ?? 0) - (first?.at ?? 0)) / 1000);
}

/** By the fence rows: six of them, cheap to read. */
async function committed(parts: Parts): Promise<number> {
  const { rows } = await parts.pool.query<{ done: string | null }>(
    'select sum(next_offset) as done from consumer_partition where consumer_group = $1 and topic = $2',
    [CASE_BUILDER_GROUP, EMAIL_TOPIC],
  );
  return Number(rows[0]?.done ?? 0);
}

async function waitingRows(parts: Parts): Promise<number> {
  const { rows } = await parts.pool.query<{ count: number }>('select count(*)::int as count from outbox');
  return rows[0]?.count ?? 0;
}
