import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC, DEAD_LETTER_TOPIC, DECIDED_TOPIC } from '#libs/interaction';
import type { EventLog, LogRecord } from '#libs/messaging';
import { comparable, type ComparableState } from './found-rows.js';

/** What the topics hold at the end, after dropping repetitions by `ce_id` as every consumer does. */
export interface FoundRecords {
  /** `ce_id` of every event on `case.events.v1`. */
  readonly eventIds: ReadonlySet<string>;
  /** Records that came again. */
  readonly repeatedEvents: number;
  /** Cases whose events did not come in the order of their sequence. */
  readonly disordered: number;
  /** By case id: the last word of `case.state.v1`. */
  readonly states: ReadonlyMap<string, string>;
  /** Keys on the dead-letter topic, one for each original record. */
  readonly deadLetterKeys: readonly string[];
  /** Subjects of `…applied` on `interactions.decided.v1`. */
  readonly applied: number;
}

export async function readFoundRecords(log: EventLog): Promise<FoundRecords> {
  const events = await readAll(log, CASE_EVENTS_TOPIC);
  const states = await readAll(log, CASE_STATE_TOPIC);
  const deadLetters = await readAll(log, DEAD_LETTER_TOPIC);
  const decided = await readAll(log, DECIDED_TOPIC);
  const distinct = withoutRepetitions(events, (record) => record.headers['ce_id'] ?? '');
  return {
    eventIds: new Set(distinct.map((record) => record.headers['ce_id'] ?? '')),
    repeatedEvents: events.length - distinct.length,
    disordered: countDisordered(distinct),
    states: lastStates(states),
    deadLetterKeys: withoutRepetitions(deadLetters, originOf).map((record) => record.key ?? ''),
    applied: appliedSubjects(decided).size,
  };
}

async function readAll(log: EventLog, topic: string): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const record of log.read(topic, { from: 'beginning', follow: false })) {
    records.push(record);
  }
  return records;
}

function withoutRepetitions(records: readonly LogRecord[], idOf: (record: LogRecord) => string): LogRecord[] {
  const seen = new Map<string, LogRecord>();
  for (const record of records) {
    const id = idOf(record);
    if (!seen.has(id)) {
      seen.set(id, record);
    }
  }
  return [...seen.values()];
}

/** Where a dead letter stood before: the one thing that tells two poisoned records with the same bytes apart. */
function originOf({ headers }: LogRecord): string {
  return [headers['dlq.original.topic'], headers['dlq.original.partition'], headers['dlq.original.offset']].join('/');
}

function countDisordered(events: readonly LogRecord[]): number {
  const last = new Map<string, string>();
  const disordered = new Set<string>();
  for (const { key, headers } of events) {
    const sequence = headers['ce_sequence'] ?? '';
    if (sequence <= (last.get(key ?? '') ?? '')) {
      disordered.add(key ?? '');
    }
    last.set(key ?? '', sequence);
  }
  return disordered.size;
}

function lastStates(records: readonly LogRecord[]): Map<string, string> {
  const states = new Map<string, string>();
  for (const { key, value } of records) {
    if (value === null) {
      states.delete(key ?? '');
    } else {
      states.set(key ?? '', comparable(JSON.parse(value.toString('utf8')) as ComparableState));
    }
  }
  return states;
}

function appliedSubjects(records: readonly LogRecord[]): Set<string> {
  const applied = records.filter((record) => record.headers['ce_type'] === 'io.casewright.interaction.applied.v1');
  return new Set(applied.map((record) => record.headers['ce_subject'] ?? ''));
}
