import { CASE_EVENTS_TOPIC, CASE_STATE_TOPIC } from '#libs/interaction';
import type { EventLog, LogRecord } from '#libs/messaging';
import { comparable, type ComparableState } from './found-rows.js';

/** What a consumer that reads `case.events.v1` and `case.state.v1` from the start knows about the cases. */
export interface ToldHistory {
  /** By case id: the sequence of each event in the order of arrival, repetitions dropped. */
  readonly sequences: ReadonlyMap<string, readonly number[]>;
  /** By case id: the case after its last event. */
  readonly afterLastEvent: ReadonlyMap<string, string>;
  /** Changes whose `from` is not what the events before had led to; the field and the case. */
  readonly brokenChains: readonly string[];
  /** By case id: the last record of `case.state.v1`. */
  readonly lastStates: ReadonlyMap<string, string>;
  /** Events that came again. */
  readonly repetitions: number;
}

interface EventValue {
  readonly case: ComparableState;
  readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
}

export async function readToldHistory(log: EventLog): Promise<ToldHistory> {
  const told = await readAll(log, CASE_EVENTS_TOPIC);
  const events = firstOfEach(told);
  const sequences = new Map<string, number[]>();
  const afterLastEvent = new Map<string, string>();
  for (const { key, headers, value } of events) {
    const caseId = key ?? '';
    sequences.set(caseId, [...(sequences.get(caseId) ?? []), Number(headers['ce_sequence'])]);
    afterLastEvent.set(caseId, comparable(valueOf<EventValue>(value).case));
  }
  const states = await readAll(log, CASE_STATE_TOPIC);
  const lastStates = new Map(states.map(({ key, value }) => [key ?? '', comparable(valueOf<ComparableState>(value))]));
  const repetitions = told.length - events.length;
  return { sequences, afterLastEvent, brokenChains: brokenChains(events), lastStates, repetitions };
}

/** Cases whose events are not 1, 2, 3 … in this order. */
export function outOfSequence({ sequences }: ToldHistory): string[] {
  return [...sequences]
    .filter(([, sequence]) => sequence.some((number, index) => number !== index + 1))
    .map(([caseId, sequence]) => `${caseId}: ${sequence.join(' ')}`);
}

/** As consumers do: a `ce_id` counts when it comes for the first time. */
function firstOfEach(records: readonly LogRecord[]): LogRecord[] {
  const first = new Map<string, LogRecord>();
  for (const record of records) {
    const id = record.headers['ce_id'] ?? '';
    first.set(id, first.get(id) ?? record);
  }
  return [...first.values()];
}

function brokenChains(events: readonly LogRecord[]): string[] {
  const folded = new Map<string, string>();
  return events.flatMap(({ key, value }) =>
    valueOf<EventValue>(value).changes.flatMap(({ field, from, to }) => {
      const place = `${field} of ${key}`;
      const before = folded.get(place);
      folded.set(place, JSON.stringify(to));
      return before === undefined || before === JSON.stringify(from) ? [] : [place];
    }),
  );
}

function valueOf<T>(value: Buffer | null): T {
  return JSON.parse(value?.toString('utf8') ?? 'null') as T;
}

async function readAll(log: EventLog, topic: string): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const record of log.read(topic, { from: 'beginning', follow: false })) {
    records.push(record);
  }
  return records;
}
