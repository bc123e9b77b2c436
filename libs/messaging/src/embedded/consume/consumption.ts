import type { Pool } from 'pg';
import { pause } from '#libs/runtime';

import { BreakerOpen } from '../../consume/breaker.js';
import { STALLED_AFTER } from '../../consume/delivery.js';
import { toError } from '../../errors.js';
import type { Consumption, Subscription } from '../../event-log.js';
import type { LogLogger } from '../../log-logger.js';
import type { AppendWatch } from '../append-watch.js';
import type { EmbeddedTimes } from '../embedded-log-options.js';
import { MemberSession } from './member-session.js';
import { readOwnedPartition } from './owned-partition.js';
import { Slots } from './slots.js';
import type { OffsetRow } from '../sql/offsets/insert-offsets.js';
import type { TopicRow } from '../sql/topics/load-topics.js';
import { lockPartitions } from '../sql/partitions/lock-partitions.js';
import { unlockPartition } from '../sql/partitions/unlock-partition.js';

export interface EmbeddedConsumptionOptions {
  readonly pool: Pool;
  readonly connectionString: string;
  readonly subscription: Subscription;
  readonly topics: readonly TopicRow[];
  readonly watch: AppendWatch;
  readonly times: EmbeddedTimes;
  readonly logger: LogLogger;
}

/** A partition that we hold the lock of. */
interface Reading {
  readonly row: OffsetRow;
  readonly leave: AbortController;
  readonly ended: Promise<void>;
}

const RECONNECT_MS = 1_000;

/** One member of a consumer group of the embedded log. It joins again after every loss, and dies of an open breaker only. */
export class EmbeddedConsumption implements Consumption {
  readonly died: Promise<Error>;
  private readonly stopping = new AbortController();
  private readonly overdue = new AbortController();
  private readonly slots: Slots;
  private readonly readings = new Map<number, Reading>();
  private readonly failing = new Map<number, number>();
  private readonly unsubscribe: () => void;
  private phase: 'joining' | 'running' | 'stopped' | 'dead' = 'joining';
  private settleDied: (cause: Error) => void = () => {};
  private lookNow = () => {};
  private running: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;

  /** Rejects when the first session cannot be opened. */
  static async start(options: EmbeddedConsumptionOptions): Promise<EmbeddedConsumption> {
    const consumption = new EmbeddedConsumption(options);
    try {
      const session = await consumption.openSession();
      await consumption.takeShare(session);
      consumption.running = consumption.run(session);
      return consumption;
    } catch (error) {
      await consumption.stop();
      throw error;
    }
  }

  private constructor(private readonly options: EmbeddedConsumptionOptions) {
    const { subscription, watch } = options;
    this.died = new Promise((resolve) => (this.settleDied = resolve));
    this.slots = new Slots(subscription.concurrency ?? 2);
    this.unsubscribe = watch.onMembersChanged((group) => (group === subscription.group ? this.lookNow() : undefined));
  }

  state(): ReturnType<Consumption['state']> {
    const isStalled = [...this.failing.values()].some((failed) => failed >= STALLED_AFTER);
    return this.phase !== 'stopped' && this.phase !== 'dead' && isStalled ? 'stalled' : this.phase;
  }

  stop(): Promise<void> {
    this.stopped ??= this.finish();
    return this.stopped;
  }

  private async finish(): Promise<void> {
    this.stopping.abort();
    const timer = setTimeout(() => this.overdue.abort(), this.options.times.stopGraceMs);
    await this.running;
    clearTimeout(timer);
    this.unsubscribe();
    this.phase = this.phase === 'dead' ? 'dead' : 'stopped';
  }

  /** Sessions, one after another, until it is stopped. */
  private async run(first: MemberSession): Promise<void> {
    let session: MemberSession | null = first;
    while (session !== null) {
      await this.stay(session);
      await Promise.all([...this.readings.values()].map(({ ended }) => ended));
      await session.leave();
      this.failing.clear();
      session = this.stopping.signal.aborted ? null : await this.openAgain();
    }
  }

