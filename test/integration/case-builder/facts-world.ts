import { recordsOf } from '#libs/case-ledger';
import { AccountDirectory, type Declaration, type OutboxRecord, type Queryable, readOutbox } from '#libs/case-store';
import { DECIDED_TOPIC, interactionRecord, type Interaction } from '#libs/interaction';
import type { LogRecord } from '#libs/messaging';
import { TOY_FOLD, toyRecord } from '../../facts/toy-fold.js';
import type { ToyFact } from '../../facts/toy-call.js';
import { asHandedOver, testBuilder, type TestBuilder } from './builder.js';

/** A case-builder that knows the toy calls, and looks at the set-up of its account each time. */
export function factsBuilder(declared: Partial<Declaration> = {}): Promise<TestBuilder> {
  return testBuilder(declared, 20, { directory: new AccountDirectory(0) }, [TOY_FOLD]);
}

let offset = 0;

/** The facts as one batch of a partition. */
export function tell(builder: TestBuilder, facts: readonly ToyFact[], partition = 0): Promise<void> {
  return builder.handleRecords(facts.map((fact) => asRecord(fact, partition)));
}

export function asRecord(fact: ToyFact, partition = 0): LogRecord {
  offset += 1;
  return asHandedOver(toyRecord(fact), offset, partition);
}

/** The mails as one batch of their own topic. */
export function deliver(builder: TestBuilder, mails: readonly Interaction[]): Promise<void> {
  offset += mails.length;
  return builder.handleRecords(mails.map((mail, index) => asHandedOver(interactionRecord(mail), offset + index)));
}

/** Takes what waits for the relay, as it would be told now. */
export async function takeTold(client: Queryable): Promise<OutboxRecord[]> {
  const { rows } = await client.query<{ id: string }>('select id from outbox order by id');
  const ids = rows.map(({ id }) => id);
  const told = await recordsOf(client, await readOutbox(client, ids));
  await client.query('delete from outbox where id = any ($1::bigint[])', [ids]);
  return told;
}

/** What `interactions.decided.v1` tells of an interaction, repetitions dropped: the ends of the event types. */
export function verbsOf(told: readonly OutboxRecord[]): string[] {
  const decided = new Map(
    told.filter(({ topic }) => topic === DECIDED_TOPIC).map(({ headers }) => [headers['ce_id'], headers['ce_type']]),
  );
  return [...decided.values()].map((type) => type?.split('.').at(-2) ?? '');
}

const TABLES = [
  'told_overdue',
  'cases',
  'comment',
  'interaction',
  'case_event',
  'case_link',
  'thread_key',
  'contact',
  'contact_identity',
  'fact',
  'quarantine',
  'legal_hold',
  'dead_letter',
];

/** Beside contacts and their identities. */
const OF_CONTACTS = ['contact_fact', 'contact_merge', 'contact_reconsideration', 'contact_erasure'];

export async function emptyTables(client: Queryable): Promise<void> {
  await client.query(
    `truncate ${[...TABLES, 'attachment', 'outbox', 'consumer_partition', 'case_search', 'search_queue', 'repeated_content', 'unused_content', ...OF_CONTACTS].join(', ')}`,
  );
}

/** What no order and no batching may change is everything but these. */
const OF_ITS_RUN = new Set([
  'number',
  'case_number',
  'revision',
  'decided_at',
  'created_at',
  'updated_at',
  'recorded_at',
  'suspended_at',
  'settled_at',
  'first_seen',
  'first_seen_at',
  'verified_at',
  'event_id',
]);

/** The rows of all tables and what was told last under each key, without ids, numbers, revisions and times of receipt. */
export async function storyOf(client: Queryable, told: readonly OutboxRecord[]): Promise<Record<string, unknown>> {
  const names = await namesOf(client);
  const story: Record<string, unknown> = {};
  for (const table of TABLES) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${table} t`);
    story[table] = rows.map(({ row }) => renamed(table === 'case_event' ? { ...row, id: null } : row, names)).sort();
  }
  const last = new Map(
    told.map(({ topic, key, value }) => [`${topic} ${key}`, renamed(JSON.parse(String(value)), names)]),
  );
  story['told'] = [...last].map(([place, data]) => `${renamed(place, names)}: ${data}`).sort();
  return story;
}

/** Names for the ids that each run makes anew. */
async function namesOf(client: Queryable): Promise<[string, string][]> {
  const { rows } = await client.query<{ id: string; name: string }>(`
    select case_id as id, 'case of ' || min(external_id) as name from interaction where case_id is not null group by 1
    union all
    select contact_id, 'contact of ' || min(value) from contact_identity group by 1`);
  return rows.map(({ id, name }) => [id, name]);
}

function renamed(value: unknown, names: readonly [string, string][]): string {
  const text = JSON.stringify(sorted(value));
  return names.reduce((renamedText, [id, name]) => renamedText.replaceAll(id, name), text);
}

/** With the members of every object in one order, and without what is of its run. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((one) => !OF_ITS_RUN.has(snakeCase((one as { field?: unknown } | null)?.field))).map(sorted);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).filter(([name]) => !OF_ITS_RUN.has(name));
  return Object.fromEntries(
    members.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, own]) => [name, sorted(own)]),
  );
}

function snakeCase(field: unknown): string {
  return typeof field === 'string' ? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : '';
}
