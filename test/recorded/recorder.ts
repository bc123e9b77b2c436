import type { OutboxRecord } from '#libs/case-store';
import { byText, canonicalJson, sortable } from './canonical-json.js';
import type { Names } from './names.js';
import type { Tally } from './tally.js';

const TOPICS = ['case.events.v1', 'case.state.v1', 'interactions.decided.v1'];

/**
 * Writes what the relay publishes, one line per record. Within one step the order of records of different cases is the
 * order of random ids, and of interactions that of the database's plan: neither is told to anybody, so both are put in the
 * order of names here. The order that is promised is checked before: of each case the versions, one by one.
 */
export class Recorder {
  private readonly versions = new Map<string, number>();
  private steps = 0;

  constructor(
    private readonly names: Names,
    private readonly tally: Tally,
    private readonly write: (line: string) => void,
  ) {}

  async step(what: Readonly<Record<string, unknown>>, records: readonly OutboxRecord[]): Promise<void> {
    this.steps += 1;
    this.write(canonicalJson({ step: this.steps, ...what }));
    records.forEach((record) => this.checkOrder(record));
    const texts = records.map(textOf);
    await this.names.learn(texts);
    const placed = records.map((record, index) => ({ record, text: texts[index] ?? '', place: this.placeOf(record) }));
    placed.sort((one, other) => byText(one.place, other.place));
    for (const { record, text } of placed) {
      this.names.introduce(record.headers['ce_id'] ?? '', this.eventName(record));
      this.count(record);
      this.write(canonicalJson(JSON.parse(this.names.rename(text))));
    }
  }

  private checkOrder({ topic, key, headers }: OutboxRecord): void {
    const sequence = Number(headers['ce_sequence']);
    const told = this.versions.get(key ?? '') ?? 0;
    if (topic === 'case.events.v1') {
      this.versions.set(key ?? '', sequence);
    }
    const isNext = topic === 'case.events.v1' ? sequence === told + 1 : topic !== 'case.state.v1' || sequence === told;
    if (!isNext) {
      throw new Error(`${topic} tells version ${sequence} of ${key} after version ${told}`);
    }
  }

  /** Which record it is: equal for two runs, and sorted by it. */
  private placeOf(record: OutboxRecord): string {
    const order = TOPICS.includes(record.topic) ? TOPICS.indexOf(record.topic) : TOPICS.length;
    const sequence = Number(record.headers['ce_sequence'] ?? 0);
    const name = this.names.rename(record.key ?? '');
    return sortable([order, record.topic, name, sequence, typeOf(record), endpointOf(record)].join('\n'));
  }

  /** `case.created of case-17 1`: what a derived id is derived from. */
  private eventName(record: OutboxRecord): string {
    const sequence = Number(record.headers['ce_sequence'] ?? 0);
    const parts = [typeOf(record), 'of', this.names.rename(record.key ?? ''), sequence || '', endpointOf(record)];
    return parts.filter((part) => part !== '').join(' ');
  }

  private count(record: OutboxRecord): void {
    const { topic, value } = record;
    const type = typeOf(record);
    this.tally.add('records by topic', topic);
    this.tally.add(`records of ${topic}`, type === '' ? '(dead letter)' : type);
    if (topic === 'case.events.v1' && /"flags":\[[^\]]/.test(String(value))) {
      this.tally.add(`records of ${topic}`, '(with flags)');
    }
  }
}

/** Without what all types have in common. */
function typeOf({ headers }: OutboxRecord): string {
  return (headers['ce_type'] ?? '').replace(/^io\.casewright\.|\.v1$/g, '');
}

/** Where a repetition came in; several of one interaction differ in nothing else. */
function endpointOf({ topic, value }: OutboxRecord): string {
  return topic === 'interactions.decided.v1' ? (/"endpoint":"([^"]*)"/.exec(String(value))?.[1] ?? '') : '';
}

/** The record as one JSON text; a value that is no JSON stands in it as text. */
function textOf({ topic, key, headers, value }: OutboxRecord): string {
  return JSON.stringify({ topic, key, headers, value: value === null ? null : parsed(value.toString()) });
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