  /** Beats and takes its share until the session is lost or the consumer stops. */
  private async stay(session: MemberSession): Promise<void> {
    const over = AbortSignal.any([session.lost, this.stopping.signal]);
    this.phase = this.phase === 'joining' ? 'running' : this.phase;
    while (!over.aborted) {
      await this.untilNextLook(over);
      if (!over.aborted) {
        await this.takeShare(session).catch((error: unknown) => this.report(toError(error)));
      }
    }
    this.phase = this.phase === 'running' ? 'joining' : this.phase;
  }

  private async untilNextLook(over: AbortSignal): Promise<void> {
    const early = new AbortController();
    this.lookNow = () => early.abort();
    await pause(this.options.times.heartbeatMs, over, early.signal);
  }

  private async takeShare(session: MemberSession): Promise<void> {
    const share = await session.beat();
    const wanted = new Map(share.map((row) => [row.id, row]));
    for (const { row, leave } of this.readings.values()) {
      if (!wanted.has(row.id)) {
        leave.abort();
      }
    }
    const missing = share.filter(({ id }) => !this.readings.has(id));
    if (missing.length > 0) {
      const ids = missing.map(({ id }) => id);
      for (const { id, position } of await session.run((client) => lockPartitions(client, ids))) {
        const row = wanted.get(id);
        if (row) {
          this.begin(session, row, position);
        }
      }
    }
  }

  private begin(session: MemberSession, row: OffsetRow, position: bigint): void {
    const leave = new AbortController();
    const topic = this.options.topics.find(({ id }) => id === row.topicId)?.name ?? '';
    const { pool, watch, subscription, times } = this.options;
    const work = readOwnedPartition({
      pool,
      watch,
      session,
      slots: this.slots,
      subscription,
      times,
      place: { topic, topicId: row.topicId, partition: row.partition },
      offsetId: row.id,
      position,
      leaving: AbortSignal.any([leave.signal, session.lost, this.stopping.signal]),
      lost: AbortSignal.any([session.lost, this.overdue.signal]),
      onAttempts: (failed, error) => this.noteAttempts(row, topic, failed, error),
    });
    const ended = work
      .catch((error: unknown) => this.endOf(toError(error)))
      .then(() => this.release(session, row))
      .catch((error: unknown) => this.report(toError(error)));
    this.readings.set(row.id, { row, leave, ended });
  }

  private async release(session: MemberSession, row: OffsetRow): Promise<void> {
    this.readings.delete(row.id);
    this.failing.delete(row.id);
    if (!session.lost.aborted) {
      await session.run((client) => unlockPartition(client, row.id, this.options.subscription.group));
    }
  }

  private endOf(error: Error): void {
    if (error instanceof BreakerOpen) {
      this.phase = 'dead';
      this.options.logger.error(
        { group: this.options.subscription.group, error: error.message },
        'The consumer has died',
      );
      this.settleDied(error);
      this.overdue.abort();
      void this.stop();
    } else {
      this.report(error);
    }
  }

  private async openAgain(): Promise<MemberSession | null> {
    while (!this.stopping.signal.aborted) {
      try {
        const session = await this.openSession();
        await this.takeShare(session);
        return session;
      } catch (error) {
        this.report(toError(error));
        await pause(RECONNECT_MS, this.stopping.signal);
      }
    }
    return null;
  }

  private openSession(): Promise<MemberSession> {
    const { connectionString, subscription, topics, times } = this.options;
    return MemberSession.open({
      connectionString,
      group: subscription.group,
      topicIds: topics.map(({ id }) => id),
      times,
    });
  }

  private noteAttempts(row: OffsetRow, topic: string, failed: number, error: Error | null): void {
    const details = { group: this.options.subscription.group, topic, partition: row.partition };
    if (error) {
      this.failing.set(row.id, failed);
      this.options.logger.warn({ ...details, failed, error: error.message }, 'A batch failed and is tried again');
    } else {
      this.failing.delete(row.id);
      this.options.logger.info(details, 'The batch that had failed is done');
    }
  }

  private report(error: Error): void {
    const details = { group: this.options.subscription.group, error: error.message };
    this.options.logger.warn(details, 'The consumer has lost its session and joins again');
  }
}
