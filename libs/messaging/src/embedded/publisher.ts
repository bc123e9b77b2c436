import { crc32 } from 'node:zlib';
import type { Pool } from 'pg';

import { classifyPostgresError } from '#libs/postgres';

import { createCoalescer } from '../publish/coalescer.js';
import { RecordTooLarge, RecordWithoutKey, UnknownTopic } from '../errors.js';
import type { OutgoingRecord } from '../event-log.js';
import { appendRecords, type AppendRecord } from './sql/records/append-records.js';
import type { TopicRow } from './sql/topics/load-topics.js';
import type { TopicDirectory } from './topic-directory.js';

export interface EmbeddedPublisher {
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  close(): Promise<void>;
}

export interface EmbeddedPublisherOptions {
  readonly pool: Pool;
  readonly directory: TopicDirectory;
  readonly deadlineMs: number;
  /** Called after each append, to wake the readers of this process. */
  readonly onAppended: () => void;
}

export function createEmbeddedPublisher(options: EmbeddedPublisherOptions): EmbeddedPublisher {
  const { pool, directory, deadlineMs, onAppended } = options;
  let keyless = 0;
  const place = (record: OutgoingRecord): AppendRecord => {
    const topic = directory.known(record.topic);
    if (!topic) {
      throw new UnknownTopic(record.topic);
    }
    const key = record.key === null ? null : Buffer.from(record.key);
    const partition = (key === null ? (keyless += 1) : crc32(key)) % topic.partitions;
    return {
      place: { topicId: topic.id, isCompacted: topic.isCompacted, partition },
      key,
      headers: Buffer.from(JSON.stringify(record.headers)),
      value: typeof record.value === 'string' ? Buffer.from(record.value) : record.value,
    };
  };
  const coalescer = createCoalescer({
    async send(records) {
      await appendRecords(pool, records.map(place));
      onAppended();
    },
    refuse(record, bytes) {
      const topic = directory.known(record.topic);
      if (topic !== undefined) {
        refuseUnfit(record, bytes, topic);
      }
    },
    isRecordFault: (error) => classifyPostgresError(error) === 'data',
    deadlineMs,
  });
  return {
    publish(records) {
      const unknown = records.filter(({ topic }) => directory.known(topic) === undefined);
      return unknown.length === 0
        ? coalescer.publish(records)
        : Promise.all(unknown.map(({ topic }) => directory.find(topic))).then(() => coalescer.publish(records));
    },
    close: () => coalescer.close(),
  };
}

function refuseUnfit(record: OutgoingRecord, bytes: number, topic: TopicRow): void {
  if (bytes > topic.maxMessageBytes) {
    throw RecordTooLarge.measured(topic.name, bytes, topic.maxMessageBytes);
  }
  if (topic.isCompacted && record.key === null) {
    throw new RecordWithoutKey(topic.name);
  }
}
