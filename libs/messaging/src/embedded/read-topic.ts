import type { Pool } from 'pg';

import type { LogRecord, ReadOptions } from '../event-log.js';
import type { AppendWatch } from './append-watch.js';
import { fetchRecords } from './sql/records/fetch-records.js';
import { loadEnds, type PartitionEnd } from './sql/records/load-ends.js';
import type { TopicDirectory } from './topic-directory.js';

export interface EmbeddedReader {
  readonly pool: Pool;
  readonly directory: TopicDirectory;
  readonly watch: AppendWatch;
}

const RECORDS_PER_PAGE = 1_000;
const never = new AbortController().signal;

/** Reads every partition of a topic without a group. `end` is the end when the iteration begins. */
export async function* readTopic(
  name: string,
  { from, follow, signal = never }: ReadOptions,
  { pool, directory, watch }: EmbeddedReader,
): AsyncGenerator<LogRecord> {
  const topic = await directory.find(name);
  const ends = await loadEnds(pool, [topic.id]);
  const next = new Map(ends.map(({ partition, end }) => [partition, from === 'end' ? end : 0n]));
  // On a compacted topic the older record of a key may go while we read, and the newer one lie beyond the end as it
  // was; reading up to where nothing is left gives each key its latest state all the same.
  const bounds = follow || topic.isCompacted ? null : new Map(ends.map(({ partition, end }) => [partition, end]));
  while (!signal.aborted) {
    for (const partition of next.keys()) {
      yield* readPages({ pool, name, topicId: topic.id, partition, next, bound: bounds?.get(partition), signal });
    }
    if (!follow) {
      return;
    }
    const isReached = (at: readonly PartitionEnd[]) =>
      at.some(({ topicId, partition, end }) => topicId === topic.id && end > (next.get(partition) ?? 0n));
    await watch.untilAppended(topic.id, isReached, signal);
  }
}

interface Pages {
  readonly pool: Pool;
  readonly name: string;
  readonly topicId: number;
  readonly partition: number;
  /** Next offset of each partition; moved on while reading. */
  readonly next: Map<number, bigint>;
  /** First offset that is not wanted. */
  readonly bound: bigint | undefined;
  readonly signal: AbortSignal;
}

async function* readPages(pages: Pages): AsyncGenerator<LogRecord> {
  const { pool, name, topicId, partition, next, bound, signal } = pages;
  const place = { topic: name, topicId, partition };
  let ahead = fetchRecords(pool, place, next.get(partition) ?? 0n, RECORDS_PER_PAGE);
  for (;;) {
    const records = await ahead;
    const last = records.at(-1);
    if (!last) {
      return;
    }
    // The next page is on its way while this one is handed out; whoever stops reading does not wait for it.
    ahead = fetchRecords(pool, place, last.offset + 1n, RECORDS_PER_PAGE);
    ahead.catch(() => undefined);
    for (const record of records) {
      if (signal.aborted || (bound !== undefined && record.offset >= bound)) {
        return;
      }
      next.set(partition, record.offset + 1n);
      yield record;
    }
  }
}
