import { LogClosed, PublishQueueFull, PublishTimedOut, toError } from './errors.js';
import type { OutgoingRecord } from './event-log.js';
import { recordSize } from './record-size.js';

export interface CoalescerOptions {
  /** Makes the records durable, all or none as far as it can tell. Never called while an earlier call is under way. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  /** Whether a failed send may be the fault of one of its records; then each publish is sent again by itself. */
  readonly isRecordFault: (error: Error) => boolean;
  /** How long the first record of an idle log waits for company, in ms. */
  readonly lingerMs?: number;
  readonly maxRecords?: number;
  readonly maxBytes?: number;
  readonly maxQueuedRecords?: number;
  readonly maxQueuedBytes?: number;
  /** How long a publish may wait for its acknowledgement, in ms. */
  readonly deadlineMs?: number;
}

/** Turns many small publishes into few sends. */
export interface Coalescer {
  /** Resolves when the records are durable; ends in PublishQueueFull, PublishTimedOut, LogClosed or what `send` threw. */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  /** Sends what waits, then refuses everything. */
  close(): Promise<void>;
}

/** Records that are sent together, and who waits for them. */
interface Entry {
  readonly records: readonly OutgoingRecord[];
  readonly bytes: number;
  readonly deadline: number;
  settled: boolean;
  resolve(): void;
  reject(error: Error): void;
}

const defaults = {
  lingerMs: 2,
  maxRecords: 500,
  maxBytes: 1_000_000,
  maxQueuedRecords: 100_000,
  maxQueuedBytes: 64_000_000,
  deadlineMs: 15_000,
};

/**
 * One send in flight keeps the order without relying on the client, and lets the next send collect what arrives
 * meanwhile; an idle log waits `lingerMs` only.
 */
export function createCoalescer(options: CoalescerOptions): Coalescer {
  const limits = { ...defaults, ...options };
  const queue: Entry[] = [];
  let queued = { records: 0, bytes: 0 };
  let closed = false;
  let running: Promise<void> | undefined;
  const watch = setInterval(rejectOverdue, Math.min(1000, limits.deadlineMs / 4));
  watch.unref();
  let inFlight: readonly Entry[] = [];

  async function publish(records: readonly OutgoingRecord[]): Promise<void> {
    if (closed) {
      throw new LogClosed();
    }
    const slices = sliceRecords(records, limits.maxRecords, limits.maxBytes);
    const total = slices.reduce((sum, slice) => sum + slice.bytes, 0);
    const isFull =
      queued.records + records.length > limits.maxQueuedRecords || queued.bytes + total > limits.maxQueuedBytes;
    // A publish that is larger than the whole queue is taken when it comes alone; it could never be taken otherwise.
    if (isFull && queued.records > 0) {
      throw new PublishQueueFull();
    }
    const results = slices.map((slice) => enqueue(slice.records, slice.bytes));
    running ??= run();
    await Promise.all(results);
  }

  function enqueue(records: readonly OutgoingRecord[], bytes: number): Promise<void> {
    queued = { records: queued.records + records.length, bytes: queued.bytes + bytes };
    return new Promise((resolve, reject) => {
      queue.push({ records, bytes, deadline: Date.now() + limits.deadlineMs, settled: false, resolve, reject });
    });
  }

  async function run(): Promise<void> {
    if (queued.records < limits.maxRecords && !closed) {
      await new Promise((resolve) => setTimeout(resolve, limits.lingerMs));
    }
    while (queue.length > 0) {
      inFlight = takeNext(queue, limits.maxRecords, limits.maxBytes);
      await sendEntries(inFlight);
      for (const { records, bytes } of inFlight) {
        queued = { records: queued.records - records.length, bytes: queued.bytes - bytes };
      }
      inFlight = [];
    }
    running = undefined;
  }

  async function sendEntries(entries: readonly Entry[]): Promise<void> {
    const waiting = entries.filter((entry) => !entry.settled);
    try {
      if (waiting.length > 0) {
        await options.send(waiting.flatMap(({ records }) => records));
      }
      waiting.forEach((entry) => settle(entry));
    } catch (thrown) {
      const error = toError(thrown);
      if (waiting.length > 1 && options.isRecordFault(error)) {
        for (const entry of waiting) {
          await sendEntries([entry]);
        }
        return;
      }
      waiting.forEach((entry) => settle(entry, error));
    }
  }

  // A send that hangs still blocks the next ones (the order demands it), but nobody waits for it for ever.
  function rejectOverdue(): void {
    const now = Date.now();
    for (const entry of [...inFlight, ...queue]) {
      if (!entry.settled && entry.deadline <= now) {
        settle(entry, new PublishTimedOut(limits.deadlineMs));
      }
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await running;
    clearInterval(watch);
  }

  return { publish, close };
}

function settle(entry: Entry, error?: Error): void {
  if (entry.settled) {
    return;
  }
  entry.settled = true;
  if (error) {
    entry.reject(error);
  } else {
    entry.resolve();
  }
}

/** Takes entries from the front until one more would pass a limit; always at least one. */
function takeNext(queue: Entry[], maxRecords: number, maxBytes: number): readonly Entry[] {
  let [records, bytes, count] = [0, 0, 0];
  for (const entry of queue) {
    records += entry.records.length;
    bytes += entry.bytes;
    if (count > 0 && (records > maxRecords || bytes > maxBytes)) {
      break;
    }
    count += 1;
  }
  return queue.splice(0, count);
}

function sliceRecords(records: readonly OutgoingRecord[], maxRecords: number, maxBytes: number) {
  const slices: { records: OutgoingRecord[]; bytes: number }[] = [];
  for (const record of records) {
    const bytes = recordSize(record);
    const last = slices.at(-1);
    if (last && last.records.length < maxRecords && last.bytes + bytes <= maxBytes) {
      last.records.push(record);
      last.bytes += bytes;
    } else {
      slices.push({ records: [record], bytes });
    }
  }
  return slices;
}
