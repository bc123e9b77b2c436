import type { Pool } from 'pg';
import { defaultAccountId } from '#libs/runtime';

const STEP = 250_000;
export const GROUPS = 20;
export const TAGS = 2000;
export const PRODUCTS = 50;

/** How a table of cases is filled. */
export interface Filling {
  readonly count: number;
  /** The share of the resolved cases that nobody has closed although their time is up. */
  readonly due: number;
}

/**
 * Cases of an account that has been in use for a year, written set-wise: most are closed, what is newer is less so, and
 * groups, agents, tags and requesters are as unevenly spread as people make them. With the texts that cases are found by.
 * 1. what cases refer to   2. the cases, without their secondary indexes   3. the indexes   4. statistics
 */
export async function fillCases(pool: Pool, { count, due }: Filling, say: (line: string) => void): Promise<void> {
  const started = performance.now();
  const client = await pool.connect();
  try {
    await client.query(`set maintenance_work_mem = '512MB'; set work_mem = '64MB'; set synchronous_commit = off`);
    for (const statement of SURROUNDINGS) {
      await client.query(statement, [defaultAccountId]);
    }
    await client.query(PEOPLE, [defaultAccountId, requestersOf(count)]);
    await client.query(ADDRESSES, [defaultAccountId]);
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(SECONDARY_INDEXES);
    for (const { name } of indexes) {
      await client.query(`drop index ${name}`);
    }
    for (let from = 0; from < count; from += STEP) {
      const to = Math.min(count, from + STEP) - 1;
      await client.query(CASES, [defaultAccountId, from, to, count, requestersOf(count), due]);
      await client.query(TEXTS, [defaultAccountId, from + 1, to + 1]);
      say(`  ${(to + 1).toLocaleString('en')} of ${count.toLocaleString('en')} cases`);
    }
    for (const { definition } of indexes) {
      await client.query(definition);
    }
    await client.query('create extension if not exists pg_trgm');
    await client.query('create index if not exists case_search_text on case_search using gin (text gin_trgm_ops)');
    await client.query(COUNTER, [defaultAccountId, count + 1]);
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  } finally {
    // Its settings are those of the filling alone.
    client.release(true);
  }
  say(`  filled in ${Math.round((performance.now() - started) / 1000)} s`);
}

export const requestersOf = (count: number): number => Math.ceil(count / 5);

