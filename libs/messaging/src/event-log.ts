/**
 * The log: what Casewright needs of Apache Kafka, and of the embedded log that stands in for it on one machine.
 * Nothing outside this library knows which of the two is in use.
 */

/** A record on its way into the log. */
export interface OutgoingRecord {
  /** Topic name without the configured prefix. */
  readonly topic: string;
  /** Records with the same key keep their order. */
  readonly key: string | null;
  /** `null` is a tombstone on a compacted topic. */
  readonly value: Buffer | string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** A record as it was read. */
export interface LogRecord {
  /** Topic name without the configured prefix. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp: Date;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Consecutive records of one partition, in offset order. */
export interface RecordBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly LogRecord[];
}

/** What a handler may use while it works on a batch. */
export interface BatchContext {
  /** Consumer group that reads. */
  readonly group: string;
  /** Aborted when the partition is lost or the consumer stops; work in flight should roll back. */
  readonly signal: AbortSignal;
}

/**
 * Handles a batch. Returning means that every record of it is done and the offset may be committed.
 * A throw means that the infrastructure failed: the same batch is handed over again, with backoff.
 */
export type HandleBatch = (batch: RecordBatch, context: BatchContext) => Promise<void>;

/** What a consumer group reads, and who handles it. */
export interface Subscription {
  readonly group: string;
  readonly topics: readonly string[];
  readonly handle: HandleBatch;
  /** Most records of one batch; 500 unless told. */
  readonly maxBatchRecords?: number;
  /** Partitions handled side by side; 2 unless told. */
  readonly concurrency?: number;
}

/** A running subscription. */
export interface Consumption {
  /** `stalled`: alive, but the same batch fails again and again. `dead`: will not come back by itself. */
  state(): 'joining' | 'running' | 'stalled' | 'stopped' | 'dead';
  /** Settles (with the cause) when the consumer has died for good; the process must then end. */
  readonly died: Promise<Error>;
  /** Finishes the batches in flight, commits their offsets and leaves the group. */
  stop(): Promise<void>;
}

/** A topic as events.md wants it. */
export interface TopicSpecification {
  readonly name: string;
  readonly partitions: number;
  readonly cleanup: 'delete' | 'compact';
  /** `null` keeps records for ever (compacted topics). Milliseconds. */
  readonly retentionMs: number | null;
  readonly maxMessageBytes: number;
}

/** A setting of an existing topic that differs from what was asked. */
export interface TopicDifference {
  readonly topic: string;
  readonly setting: string;
  readonly wanted: string;
  readonly found: string;
}

/** How far a group is behind in one partition. */
export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  /** Next offset that the group will read; null when it never committed. */
  readonly committed: bigint | null;
  /** Offset that the next record will get. */
  readonly end: bigint;
  readonly lag: bigint;
}

export interface ReadOptions {
  readonly from: 'beginning' | 'end';
  /** Go on with new records until the signal aborts; otherwise stop at the present end. */
  readonly follow: boolean;
  readonly signal?: AbortSignal;
}

/** Records that are to be taken away: of topics that a group reads only what it has read. */
export interface RecordRemoval {
  /** The consumer group. */
  readonly readBy: string;
  /** Regular expression of PostgreSQL, without regard to case: records whose key, headers or value match. */
  readonly says: string;
  /** Records about these (`ce_subject`) go where they match this. */
  readonly subjects: readonly string[];
  readonly subjectSays: string;
}

/** One interface, two implementations: `kafka/` and `embedded/`. */
export interface EventLog {
  readonly kind: 'kafka' | 'embedded';
  /** Creates the missing topics, compares the present ones and returns every difference. */
  ensureTopics(specifications: readonly TopicSpecification[]): Promise<TopicDifference[]>;
  /** Resolves when all records are durable (acks all, or committed). Rejects when that is not certain. */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  consume(subscription: Subscription): Promise<Consumption>;
  /** Reads all partitions of a topic without a group. */
  read(topic: string, options: ReadOptions): AsyncIterable<LogRecord>;
  lag(group: string, topics: readonly string[]): Promise<PartitionLag[]>;
  /** Sets a stopped group back to the first record of each topic: a full replay. */
  rewind(group: string, topics: readonly string[]): Promise<void>;
  /** Takes single records away, and returns how many; null: this log removes none, they run out with their topic. */
  removeRecords(removal: RecordRemoval): Promise<number | null>;
  /** Whether the log answers now; the reason when it does not. */
  check(): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
  /** Sends what waits, then closes every connection. */
  close(): Promise<void>;
}
