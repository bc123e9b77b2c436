import { randomUUID } from 'node:crypto';
import type { Admin, EachBatchPayload, Kafka } from 'kafkajs';

import type { LogRecord, ReadOptions } from '../../event-log.js';
import { topicOffsets } from '../group-offsets.js';
import { guardMembership } from './membership-guard.js';
import { kafkaRetry } from '../client/kafka-client.js';
import type { KafkaTimes } from '../kafka-log-options.js';
import type { PrefixedNames } from '../prefixed-names.js';
import { Handover } from './handover.js';
import { toLogRecord } from './to-log-record.js';

export interface TopicReader {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly names: PrefixedNames;
  readonly times: KafkaTimes;
}

/** What each partition still has to give. */
interface Positions {
  /** Next offset to hand out, so that nothing comes twice after a rejoin. */
  readonly next: Map<number, bigint>;
  /** Partitions that have not reached the end as it was when reading began. */
  readonly unfinished: Map<number, bigint>;
}

/** Silence after which records that must be there are given up, in ms. */
const SILENCE_LIMIT_MS = 30_000;

/**
 * Reads every partition of a topic, through a group that only this call knows, because kafkajs cannot read without one.
 * Offsets are never committed. `end` is the end when the iteration begins.
 */
export async function* readTopic(
  topic: string,
  { from, follow, signal }: ReadOptions,
  reader: TopicReader,
): AsyncGenerator<LogRecord> {
  const inKafka = reader.names.inKafka(topic);
  const bounds = await topicOffsets(reader.admin, inKafka);
  const positions: Positions = {
    next: new Map(bounds.map(({ partition, low, high }) => [partition, BigInt(from === 'beginning' ? low : high)])),
    unfinished: new Map(bounds.filter(({ low, high }) => low !== high).map((b) => [b.partition, BigInt(b.high)])),
  };
  if (signal?.aborted || (!follow && (from === 'end' || positions.unfinished.size === 0))) {
    return;
  }
  const handover = new Handover<readonly LogRecord[]>(follow ? Infinity : SILENCE_LIMIT_MS);
  const close = await startReading(topic, inKafka, positions, { ...reader, handover, follow });
  const end = () => handover.end();
  signal?.addEventListener('abort', end, { once: true });
  try {
    for await (const records of handover.items()) {
      yield* records;
    }
  } finally {
    signal?.removeEventListener('abort', end);
    handover.abandon();
    await close();
  }
}

interface Reading extends TopicReader {
  readonly handover: Handover<readonly LogRecord[]>;
  readonly follow: boolean;
}

async function startReading(topic: string, inKafka: string, positions: Positions, reading: Reading) {
  const { kafka, admin, names, times, handover } = reading;
  const groupId = names.inKafka(`reader-${randomUUID()}`);
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: times.sessionTimeoutMs,
    heartbeatInterval: times.heartbeatIntervalMs,
    rebalanceTimeout: times.rebalanceTimeoutMs,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
    retry: kafkaRetry,
  });
  const close = async () => {
    await consumer.disconnect();
    // An empty group would go by itself after a week; that it stays until then harms nobody.
    await admin.deleteGroups([groupId]).catch(() => undefined);
  };
  try {
    consumer.on(consumer.events.CRASH, ({ payload }) => (payload.restart ? undefined : handover.fail(payload.error)));
    await consumer.connect();
    await consumer.subscribe({ topics: [inKafka], fromBeginning: true });
    const eachBatch = (payload: EachBatchPayload) => takeBatch(topic, payload, positions, reading);
    // After each join, also that of a group which kafkajs makes anew because the first one could not be joined: until then
    // there is nothing to seek in, and nothing was committed that it would go on from.
    consumer.on(consumer.events.GROUP_JOIN, () => {
      positions.next.forEach((offset, partition) => {
        consumer.seek({ topic: inKafka, partition, offset: String(offset) });
      });
    });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: true, eachBatch });
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

async function takeBatch(topic: string, payload: EachBatchPayload, positions: Positions, reading: Reading) {
  const { batch } = payload;
  const { partition } = batch;
  const next = positions.next.get(partition) ?? 0n;
  const records = batch.messages
    .filter(({ offset }) => BigInt(offset) >= next)
    .map((message) => toLogRecord(topic, partition, message));
  const guard = guardMembership(() => payload.heartbeat(), reading.times);
  await reading.handover.offer(records);
  guard.end();
  const reached = BigInt(batch.lastOffset()) + 1n;
  positions.next.set(partition, reached > next ? reached : next);
  if (reached >= (positions.unfinished.get(partition) ?? 0n)) {
    positions.unfinished.delete(partition);
  }
  if (!reading.follow && positions.unfinished.size === 0) {
    reading.handover.end();
  }
}