const SECONDARY_INDEXES = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i
  where i.indrelid in ('cases'::regclass, 'case_search'::regclass) and not i.indisunique`;

const COUNTER = `
  insert into case_number_counter (account_id, next_number) values ($1, $2)
  on conflict (account_id) do update set next_number = greatest(case_number_counter.next_number, excluded.next_number)`;

const GROUP_ID = (index: string): string => `md5('group' || ${index})::uuid`;
const CONTACT_ID = (index: string): string => `md5('contact' || ${index})::uuid`;

const SURROUNDINGS = [
  `insert into agent_group (account_id, id, name)
   select $1::uuid, ${GROUP_ID('n')}, 'Group ' || n from generate_series(0, ${GROUPS - 1}) as n`,
  `insert into case_status (account_id, id, key, agent_label, requester_label, category, position)
   values ($1::uuid, md5('with_the_lab')::uuid, 'with_the_lab', 'With the lab', 'With the lab', 'on_hold', 9)`,
  `insert into case_field (account_id, id, key, label, type)
   values ($1::uuid, md5('order_no')::uuid, 'order_no', 'Order number', 'text'),
     ($1::uuid, md5('product')::uuid, 'product', 'Product', 'text')`,
];

const PEOPLE = `
  insert into contact (account_id, id, kind, name, created_at)
  select $1::uuid, ${CONTACT_ID('n')}, 'person',
    (array['Ana', 'Rui', 'Rita', 'Carol', 'Joao', 'Maria', 'Bruno', 'Ines', 'Tiago', 'Sofia'])[1 + n % 10] || ' Person' || n, now()
  from generate_series(0, $2::int - 1) as n`;

const ADDRESSES = `
  insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
  select account_id, 'email', value, id, value, created_at
  from (select *, lower(replace(name, ' ', '.')) || '@shop' || hashtext(name) % 100 + 100 || '.example' as value from contact) as c
  where account_id = $1`;

/** Evenly over the year before now. */
const createdOf = (n: string): string =>
  `date_trunc('milliseconds', date_trunc('hour', now()) - interval '365 days' * (1 - ${n} / $4::float8))`;

/** Tells the time of creation, as UUIDv7 does. */
const idOf = (n: string): string => `(
  lpad(to_hex((extract(epoch from ${createdOf(n)}) * 1000)::bigint), 12, '0')
  || '7' || substr(md5(${n}::text), 1, 3) || '8' || substr(md5(${n}::text), 4, 15)
)::uuid`;

/** A number of [0, 1) for each case and purpose, the same in every run. */
const chance = (purpose: number): string => `((hashint8extended(n, ${purpose}) & 1048575) / 1048576.0)::float8`;

const word = (purpose: number): string =>
  `(words.list)[1 + (array_length(words.list, 1) * ${chance(purpose)} ^ 3)::int % array_length(words.list, 1)]`;
const words = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => word(from + index)).join(` || ' ' || `);

const DICTIONARY = `
  select array_agg(distinct w) as list from (
    select unnest(array['lamp', 'kettle', 'order', 'broken', 'please', 'switch', 'invoice', 'office', 'return', 'glass']) as w
    union all
    select (array['ba', 'co', 'du', 'fe', 'gi', 'lo', 'mu', 'ne', 'pi', 'ro'])[1 + k % 10]
      || (array['lan', 'ter', 'vis', 'mon', 'dar', 'pel'])[1 + (k / 10) % 6]
      || (array['a', 'ing', 'ed', 'o', 'er'])[1 + (k / 60) % 5]
    from generate_series(0, 299) as k
  ) as dictionary`;

/** The age decides how likely it is that a case is resolved. */
const CASES = `
  insert into cases (
    account_id, id, number, subject, description, status_id, category, closed_at, closed_reason, resolved_at, resolution,
    resolution_source, priority, type, due_on, due_at, due_time_zone, problem_id, group_id, assignee_id, requester_kind,
    requester_id, requester_match, supplied, submitter_kind, submitter_id, source, via, root_case_id, tags, custom_fields,
    exclude_from_auto_close, interaction_count, last_requester_at, version, created_at, updated_at, deleted_at
  )
  select
    $1::uuid, id, n + 1, 'Order ' || n || ' ' || ${words(100, 4)}, ${words(110, 20)}, status_id, category, closed_at,
    case when closed_at is not null then 'auto_close' end, resolved_at, case when resolved_at is not null then 'Done.' end,
    case when resolved_at is not null then case when assignee_id is null then 'automation' else 'agent' end end,
    case when ${chance(20)} < 0.45 then null else
      (array['low', 'normal', 'high', 'urgent'])[case when ${chance(21)} < 0.27 then 1 when ${chance(21)} < 0.82 then 2 when ${chance(21)} < 0.965 then 3 else 4 end] end,
    type, due_on, due_on + time '12:00' at time zone 'Europe/Lisbon', case when due_on is not null then 'Europe/Lisbon' end,
    case when type = 'incident' then problem_id end,
    (array(select ${GROUP_ID('g')} from generate_series(0, ${GROUPS - 1}) as g order by g))[1 + (${GROUPS} * ${chance(23)} ^ 3)::int % ${GROUPS}],
    assignee_id, 'contact', requester_id, '{"method":"R6","confidence":"weak","candidates":[]}',
    '{"name":null,"email":null,"phone":null}', 'contact', requester_id,
    case when ${chance(24)} < 0.8 then 'email' when ${chance(24)} < 0.95 then 'call_inbound' else 'api' end,
    '{"channel":"email","from":"old","to":null,"rel":null}', id,
    case when ${chance(25)} < 0.6 then '{}' else
      array['tag' || (${TAGS} ^ ${chance(26)})::int, 'tag' || (${TAGS} ^ ${chance(27)})::int] end,
    case when ${chance(28)} < 0.9 then '{}' else
      jsonb_build_object('order_no', 'A-' || n, 'product', 'P' || (${PRODUCTS} * ${chance(29)} ^ 2)::int) end,
    resolved_at is not null and ${chance(30)} < 0.005, 1, created_at, 1, created_at,
    date_trunc('milliseconds', coalesce(closed_at, resolved_at, created_at + age * ${chance(31)})),
    case when ${chance(32)} < 0.005 then now() end
  from (
    select *,
      case when type_wanted = 'task' and (assignee_id is null) then null else type_wanted end as type,
      case when type_wanted = 'task' and assignee_id is not null then created_at::date + (30 * ${chance(33)})::int end as due_on,
      case when resolved_at < now() - interval '5 days' and ${chance(34)} >= $6::float8 and ${chance(30)} >= 0.005
        then resolved_at + interval '5 days' end as closed_at,
      coalesce(lab.status, s.status) as status_id
    from (
      select *,
        case when category = 'resolved' then date_trunc('milliseconds', created_at + least(age, interval '20 days') * ${chance(11)} ^ 2) end as resolved_at,
        case when category = 'new' or (category = 'resolved' and ${chance(12)} < 0.02) then null else agent end as assignee_id
      from (
        select *,
          case
            when ${chance(10)} >= case when age < interval '3 days' then 0.6 when age < interval '14 days' then 0.25 else 0.04 end
              then 'resolved'
            when ${chance(13)} < 0.2 then 'new' when ${chance(13)} < 0.5 then 'open'
            when ${chance(13)} < 0.8 then 'pending' else 'on_hold'
          end as category,
          (agents.list)[1 + (array_length(agents.list, 1) * ${chance(14)} ^ 2)::int % array_length(agents.list, 1)] as agent,
          case when n % 1000 = 0 then 'problem' when ${chance(15)} < 0.5 then null when ${chance(15)} < 0.8 then 'question'
            when ${chance(15)} < 0.96 then 'incident' else 'task' end as type_wanted,
          md5('contact' || ($5::int * ${chance(16)} ^ 2)::int % $5::int)::uuid as requester_id
        from (
          select n, created_at, now() - created_at as age, ${idOf('n')} as id, ${idOf('(n / 1000 * 1000)')} as problem_id
          from (select n, ${createdOf('n')} as created_at from generate_series($2::bigint, $3::bigint) as n) as series
        ) as born
        cross join (select array_agg(id order by email) as list from agent where account_id = $1::uuid) as agents
      ) as sorted
    ) as ended
    join (select category as of, id as status from case_status where account_id = $1::uuid and is_default) as s on s.of = category
    left join lateral (select md5('with_the_lab')::uuid as status where category = 'on_hold' and ${chance(35)} < 0.02) as lab on true
  ) as written
  cross join (${DICTIONARY}) as words`;

/** What `foldText` makes of these texts, which have neither accents nor two blanks in a row. */
const TEXTS = `
  insert into case_search (account_id, case_id, text)
  select c.account_id, c.id, lower(concat_ws(E'\\n', c.subject, p.name, i.value, c.description))
  from cases c
  join contact p on p.account_id = c.account_id and p.id = c.requester_id
  join contact_identity i on i.account_id = c.account_id and i.contact_id = p.id
  where c.account_id = $1 and c.number between $2 and $3 and c.deleted_at is null`;
