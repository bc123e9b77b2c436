import type { Delivery } from './delivery.js';

/** What may wait for the database. */
export interface WaitingLimits {
  readonly rows: number;
  /** An estimate of what they hold in memory. */
  readonly bytes: number;
}

/** Of what a row holds besides the body: its names, and the envelope of each fact. */
const BYTES_OF_ROW = 1_000;
const BYTES_OF_FACT = 1_000;

const ROWS_OF_STATEMENT = 500;
const BYTES_OF_STATEMENT = 8 * 1024 * 1024;

/** Deliveries that wait to be written, the oldest first, within limits. */
export class WaitingRows {
  private readonly waiting: Delivery[] = [];
  private bytes = 0;

  constructor(private readonly limits: WaitingLimits) {}

  get length(): number {
    return this.waiting.length;
  }

  /** Whether there was room for it. */
  add(delivery: Delivery): boolean {
    const bytes = sizeOf(delivery);
    if (this.waiting.length >= this.limits.rows || this.bytes + bytes > this.limits.bytes) {
      return false;
    }
    this.waiting.push(delivery);
    this.bytes += bytes;
    return true;
  }

  /** The oldest, as many as one statement takes; they stay until they are dropped. */
  first(): readonly Delivery[] {
    let bytes = 0;
    const tooMany = this.waiting.slice(1, ROWS_OF_STATEMENT).findIndex((_, index) => {
      bytes += sizeOf(this.waiting[index]!);
      return bytes > BYTES_OF_STATEMENT;
    });
    return this.waiting.slice(0, tooMany === -1 ? ROWS_OF_STATEMENT : tooMany + 1);
  }

  drop(count: number): void {
    const dropped = this.waiting.splice(0, count);
    this.bytes -= dropped.reduce((sum, delivery) => sum + sizeOf(delivery), 0);
  }
}

/** A body stands in the row and, in other words, in its facts. */
function sizeOf({ bytes, facts, body }: Delivery): number {
  return BYTES_OF_ROW + (Buffer.isBuffer(body) ? bytes : 2 * bytes) + facts.length * BYTES_OF_FACT;
}
