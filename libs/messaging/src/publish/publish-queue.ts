import { PublishQueueFull, PublishTimedOut, toError } from '../errors.js';
import type { OutgoingRecord } from '../event-log.js';
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

  constructor(
    private readonly limits: PublishLimits,
    private readonly refuse?: (record: OutgoingRecord, bytes: number) => void,
  ) {}

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  get hasFullSend(): boolean {
    return this.records >= this.limits.maxRecords || this.bytes >= this.limits.maxBytes;
  }

  /** Resolves when all of the records are acknowledged; rejects with PublishQueueFull and then keeps none of them. */
  add(records: readonly OutgoingRecord[]): Promise<void> {
    let slices: readonly Slice[];
    try {
      slices = sliceRecords(records, this.limits, this.refuse);
    } catch (error) {
      return Promise.reject(toError(error));
    }
    const bytes = slices.reduce((sum, slice) => sum + slice.bytes, 0);
    const { maxQueuedRecords, maxQueuedBytes } = this.limits;
    const isFull = this.records + records.length > maxQueuedRecords || this.bytes + bytes > maxQueuedBytes;
    // A publish that is larger than the whole queue is taken when it comes alone; it could never be taken otherwise.
    if (isFull && this.records > 0) {
      return Promise.reject(new PublishQueueFull());
    }
    this.records += records.length;
    this.bytes += bytes;
    const sent = this.enqueue(slices);
    return sent.length === 1 ? sent[0]! : Promise.all(sent).then(() => undefined);
  }

  /**
   * What is to be sent next; always at least one publish unless the queue is empty. A process that was frozen sends
   * nothing that is overdue: by now another one may have published what comes after it.
   */
  takeNext(): readonly QueuedPublish[] {
    this.forget(this.inFlight);
    this.inFlight = [];
    this.rejectOverdue(Date.now());
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

  /**
   * Slices of one publish share its fate: once one has failed the later ones are not sent, since whoever publishes all
   * of it again would bring them behind what they follow.
   */
  private enqueue(slices: readonly Slice[]): Promise<void>[] {
    const deadline = Date.now() + this.limits.deadlineMs;
    const whole: QueuedPublish[] = [];
    return slices.map(({ records, bytes }) => {
      return new Promise((resolve, reject) => {
        let settled = false;
        const settle = (error?: Error) => {
          if (settled) {
            return;
          }
          settled = true;
          if (error) {
            reject(error);
            whole.forEach((slice) => slice.settle(error));
          } else {
            resolve();
          }
        };
        const slice = { records, bytes, deadline, settle, isSettled: () => settled };
        whole.push(slice);
        this.waiting.push(slice);
      });
    });
  }

  private forget(sent: readonly QueuedPublish[]): void {
    for (const { records, bytes } of sent) {
      this.records -= records.length;
      this.bytes -= bytes;
    }
  }
}

interface Slice {
  readonly records: OutgoingRecord[];
  bytes: number;
}

function sliceRecords(
  records: readonly OutgoingRecord[],
  { maxRecords, maxBytes }: PublishLimits,
  refuse?: (record: OutgoingRecord, bytes: number) => void,
): Slice[] {
  const slices: Slice[] = [];
  for (const record of records) {
    const bytes = recordSize(record);
    refuse?.(record, bytes);
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
