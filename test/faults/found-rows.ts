import type { Pool } from 'pg';

/** What the database holds at the end, read with plain SQL: no code of the product is asked. */
export interface FoundRows {
  readonly interactions: number;
  /** Merged ones aside. */
  readonly cases: number;
  readonly merged: number;
  /** Merged cases whose history ends with the merge, and only once. */
  readonly mergesTold: number;
  /** Merged cases that hold interactions, or whose survivor does not live. */
  readonly astray: number;
  /** Events of merges, on both sides. */
  readonly mergeEvents: number;
  readonly contacts: number;
  /** By case id: the Message-IDs of its interactions. */
  readonly conversations: ReadonlyMap<string, ReadonlySet<string>>;
  /** Cases whose counter is not the number of their rows. */
  readonly miscounted: number;
  /** Cases whose events are not 1 … version. */
  readonly gapped: number;
  /** `case_event.id` of every event. */
  readonly eventIds: ReadonlySet<string>;
  /** Interactions that ended in a case. */
  readonly applied: number;
  /** Keys of the dead letters; a key twice is a dead letter twice. */
  readonly deadLetterKeys: readonly string[];
  /** By case id: what `case.state.v1` must say last. */
  readonly states: ReadonlyMap<string, string>;
  readonly waiting: number;
}

export async function readFoundRows(pool: Pool): Promise<FoundRows> {
  const [counts, conversations, eventIds, deadLetterKeys, states] = await Promise.all([
    readCounts(pool),
    readConversations(pool),
    column(pool, 'select id from case_event'),
    column(pool, `select coalesce(record_key, '') as id from dead_letter`),
    readStates(pool),
  ]);
  return { ...counts, conversations, eventIds: new Set(eventIds), deadLetterKeys, states };
}

async function column(pool: Pool, text: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(text);
  return rows.map((row) => row.id);
}

type Counts = Omit<FoundRows, 'conversations' | 'eventIds' | 'deadLetterKeys' | 'states'>;

async function readCounts(pool: Pool): Promise<Counts> {
  const { rows } = await pool.query<Counts>(`
    select
      (select count(*)::int from interaction) as interactions,
      (select count(*)::int from cases where merged_into_id is null) as cases,
      (select count(*)::int from cases where merged_into_id is not null) as merged,
      (select count(*)::int
         from cases c
         join case_event e on e.account_id = c.account_id and e.case_id = c.id and e.kind = 'merged'
        where c.merged_into_id is not null and e.seq = c.version) as "mergesTold",
      (select count(*)::int
         from cases c
         left join cases main on main.account_id = c.account_id and main.id = c.merged_into_id
        where c.merged_into_id is not null and (c.interaction_count > 0 or main.id is null)) as astray,
      (select count(*)::int from case_event where kind in ('merged', 'merge_received')) as "mergeEvents",
      (select count(*)::int from contact) as contacts,
      (select count(*)::int from interaction where case_id is not null) as applied,
      (select count(*)::int from outbox) as waiting,
      (select count(*)::int
         from cases c
        where c.interaction_count
           <> (select count(*) from interaction i where i.account_id = c.account_id and i.case_id = c.id)) as miscounted,
      (select count(*)::int
         from cases c
         left join lateral (
           select count(*) as events, min(seq) as first, max(seq) as last
             from case_event e where e.account_id = c.account_id and e.case_id = c.id) e on true
        where e.events <> c.version or e.first <> 1 or e.last <> c.version) as gapped`);
  return rows[0] as Counts;
}

async function readConversations(pool: Pool): Promise<Map<string, Set<string>>> {
  const { rows } = await pool.query<{ case_id: string; message_ids: string[] }>(`
    select case_id, array_agg(key ->> 'value') as message_ids
      from interaction
      cross join lateral json_array_elements(payload -> 'threadKeys') as key
     where case_id is not null
     group by case_id`);
  return new Map(rows.map((row) => [row.case_id, new Set(row.message_ids)]));
}

/** A case in the words of `case.state.v1`; only what rows and topic both say. */
export interface ComparableState {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly status: string;
  readonly assignee_id: string | null;
  readonly group_id: string;
  readonly subject: string;
  readonly interaction_count: number;
}

export function comparable(state: ComparableState): string {
  const { id, number, version, status, assignee_id, group_id, subject, interaction_count } = state;
  return JSON.stringify([id, number, version, status, assignee_id, group_id, subject, interaction_count]);
}

async function readStates(pool: Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<ComparableState>(`
    select id, number::int, version, case when closed_at is null then category else 'closed' end as status,
      assignee_id, group_id, subject, interaction_count
    from cases`);
  return new Map(rows.map((row) => [row.id, comparable(row)]));
}
