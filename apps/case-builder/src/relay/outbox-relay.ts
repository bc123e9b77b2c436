import type { PoolClient } from 'pg';
import { recordsOf } from '#libs/case-ledger';
import {
  countOutbox,
  countUnsentRecords,
  deleteOutbox,
  insertUnsentRecords,
  OUTBOX_CHANNEL,
  type OutboxRecord,
  peekOutbox,
  readOutbox,
  type UnsentRecord,
  type WaitingEntry,
} from '#libs/case-store';
import { PublishTimedOut, recordSize } from '#libs/messaging';
import { Doorbell } from '../doorbell.js';
import type { RelayMetrics } from '../metrics.js';
import { inPortions, type PublishPace } from './publish-pace.js';
import { type Publish, publishPast } from './publish-past.js';

export interface RelayDependencies {
  readonly publish: Publish;
  readonly metrics: RelayMetrics;
  /** The same one at each start of the relay. */
  readonly pace: PublishPace;
  /** Told of a record that its topic cannot hold, before it is kept aside. */
  readonly onUnsent: (unsent: UnsentRecord) => void;
}

const PEEKED_ROWS = 500;
const MOST_RECORDS = 2000;
/** Polling is the guarantee; the notification only shortens the wait. Milliseconds. */
const SHORTEST_WAIT = 20;
const LONGEST_WAIT = 1000;
const COUNT_EVERY = 5000;

/**
 * Brings the outbox into the log, in order, until the signal aborts:
 * 1. lock the oldest announcements
 * 2. make their records from the rows that they name
 * 3. publish, as much at a time as the link carries, and wait until all are durable
 * 4. keep aside what no topic could hold, delete the announcements and commit
 * A crash between 3 and 4 publishes the same records again, with the same `ce_id`. Only the leader may run this: two
 * relays would bring one case's events out of order.
 */
export async function relayOutbox(
  dependencies: RelayDependencies,
  client: PoolClient,
  signal: AbortSignal,
  progress: () => void,
): Promise<void> {
  const doorbell = new Doorbell(client, OUTBOX_CHANNEL);
  await doorbell.listen();
  let wait = SHORTEST_WAIT;
  let countedAt = -COUNT_EVERY;
  while (!signal.aborted) {
    const relayed = await relayOnce(dependencies, client, signal);
    progress();
    wait = relayed > 0 ? SHORTEST_WAIT : Math.min(wait * 2, LONGEST_WAIT);
    if (performance.now() - countedAt >= COUNT_EVERY) {
      countedAt = performance.now();
      await report(dependencies.metrics, client);
    }
    if (relayed === 0) {
      await doorbell.rung(wait, signal);
    }
  }
}

/** Relays one portion and returns how many records it had. */
export async function relayOnce(
  dependencies: RelayDependencies,
  client: PoolClient,
  signal: AbortSignal,
): Promise<number> {
  const waiting = portionOf(await peekOutbox(client, PEEKED_ROWS), dependencies.pace.bytes);
  if (waiting.length === 0) {
    return 0;
  }
  await client.query('begin');
  const records = await recordsOf(client, await readOutbox(client, waiting));
  const unsent = await publishInTurn(dependencies, records, client, signal);
  if (unsent.length > 0) {
    unsent.forEach(dependencies.onUnsent);
    await insertUnsentRecords(client, unsent);
  }
  await deleteOutbox(client, waiting);
  await client.query('commit');
  dependencies.metrics.published.inc(records.length - unsent.length);
  return records.length;
}

/** One row may be more than a slow link carries in the time of one publish, so each part gets a time of its own. */
async function publishInTurn(
  { publish, pace }: RelayDependencies,
  records: readonly OutboxRecord[],
  client: PoolClient,
  signal: AbortSignal,
): Promise<UnsentRecord[]> {
  let isFirst = true;
  const publishNext: Publish = async (items) => {
    if (!isFirst) {
      signal.throwIfAborted();
      // The server would end a session that stays silent, and one that it has ended leads no more.
      await client.query('select');
    }
    isFirst = false;
    await publishAtPace(publish, pace, items);
  };
  const unsent: UnsentRecord[] = [];
  for (const { items } of inPortions(records, recordSize, pace.bytes)) {
    unsent.push(...(await publishPast(items, publishNext)));
  }
  return unsent;
}

async function publishAtPace(publish: Publish, pace: PublishPace, items: readonly OutboxRecord[]): Promise<void> {
  const bytes = items.reduce((sum, item) => sum + recordSize(item), 0);
  const started = performance.now();
  try {
    await publish(items);
  } catch (error) {
    if (error instanceof PublishTimedOut) {
      pace.learn({ outcome: 'timed_out', bytes });
    }
    throw error;
  }
  pace.learn({ outcome: 'published', bytes, milliseconds: performance.now() - started });
}

/** As many of the oldest rows as may be published together, and at least one. */
function portionOf(waiting: readonly WaitingEntry[], mostBytes: number): string[] {
  let records = 0;
  let bytes = 0;
  const portion = waiting.filter((entry, index) => {
    records += entry.records;
    bytes += entry.bytes;
    return index === 0 || (records <= MOST_RECORDS && bytes <= mostBytes);
  });
  return portion.map((entry) => entry.id);
}

async function report(metrics: RelayMetrics, client: PoolClient): Promise<void> {
  const { records, oldestSeconds } = await countOutbox(client);
  metrics.waiting.set(records);
  metrics.oldestSeconds.set(oldestSeconds);
  const unsent = await countUnsentRecords(client);
  metrics.unsent.set(unsent.reduce((sum, topic) => sum + topic.records, 0));
}
