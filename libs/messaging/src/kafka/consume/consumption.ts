import kafkajs, { type Consumer, type ConsumerCrashEvent, type EachBatchPayload } from 'kafkajs';

import { BreakerOpen } from '../../consume/breaker.js';
import { STALLED_AFTER } from '../../consume/delivery.js';
import { toError } from '../../errors.js';
import type { Consumption, Subscription } from '../../event-log.js';
import type { LogLogger } from '../../log-logger.js';
import { watchConsumer, type ConsumerWatchdog } from './consumer-watchdog.js';
import { createKafkaClient, kafkaRetry } from '../client/kafka-client.js';
import type { KafkaLogOptions, KafkaTimes } from '../kafka-log-options.js';
import type { PrefixedNames } from '../prefixed-names.js';
import { workOnBatch } from './work-on-batch.js';

export interface ConsumptionOptions {
  readonly client: KafkaLogOptions;
  readonly subscription: Subscription;
  readonly names: PrefixedNames;
  readonly times: KafkaTimes;
  readonly logger: LogLogger;
}

/** How often offsets are committed while one fetch is worked on, in ms; a kill repeats at most so much. */
const COMMIT_INTERVAL_MS = 500;
/** A join may stay without an answer until every other member came or was given up. */
const JOIN_SLACK_MS = 5_000;

/** One member of a consumer group on kafkajs, kept alive or declared dead: never silent in between. */
export class KafkaConsumption implements Consumption {
  readonly died: Promise<Error>;
  private readonly consumer: Consumer;
  private readonly watchdog: ConsumerWatchdog;
  private readonly stopping = new AbortController();
  private readonly overdue = new AbortController();
  private readonly failing = new Map<string, number>();
  private phase: 'joining' | 'running' | 'stopped' | 'dead' = 'joining';
  private settleDied: (cause: Error) => void = () => {};
  private stopped: Promise<void> | undefined;

  /** Connects, joins and begins to read; rejects when the brokers or the topics cannot be found. */
  static async start(options: ConsumptionOptions): Promise<KafkaConsumption> {
    const consumption = new KafkaConsumption(options);
    try {
      await consumption.run();
      return consumption;
    } catch (error) {
      await consumption.stop();
      throw error;
    }
  }

  private constructor(private readonly options: ConsumptionOptions) {
    const { client, subscription, names, times, logger } = options;
    this.died = new Promise((resolve) => (this.settleDied = resolve));
    const kafka = createKafkaClient({ ...client, logger: this.heard(logger) }, times);
    this.consumer = kafka.consumer({
      groupId: names.inKafka(subscription.group),
      sessionTimeout: times.sessionTimeoutMs,
      heartbeatInterval: times.heartbeatIntervalMs,
      rebalanceTimeout: times.rebalanceTimeoutMs,
      maxWaitTimeInMs: 100,
      minBytes: 1,
      maxBytesPerPartition: 1_048_576,
      metadataMaxAge: 60_000,
      allowAutoTopicCreation: false,
      retry: { ...kafkaRetry, restartOnFailure: async () => !this.stopping.signal.aborted },
    });
    this.watchdog = watchConsumer(
      this.consumer,
      () => times.watchdogMs + (this.phase === 'joining' ? times.rebalanceTimeoutMs + JOIN_SLACK_MS : 0),
      (silentMs) => this.die(new Error(`The consumer has been silent for ${Math.round(silentMs / 1000)} s`)),
    );
    this.followPhases();
  }

  state(): ReturnType<Consumption['state']> {
    const isStalled = [...this.failing.values()].some((failed) => failed >= STALLED_AFTER);
    return this.phase !== 'stopped' && this.phase !== 'dead' && isStalled ? 'stalled' : this.phase;
  }

  stop(): Promise<void> {
    this.stopped ??= this.leave();
    return this.stopped;
  }

