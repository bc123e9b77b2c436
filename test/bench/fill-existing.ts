import type { Pool } from 'pg';
import { defaultAccountId } from '#libs/runtime';

const STEP = 250_000;

/**
 * Cases that stood there before the bench: each with its contact, interaction, event and thread key, written set-wise.
 * Half of them are closed, as in an account that has been in use for a while.
 */
export async function fillExisting(pool: Pool, count: number, say: (line: string) => void): Promise<void> {
  for (let from = 0; from < count; from += STEP) {
    const to = Math.min(count, from + STEP) - 1;
    for (const statement of STATEMENTS) {
      await pool.query(statement, [defaultAccountId, from, to]);
    }
    if (to + 1 < count) {
      say(`  ${(to + 1).toLocaleString('en')} of ${count.toLocaleString('en')} cases`);
    }
  }
  await pool.query(
    `insert into case_number_counter (account_id, next_number) values ($1, $2)
     on conflict (account_id) do update set next_number = greatest(case_number_counter.next_number, excluded.next_number)`,
    [defaultAccountId, count + 1],
  );
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
}

/** Ids sort by the time of creation like UUIDv7 does; contacts and interactions are as random as UUIDv5. */
const CASE_ID = `('0190' || lpad(to_hex(n), 8, '0') || '70008000' || substr(md5(n::text), 1, 12))::uuid`;
const CONTACT_ID = `md5('contact' || n / 10)::uuid`;
const INTERACTION_ID = `md5('interaction' || n)::uuid`;
const CREATED = `timestamptz '2026-01-01' + n * interval '5 seconds'`;

const STATEMENTS = [
  `insert into contact (account_id, id, kind, name, created_at)
   select distinct on (n / 10) $1::uuid, ${CONTACT_ID}, 'person', 'Person ' || n / 10, ${CREATED}
     from generate_series($2::int, $3::int) as n
   on conflict do nothing`,
  `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
   select distinct on (n / 10) $1::uuid, 'email', 'old' || n / 10 || '@shop.example', ${CONTACT_ID},
          'old' || n / 10 || '@shop.example', ${CREATED}
     from generate_series($2::int, $3::int) as n
   on conflict do nothing`,
  `insert into cases (account_id, id, number, subject, description, status_id, category, resolved_at, closed_at,
          closed_reason, resolution,
          resolution_source, group_id, requester_kind, requester_id, requester_match, supplied, submitter_kind,
          submitter_id, source, via, origin_interaction_id, root_case_id, interaction_count, last_requester_at,
          version, created_at, updated_at)
   select $1::uuid, ${CASE_ID}, n + 1, 'Order ' || n || ' came broken', repeat('we ordered two lamps. ', 10), s.id,
          s.category, case when n % 2 = 0 then ${CREATED} end, case when n % 2 = 0 then ${CREATED} end,
          case when n % 2 = 0 then 'auto_close' end, case when n % 2 = 0 then 'done' end,
          case when n % 2 = 0 then 'automation' end, a.default_group_id, 'contact', ${CONTACT_ID},
          '{"method":"R6","confidence":"weak","candidates":[]}', '{"name":null,"email":null,"phone":null}', 'contact',
          ${CONTACT_ID}, 'email', '{"channel":"email","from":"old","to":null,"rel":null}', ${INTERACTION_ID},
          ${CASE_ID}, 1, ${CREATED}, 1, ${CREATED}, ${CREATED}
     from generate_series($2::int, $3::int) as n
     join account a on a.id = $1::uuid
     join case_status s on s.account_id = a.id and s.is_default
      and s.category = case when n % 2 = 0 then 'resolved' else 'new' end`,
  `insert into interaction (account_id, id, channel, provider, external_id, direction, occurred_at, received_at,
          decided_at, sender, subject, payload, case_id, outcome, decision)
   select $1::uuid, ${INTERACTION_ID}, 'email', 'smtp', 'old-' || n, 'inbound', ${CREATED}, ${CREATED}, ${CREATED},
          'email:old' || n / 10 || '@shop.example', 'Order ' || n || ' came broken',
          json_build_object('text', repeat('we ordered two lamps. ', 10)), ${CASE_ID}, 'created', '{}'
     from generate_series($2::int, $3::int) as n`,
  `insert into case_event (account_id, case_id, seq, id, kind, occurred_at, recorded_at, actor, changes, interaction_id)
   select $1::uuid, ${CASE_ID}, 1, md5('event' || n)::uuid, 'created', ${CREATED}, ${CREATED},
          '{"kind":"contact","id":null}', '[]', ${INTERACTION_ID}
     from generate_series($2::int, $3::int) as n`,
  `insert into thread_key (account_id, kind, value, case_id, interaction_id)
   select $1::uuid, 'message_id', md5(n::text) || '@shop.example', ${CASE_ID}, ${INTERACTION_ID}
     from generate_series($2::int, $3::int) as n`,
] as const;
