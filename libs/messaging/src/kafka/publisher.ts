import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs';

import { createCoalescer } from '../publish/coalescer.js';
import { RecordTooLarge, toError } from '../errors.js';
import type { OutgoingRecord } from '../event-log.js';
import type { KafkaTimes } from './kafka-log-options.js';
import type { PrefixedNames } from './prefixed-names.js';

/** What is limited is a whole record batch, whose frame takes some bytes too. */
const BATCH_FRAME_BYTES = 256;

/** Errors that say of a record, or of what went together with it, that it is too much for its topic. */
const tooLarge = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);

/** Errors that one record or one topic of a send can cause; the others concern the connection or the broker. */
const recordFaults = new Set([
  ...tooLarge,
  'INVALID_RECORD',
  'CORRUPT_MESSAGE',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'POLICY_VIOLATION',
]);

export interface KafkaPublisher {
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  /** What a topic allows; until told the broker judges. */
  setMaxMessageBytes(topic: string, bytes: number): void;
  close(): Promise<void>;
}

/** Connects a producer; rejects when it cannot, which must end the start (kafkajs would go on half-way). */
export async function createKafkaPublisher(
  kafka: Kafka,
  names: PrefixedNames,
  times: KafkaTimes,
): Promise<KafkaPublisher> {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    idempotent: false,
    // Retries stay within the deadline of a publish as far as they can: 0.3, 0.6, 1.2, 2.4, 4.8 s.
    retry: { retries: 5, initialRetryTime: 300 },
  });
  await producer.connect();
  const limits = new Map<string, number>();
  const coalescer = createCoalescer({
    send: (records) => send(producer, records, names, times.requestTimeoutMs),
    refuse: (record, bytes) => refuseTooLarge(record, bytes, limits),
    isRecordFault: (error) => isOneOf(recordFaults, error),
    deadlineMs: times.publishDeadlineMs,
    maxBytes: 900_000,
  });
  return {
    setMaxMessageBytes: (topic, bytes) => void limits.set(topic, bytes),
    publish: (records) => coalescer.publish(records),
    async close() {
      await coalescer.close();
      await producer.disconnect();
    },
  };
}

// Too large is said before it is sent: the broker would refuse the whole batch, neighbours included.
function refuseTooLarge({ topic }: OutgoingRecord, recordBytes: number, limits: ReadonlyMap<string, number>): void {
  const allowed = limits.get(topic) ?? Infinity;
  const bytes = recordBytes + BATCH_FRAME_BYTES;
  if (bytes > allowed) {
    throw RecordTooLarge.measured(topic, bytes, allowed);
  }
}

async function send(
  producer: Producer,
  records: readonly OutgoingRecord[],
  names: PrefixedNames,
  timeout: number,
): Promise<void> {
  const topics = new Map<string, Message[]>();
  for (const { topic, key, value, headers } of records) {
    const messages = topics.get(topic) ?? [];
    messages.push({ key, value, headers });
    topics.set(topic, messages);
  }
  const topicMessages = [...topics].map(([topic, messages]) => ({ topic: names.inKafka(topic), messages }));
  try {
    await producer.sendBatch({ acks: -1, timeout, topicMessages });
  } catch (error) {
    throw isOneOf(tooLarge, error) ? RecordTooLarge.refused([...topics.keys()], toError(error)) : error;
  }
}

/** Whether Kafka's name of the error, or of what caused it, is one of these. */
function isOneOf(types: ReadonlySet<string>, error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  return ('type' in error && types.has(String(error.type))) || isOneOf(types, error.cause);
}
