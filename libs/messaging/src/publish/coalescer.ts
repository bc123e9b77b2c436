import { pause } from '#libs/runtime';
import { LogClosed, toError } from '../errors.js';
import type { OutgoingRecord } from '../event-log.js';
import { PublishQueue, type PublishLimits, type QueuedPublish } from './publish-queue.js';

export interface CoalescerOptions extends Partial<PublishLimits> {
  /** Makes the records durable, all or none as far as it can tell. Never called while an earlier call is under way. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  /** Throws for a record that cannot be sent; nothing of its publish is kept then. */
  readonly refuse?: (record: OutgoingRecord, bytes: number) => void;
  /** Whether a failed send may be the fault of one of its records; then each publish is sent again by itself. */
  readonly isRecordFault: (error: Error) => boolean;
  /** How long the first record of an idle log waits for company, in ms. */
  readonly lingerMs?: number;
}

/** Turns many small publishes into few sends. */
export interface Coalescer {
  /** Resolves when the records are durable; ends in PublishQueueFull, PublishTimedOut, LogClosed or what `send` threw. */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  /** Sends what waits, then refuses everything. */
  close(): Promise<void>;
}

const limitsUnlessTold: PublishLimits = {
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
  const limits = { ...limitsUnlessTold, ...options };
  const queue = new PublishQueue(limits, options.refuse);
  let closed = false;
  let running: Promise<void> | undefined;
  const watch = setInterval(() => queue.rejectOverdue(Date.now()), Math.min(1000, limits.deadlineMs / 4)).unref();

  async function run(): Promise<void> {
    if (!queue.hasFullSend) {
      await pause(options.lingerMs ?? 2);
    }
    for (let next = queue.takeNext(); next.length > 0 || !queue.isEmpty; next = queue.takeNext()) {
      await sendPublishes(next, options);
    }
    running = undefined;
  }

  return {
    publish(records) {
      if (closed) {
        return Promise.reject(new LogClosed());
      }
      const acknowledged = queue.add(records);
      running ??= run();
      return acknowledged;
    },
    async close() {
      closed = true;
      await running;
      clearInterval(watch);
    },
  };
}

async function sendPublishes(publishes: readonly QueuedPublish[], options: CoalescerOptions): Promise<void> {
  try {
    if (publishes.length > 0) {
      await options.send(publishes.flatMap(({ records }) => records));
    }
    publishes.forEach((publish) => publish.settle());
  } catch (thrown) {
    const error = toError(thrown);
    if (publishes.length > 1 && options.isRecordFault(error)) {
      for (const publish of publishes) {
        await sendPublishes([publish], options);
      }
      return;
    }
    publishes.forEach((publish) => publish.settle(error));
  }
}
