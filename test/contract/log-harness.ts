import type { EventLog, OutgoingRecord, RecordBatch, TopicSpecification } from '#libs/messaging';
import { PATIENCE_MS, waitUntil } from '#libs/testing';

/** A log under test: any number of openings of the same storage. */
export interface LogHarness {
  /** Short times: a member is given up after about `silenceMs` of silence. */
  open(): Promise<EventLog>;
  /** Environment with which consumer-process.mjs opens the same storage. */
  readonly childEnvironment: Readonly<Record<string, string>>;
  readonly silenceMs: number;
  /** Makes the storage tidy up now, where that can be asked for. */
  tidy?(log: EventLog): Promise<void>;
  close(): Promise<void>;
}

/** Waits until the condition holds; fails with `what` after `limitMs`. */
export function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = PATIENCE_MS,
): Promise<void> {
  return waitUntil(condition, limitMs, () => `Not within ${limitMs} ms: ${what}`, 10);
}

let topicsMade = 0;

/** Creates a topic that no other test uses; resolves its name. */
export async function newTopic(log: EventLog, overrides: Partial<TopicSpecification> = {}): Promise<string> {
  topicsMade += 1;
  const name = `orders${topicsMade}.v1`;
  const specification: TopicSpecification = {
    name,
    partitions: 4,
    cleanup: 'delete',
    retentionMs: 14 * 24 * 3_600_000,
    maxMessageBytes: 1_000_000,
    ...overrides,
  };
  await log.ensureTopics([specification]);
  return name;
}

export function order(topic: string, key: string | null, value: string | null): OutgoingRecord {
  return { topic, key, value, headers: { ce_id: `${key}:${value}` } };
}

/** `count` records over `keys` keys; the value counts up per key. */
export function orders(topic: string, count: number, keys = 10, from = 0): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) =>
    order(topic, `k${(from + index) % keys}`, String(Math.floor((from + index) / keys))),
  );
}

/** `key=value` of each record. */
export function texts(records: RecordBatch['records']): string[] {
  return records.map(({ key, value }) => `${key}=${value?.toString() ?? 'null'}`);
}

export function textsOf(records: readonly OutgoingRecord[]): string[] {
  return records.map(({ key, value }) => `${key}=${value === null ? 'null' : value.toString()}`);
}

/** Everything that is in a topic now. */
export async function readAll(log: EventLog, topic: string): Promise<string[]> {
  const found: string[] = [];
  for await (const record of log.read(topic, { from: 'beginning', follow: false })) {
    found.push(...texts([record]));
  }
  return found;
}

/** The keys whose values did not come in growing order, repetitions aside. */
export function keysOutOfOrder(seen: readonly string[]): string[] {
  const last = new Map<string, number>();
  const wrong = new Set<string>();
  for (const text of new Set(seen)) {
    const [key = '', value = ''] = text.split('=');
    if (Number(value) <= (last.get(key) ?? -1)) {
      wrong.add(key);
    }
    last.set(key, Number(value));
  }
  return [...wrong];
}

export async function totalLag(log: EventLog, group: string, topic: string): Promise<bigint> {
  return (await log.lag(group, [topic])).reduce((sum, { lag }) => sum + lag, 0n);
}

/** What a part of the contract works with. */
export interface ContractSubject {
  readonly harness: LogHarness;
  readonly log: EventLog;
}
