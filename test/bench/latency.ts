import { setTimeout as delay } from 'node:timers/promises';
import { startParts, type Parts } from '../faults/parts.js';
import { benchRecords } from './bench-interaction.js';
import type { BenchContext } from './context.js';
import { percentile, type Figure } from './figure.js';
import { withApp } from './processes-under-bench.js';
import { defaultAccountId } from '#libs/runtime';

const PER_SECOND = 1000;
const TICK_MS = 10;
/** Every tenth interaction is watched, so that watching does not become the load. */
const WATCH_EVERY = 10;

/**
 * From the acknowledgement to the case being readable, at 1,000/s. What is acknowledged is the published record: SMTP
 * with its parsing would need more than the whole of two cores at this rate, beside case-builder and PostgreSQL.
 */
export async function benchLatency(context: BenchContext): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const log of ['embedded', 'kafka'] as const) {
    const parts = await startParts(log, 'manual');
    try {
      const seconds = context.quick ? 8 : 30;
      const latencies = await withApp('case-builder', parts.environment, [], () => measure(parts, seconds));
      const figure = (name: string, share: number, wanted: Figure['wanted']): Figure => {
        const value = percentile(latencies, share);
        return { bench: 'latency', name: `${name}, ${log} log`, unit: 'ms', value, limit: null, wanted };
      };
      context.say(`  ${log}: ${latencies.length} of ${seconds * PER_SECOND} published records watched`);
      figures.push(figure('ack → case readable at 1,000/s, p50', 0.5, null));
      figures.push(figure('ack → case readable at 1,000/s, p99', 0.99, { atMost: 100 }));
    } finally {
      await parts.stop({ keep: false });
    }
  }
  return figures;
}

async function measure(parts: Parts, seconds: number): Promise<number[]> {
  await inject(parts, 'warm', 3, new Map());
  const acknowledged = new Map<string, number>();
  const stop = new AbortController();
  const latencies: number[] = [];
  const watching = watch(parts, acknowledged, latencies, stop.signal);
  await inject(parts, 'steady', seconds, acknowledged);
  const deadline = performance.now() + 20_000;
  while (acknowledged.size > 0 && performance.now() < deadline) {
    await delay(10);
  }
  stop.abort();
  await watching;
  // What never became readable counts as slower than all that did.
  return [...latencies, ...[...acknowledged.values()].map(() => Number.POSITIVE_INFINITY)];
}

/** Publishes at an even pace; the pace does not wait for acknowledgements, as customers do not either. */
async function inject(parts: Parts, run: string, seconds: number, acknowledged: Map<string, number>): Promise<void> {
  const perTick = (PER_SECOND * TICK_MS) / 1000;
  const started = performance.now();
  const pending: Promise<void>[] = [];
  for (let tick = 0; tick < (seconds * 1000) / TICK_MS; tick += 1) {
    await delay(Math.max(0, started + tick * TICK_MS - performance.now()));
    for (const [index, record] of benchRecords(run, perTick, tick * perTick).entries()) {
      const published = parts.log.publish([record]).then(() => {
        if (index % WATCH_EVERY === 0) {
          acknowledged.set(record.headers['ce_id'] ?? '', performance.now());
        }
      });
      pending.push(published);
    }
  }
  await Promise.all(pending);
}

/** Asks for the watched interactions again and again, every 2 ms: what a reader would see. */
async function watch(
  parts: Parts,
  acknowledged: Map<string, number>,
  latencies: number[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const asked = [...acknowledged.keys()];
    const { rows } = await parts.pool.query<{ id: string }>({
      name: 'readable',
      text: `select i.id from interaction i join cases c on c.account_id = i.account_id and c.id = i.case_id
              where i.account_id = $1 and i.id = any($2::uuid[])`,
      values: [defaultAccountId, asked],
    });
    const seen = performance.now();
    for (const { id } of rows) {
      latencies.push(seen - (acknowledged.get(id) ?? seen));
      acknowledged.delete(id);
    }
    await delay(2);
  }
}