  private async run(): Promise<void> {
    const { subscription, names } = this.options;
    await this.consumer.connect();
    // Without fromBeginning a new group, a new partition or an offset out of range would skip to the newest record.
    await this.consumer.subscribe({ topics: subscription.topics.map(names.inKafka), fromBeginning: true });
    await this.consumer.run({
      eachBatchAutoResolve: false,
      autoCommit: true,
      autoCommitInterval: COMMIT_INTERVAL_MS,
      partitionsConsumedConcurrently: subscription.concurrency ?? 2,
      eachBatch: (payload) => this.work(payload),
    });
  }

  /** Nothing but errors of kafkajs itself may leave this: it dies silently of a TypeError. */
  private async work(payload: EachBatchPayload): Promise<void> {
    if (this.phase === 'dead' || this.stopping.signal.aborted) {
      return;
    }
    const { subscription, names, times } = this.options;
    const topic = names.ours(payload.batch.topic);
    try {
      await workOnBatch(payload, {
        subscription,
        topic,
        times,
        stopping: this.stopping.signal,
        overdue: this.overdue.signal,
        onAttempts: (partition, failed, error) => this.noteAttempts({ topic, partition }, failed, error),
      });
    } catch (thrown) {
      if (thrown instanceof BreakerOpen) {
        this.die(thrown);
        return;
      }
      this.failing.delete(`${topic}/${payload.batch.partition}`);
      throw thrown instanceof kafkajs.KafkaJSError ? thrown : new kafkajs.KafkaJSError(toError(thrown));
    }
  }

  private noteAttempts(place: { topic: string; partition: number }, failed: number, error: Error | null): void {
    const key = `${place.topic}/${place.partition}`;
    const details = { group: this.options.subscription.group, ...place };
    if (error) {
      this.failing.set(key, failed);
      this.options.logger.warn({ ...details, failed, error: error.message }, 'A batch failed and is tried again');
    } else {
      this.failing.delete(key);
      this.options.logger.info(details, 'The batch that had failed is done');
    }
  }

  private followPhases(): void {
    const { GROUP_JOIN, REBALANCING, CRASH } = this.consumer.events;
    const enter = (phase: 'joining' | 'running') => {
      this.phase = this.phase === 'dead' || this.phase === 'stopped' ? this.phase : phase;
    };
    this.consumer.on(GROUP_JOIN, () => enter('running'));
    this.consumer.on(REBALANCING, () => enter('joining'));
    this.consumer.on(CRASH, ({ payload }: ConsumerCrashEvent) => {
      enter('joining');
      this.failing.clear();
      if (!payload.restart && !this.stopping.signal.aborted) {
        this.die(payload.error);
      }
    });
  }

  private die(cause: Error): void {
    if (this.phase === 'dead' || this.phase === 'stopped') {
      return;
    }
    this.phase = 'dead';
    this.watchdog.end();
    this.options.logger.error(
      { group: this.options.subscription.group, error: cause.message },
      'The consumer has died',
    );
    this.settleDied(cause);
    this.overdue.abort();
    // Not awaited: this may run inside a handler, and disconnecting waits for the handlers.
    void this.stop();
  }

  private async leave(): Promise<void> {
    this.stopping.abort();
    const overdue = setTimeout(() => this.overdue.abort(), this.options.times.stopGraceMs);
    await this.consumer.disconnect().catch((error: unknown) => {
      this.options.logger.warn({ error: toError(error).message }, 'The consumer could not say goodbye');
    });
    clearTimeout(overdue);
    this.watchdog.end();
    this.phase = this.phase === 'dead' ? 'dead' : 'stopped';
  }

  /** Every line of the client, a failed attempt to connect for one, shows that it is alive. */
  private heard(logger: LogLogger): LogLogger {
    const hear = (level: keyof LogLogger) => (fields: object, message: string) => {
      this.watchdog?.sign();
      logger[level](fields, message);
    };
    return { debug: hear('debug'), info: hear('info'), warn: hear('warn'), error: hear('error') };
  }
}
