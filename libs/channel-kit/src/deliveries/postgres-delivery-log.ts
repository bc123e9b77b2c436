import type { Pool } from 'pg';
import { classifyPostgresError } from '#libs/postgres';
import { errorMessage, type Logger } from '#libs/runtime';
import { deliveryRow } from './delivery-row.js';
import type { Delivery, DeliveryLog } from './delivery.js';
import { HourlyAllowance } from './hourly-allowance.js';
import type { DeliveryMetrics } from './metrics.js';
import { insertDeliveries, MOST_UNTAKEN_ROWS } from './sql/insert-deliveries.js';
import { WaitingRows, type WaitingLimits } from './waiting-rows.js';
import { secretRemover, type SecretRemover } from './without-secrets.js';

const FLUSH_MS = 250;
/** What a stop waits for a database that does not answer. */
const STOP_MS = 5_000;
const LIMITS: WaitingLimits = { rows: 20_000, bytes: 64 * 1024 * 1024 };

export interface DeliveryLogParts {
  readonly pool: Pool;
  readonly accountId: string;
  /** Every secret of the configuration file: none of them gets into a row. */
  readonly secrets: readonly string[];
  readonly metrics: DeliveryMetrics;
  readonly logger: Pick<Logger, 'warn'>;
  readonly limits?: WaitingLimits;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * The delivery log in PostgreSQL. A request waits in memory, and every 250 ms what waits is written at once: whoever
 * answers a request waits for none of it. What is too much, or cannot be written, is counted.
 */
export class PostgresDeliveryLog implements DeliveryLog {
  private readonly waiting: WaitingRows;
  private readonly allowance = new HourlyAllowance(MOST_UNTAKEN_ROWS);
  private readonly secrets: SecretRemover;
  private readonly now: () => number;
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<void> | null = null;
  private isFailing = false;

  constructor(private readonly parts: DeliveryLogParts) {
    this.waiting = new WaitingRows(parts.limits ?? LIMITS);
    this.secrets = secretRemover(parts.secrets);
    this.now = parts.now ?? Date.now;
  }

  note({ connection, verdict }: Pick<Delivery, 'connection' | 'verdict'>, delivery: () => Delivery): void {
    const isUntaken = verdict === 'refused' || verdict === 'malformed';
    if (isUntaken && !this.allowance.take(connection, this.now())) {
      this.parts.metrics.unlogged('allowance', 1);
    } else if (this.waiting.add(shortened(delivery()))) {
      this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
    } else {
      this.parts.metrics.unlogged('memory', 1);
    }
  }

  /** Writes what waits. Never rejects: what the database does not take now waits for the next time. */
  flush(): Promise<void> {
    this.flushing ??= this.writeAll().finally(() => {
      this.flushing = null;
      this.timer = this.waiting.length === 0 ? null : setTimeout(() => void this.flush(), FLUSH_MS).unref();
    });
    return this.flushing;
  }

  /** Writes what waits, for the last time, within seconds. Nothing may be noted after it. */
  async stop(): Promise<void> {
    clearTimeout(this.timer ?? undefined);
    const written = this.flush().then(() => this.flush());
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_MS)));
    await Promise.race([written, tooLate]);
    clearTimeout(timer);
    clearTimeout(this.timer ?? undefined);
    if (this.waiting.length > 0) {
      this.parts.metrics.unlogged('database', this.waiting.length);
    }
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const some = this.waiting.first();
      if (!(await this.write(some.flatMap((delivery) => this.rowOf(delivery))))) {
        return;
      }
      this.waiting.drop(some.length);
    }
  }

  /** None of what a defect of ours makes no row of. */
  private rowOf(delivery: Delivery): string[] {
    try {
      return [deliveryRow(delivery, this.secrets)];
    } catch {
      this.parts.metrics.unlogged('database', 1);
      return [];
    }
  }

  /** Whether nothing more has to be done about them: a row that can never be written is counted, and its neighbours go on. */
  private async write(rows: readonly string[]): Promise<boolean> {
    const { pool, accountId, metrics, logger } = this.parts;
    try {
      const { exhausted, beyond } = await insertDeliveries(pool, accountId, rows);
      exhausted.forEach((connection) => this.allowance.exhaust(connection, this.now()));
      metrics.unlogged('allowance', beyond);
      this.isFailing = false;
      return true;
    } catch (error) {
      if (classifyPostgresError(error) === 'data') {
        return this.writeByHalves(rows);
      }
      if (!this.isFailing) {
        this.isFailing = true;
        logger.warn({ reason: errorMessage(error) }, 'The delivery log cannot be written; what comes waits in memory');
      }
      return false;
    }
  }

  private async writeByHalves(rows: readonly string[]): Promise<boolean> {
    if (rows.length < 2) {
      this.parts.metrics.unlogged('database', rows.length);
      return true;
    }
    const middle = Math.ceil(rows.length / 2);
    return (await this.write(rows.slice(0, middle))) && this.write(rows.slice(middle));
  }
}

/** A body that is not kept must not be held by its first bytes either. */
function shortened(delivery: Delivery): Delivery {
  const { body } = delivery;
  return Buffer.isBuffer(body) ? { ...delivery, body: Buffer.from(body.subarray(0, 2_048)) } : delivery;
}
