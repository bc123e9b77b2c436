import type { Pool } from 'pg';

/** Rows that a transaction leaves, counted over the cases that it is about. */
export interface ExpectedTraces {
  /** Versions of the cases, added up. */
  readonly versions: number;
  readonly events: number;
  /** Events that stand in the outbox. */
  readonly told: number;
  readonly comments: number;
  /** Answers that are kept for repetitions. */
  readonly kept: number;
  /** Cases that are as the command wants them. */
  readonly there: number;
}

/** What happens as a whole or not at all. */
export interface Part {
  readonly what: string;
  /** Under which its answer is kept. */
  readonly key: string;
  /** By id; or, where they do not exist before, by their subject. */
  readonly cases: readonly string[] | string;
  /** Columns of a case that is as the command wants it. */
  readonly goal: object;
  /** What it adds once it has happened. */
  readonly leaves: ExpectedTraces;
}

export type FoundTraces = Readonly<ExpectedTraces>;

const TRACES = `
  with part as (
    select place, given -> 'cases' as cases, given -> 'goal' as goal, given ->> 'key' as key
      from jsonb_array_elements($1::jsonb) with ordinality as given_part (given, place)
  ), touched as (
    select place, goal, named.id::uuid as id
      from part cross join lateral jsonb_array_elements_text(cases) as named (id)
     where jsonb_typeof(cases) = 'array'
    union all
    select place, goal, c.id
      from part join cases c on c.subject = cases #>> '{}'
     where jsonb_typeof(cases) = 'string'
  ), announced as (
    select event.case_id from outbox o cross join lateral unnest(o.event_case_ids) as event (case_id)
  ), found as (
    select place, sum(version) as versions, count(*) filter (where to_jsonb(c) @> goal) as there
      from touched join cases c using (id) group by place
  ), events as (
    select place, count(*) as count from touched join case_event e on e.case_id = touched.id group by place
  ), told as (
    select place, count(*) as count from touched join announced a on a.case_id = touched.id group by place
  ), said as (
    select place, count(*) as count from touched join comment on comment.case_id = touched.id group by place
  ), kept as (
    select place, count(*) as count from part join idempotency_key using (key) group by place
  )
  select coalesce(found.versions, 0)::int as versions, coalesce(events.count, 0)::int as events,
         coalesce(told.count, 0)::int as told, coalesce(said.count, 0)::int as comments,
         coalesce(kept.count, 0)::int as kept, coalesce(found.there, 0)::int as there
    from part
    left join found using (place) left join events using (place) left join told using (place)
    left join said using (place) left join kept using (place)
   order by place`;

/** What the database holds of each part. */
export async function readTraces(pool: Pool, parts: readonly Part[]): Promise<FoundTraces[]> {
  const given = parts.map(({ cases, goal, key }) => ({ cases, goal, key }));
  return (await pool.query<FoundTraces>(TRACES, [JSON.stringify(given)])).rows;
}

/** `torn`: some of it is there and some is not, or something is there twice. */
export type Completeness = 'nothing' | 'all' | 'torn';

export function completenessOf({ leaves }: Part, before: FoundTraces, now: FoundTraces): Completeness {
  const names = Object.keys(leaves) as (keyof ExpectedTraces)[];
  if (names.every((name) => now[name] === before[name])) {
    return 'nothing';
  }
  return names.every((name) => now[name] === before[name] + leaves[name]) ? 'all' : 'torn';
}
