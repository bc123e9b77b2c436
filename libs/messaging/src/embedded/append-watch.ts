import pg, { type Pool } from 'pg';

import { toError } from '../errors.js';
import type { LogLogger } from '../log-logger.js';
import { channels } from './lock-spaces.js';
import { loadEnds, type PartitionEnd } from './sql/records/load-ends.js';

export interface AppendWatchOptions {
  readonly pool: Pool;
  readonly connectionString: string;
  readonly logger: LogLogger;
}

interface Waiter {
  readonly topicId: number;
  isReached(ends: readonly PartitionEnd[]): boolean;
  resolve(): void;
}

const BUSY_POLL_MS = 20;
const IDLE_POLL_MS = 1_000;
const LISTEN_AGAIN_MS = 1_000;

/**
 * Tells readers that there is more to read: one query for all that wait, not one for each.
 * It asks again after 20 ms while records come and after up to 1 s while none do; a NOTIFY or an append of this
 * process makes it ask at once. Losing a NOTIFY costs time only, never a record.
 */
export class AppendWatch {
  private readonly waiters = new Set<Waiter>();
  private readonly memberListeners = new Set<(group: string) => void>();
  private pollMs = BUSY_POLL_MS;
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | undefined;
  private askAgain = false;
  private listener: pg.Client | undefined;
  private listenAgain: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: AppendWatchOptions) {}

  /** Begins to listen; a database that cannot be reached yet is tried again later. */
  async start(): Promise<void> {
    await this.listen();
  }

  /** Resolves when a partition of the topic has reached beyond what `isReached` looks for, or the signal aborts. */
  async untilAppended(
    topicId: number,
    isReached: (ends: readonly PartitionEnd[]) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) {
      return;
    }
    await new Promise<void>((resolve) => {
      const onAbort = () => this.release(waiter);
      const waiter: Waiter = {
        topicId,
        isReached,
        resolve() {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      this.waiters.add(waiter);
      signal.addEventListener('abort', onAbort);
      this.ask();
    });
  }

  /** Something was appended, or may have been. */
  wake(): void {
    this.pollMs = BUSY_POLL_MS;
    clearTimeout(this.timer);
    this.ask();
  }

  /** Called when the members of some group have changed; returns how to stop that. */
  onMembersChanged(listener: (group: string) => void): () => void {
    this.memberListeners.add(listener);
    return () => this.memberListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.listenAgain);
    this.waiters.forEach((waiter) => this.release(waiter));
    await this.asking;
    await this.listener?.end().catch(() => undefined);
  }

  private release(waiter: Waiter): void {
    this.waiters.delete(waiter);
    waiter.resolve();
  }

  private ask(): void {
    if (this.closed || this.waiters.size === 0) {
      return;
    }
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = this.askOnce().finally(() => {
      this.asking = undefined;
      this.askLater();
    });
  }

  private askLater(): void {
    if (this.askAgain) {
      this.askAgain = false;
      this.ask();
    } else if (!this.closed && this.waiters.size > 0) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), this.pollMs);
      this.pollMs = Math.min(IDLE_POLL_MS, this.pollMs * 2);
    }
  }

  private async askOnce(): Promise<void> {
    try {
      const topicIds = [...new Set([...this.waiters].map(({ topicId }) => topicId))];
      const ends = await loadEnds(this.options.pool, topicIds);
      for (const waiter of this.waiters) {
        if (waiter.isReached(ends)) {
          this.pollMs = BUSY_POLL_MS;
          this.release(waiter);
        }
      }
    } catch (error) {
      this.pollMs = IDLE_POLL_MS;
      this.options.logger.debug({ error: toError(error).message }, 'The log cannot see what was appended');
    }
  }

  private async listen(): Promise<void> {
    const { connectionString, logger } = this.options;
    const client = new pg.Client({ connectionString, application_name: 'casewright-log-listen', keepAlive: true });
    this.listener = client;
    const retry = () => {
      if (this.listener === client && !this.closed) {
        this.listener = undefined;
        this.listenAgain = setTimeout(() => void this.listen(), LISTEN_AGAIN_MS);
      }
      void client.end().catch(() => undefined);
    };
    client.on('error', retry);
    client.on('end', retry);
    client.on('notification', ({ channel, payload }) => this.hear(channel, payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${channels.appended}; listen ${channels.members}`);
      this.wake();
    } catch (error) {
      logger.debug({ error: toError(error).message }, 'The log cannot listen; it polls');
      retry();
    }
  }

  private hear(channel: string, payload: string): void {
    if (channel === channels.appended) {
      this.wake();
    } else {
      this.memberListeners.forEach((listener) => listener(payload));
    }
  }
}
