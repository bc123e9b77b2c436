import { PublishQueueFull, PublishTimedOut } from './errors.js';
import type { OutgoingRecord } from './event-log.js';
import { recordSize } from './record-size.js';

/** Limits of what is sent together and of what may wait. Sizes in bytes, times in ms. */
export interface PublishLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
  readonly maxQueuedRecords: number;
  readonly maxQueuedBytes: number;
  /** How long a publish may wait for its acknowledgement. */
  readonly deadlineMs: number;
}

/** Records that are sent together, and who waits for them. */
export interface QueuedPublish {
  readonly records: readonly OutgoingRecord[];
  readonly bytes: number;
  readonly deadline: number;
  /** Only the first call counts. */
  settle(error?: Error): void;
  isSettled(): boolean;
}

/** What waits to be sent and what is under way, in order and within bounds. */
export class PublishQueue {
  private readonly waiting: QueuedPublish[] = [];
  private inFlight: readonly QueuedPublish[] = [];
  private records = 0;
  private bytes = 0;

  constructor(private readonly limits: PublishLimits) {}

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  get hasFullSend(): boolean {
    return this.records >= this.limits.maxRecords || this.bytes >= this.limits.maxBytes;
  }

  /** Resolves when all of the records are acknowledged; throws PublishQueueFull and then keeps none of them. */
  async add(records: readonly OutgoingRecord[]): Promise<void> {
    const slices = sliceRecords(records, this.limits);
    const bytes = slices.reduce((sum, slice) => sum + slice.bytes, 0);
    const { maxQueuedRecords, maxQueuedBytes } = this.limits;
    const isFull = this.records + records.length > maxQueuedRecords || this.bytes + bytes > maxQueuedBytes;
    // A publish that is larger than the whole queue is taken when it comes alone; it could never be taken otherwise.
    if (isFull && this.records > 0) {
      throw new PublishQueueFull();
    }
    this.records += records.length;
    this.bytes += bytes;
    await Promise.all(slices.map((slice) => this.enqueue(slice.records, slice.bytes)));
  }

  /** What is to be sent next; always at least one publish unless the queue is empty. */
  takeNext(): readonly QueuedPublish[] {
    this.forget(this.inFlight);
    let [records, bytes, count] = [0, 0, 0];
    for (const publish of this.waiting) {
      records += publish.records.length;
      bytes += publish.bytes;
      if (count > 0 && (records > this.limits.maxRecords || bytes > this.limits.maxBytes)) {
        break;
      }
      count += 1;
    }
    this.inFlight = this.waiting.splice(0, count);
    return this.inFlight.filter((publish) => !publish.isSettled());
  }

  /** A send that hangs still blocks the next ones (the order demands it), but nobody waits for it for ever. */
  rejectOverdue(now: number): void {
    for (const publish of [...this.inFlight, ...this.waiting]) {
      if (publish.deadline <= now) {
        publish.settle(new PublishTimedOut(this.limits.deadlineMs));
      }
    }
  }

  private enqueue(records: readonly OutgoingRecord[], bytes: number): Promise<void> {
    const deadline = Date.now() + this.limits.deadlineMs;
    return new Promise((resolve, reject) => {
      let settled = false;
      const settle = (error?: Error) => {
        settled = true;
        return error ? reject(error) : resolve();
      };
      this.waiting.push({ records, bytes, deadline, settle, isSettled: () => settled });
    });
  }

  private forget(sent: readonly QueuedPublish[]): void {
    for (const { records, bytes } of sent) {
      this.records -= records.length;
      this.bytes -= bytes;
    }
  }
}

function sliceRecords(records: readonly OutgoingRecord[], { maxRecords, maxBytes }: PublishLimits) {
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
