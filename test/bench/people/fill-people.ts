import type { Pool } from 'pg';
import { defaultAccountId } from '#libs/runtime';
import { BENCH_LINE } from '../bench-server.js';

const STEP = 250_000;
/** Contacts who have a case; of the others only addresses are known. */
const WITH_CASE = 10_000;
/** Cases of the contact who is heard of again and again, each with two interactions; the last of them are live. */
const CASES_OF_ONE = 5000;
const LIVE_OF_ONE = 200;
/** Who share one number, the first of all contacts. */
export const SHARING = 8;
export const SHARED_NUMBER = '+351210009999';

/** Contacts with an address and a number each, by their place. */
export const emailOf = (place: number): string => `contact${place}@shop.example`;
export const numberOf = (place: number): string => `+35191${String(place).padStart(7, '0')}`;
/** The place of the contact with 10,000 interactions. */
export const BUSY = SHARING;

const CONTACT = `md5('contact' || n)::uuid`;
const CASE = `('0190' || lpad(to_hex(n), 8, '0') || '70008000' || substr(md5(n::text), 1, 12))::uuid`;

const CONTACTS = [
  `insert into contact (account_id, id, kind, name, created_at)
   select $1::uuid, ${CONTACT}, 'person', 'Person ' || n, now() - interval '1 year' from generate_series($2::int, $3::int) as n`,
  `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
   select $1::uuid, 'email', 'contact' || n || '@shop.example', ${CONTACT}, '', now() from generate_series($2::int, $3::int) as n`,
  `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
   select $1::uuid, 'phone', '+35191' || lpad(n::text, 7, '0'), ${CONTACT}, '', now() from generate_series($2::int, $3::int) as n`,
];
const SHARED = `
  insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen, is_shared)
  select $1::uuid, 'phone', $3::text, ${CONTACT}, '', now(), true from generate_series(0, $2::int - 1) as n`;

/** `n` names the case, `owner` the contact that it is for. */
const CASES = (owner: string, isLive: string): string[] => [
  `insert into cases (account_id, id, number, subject, description, status_id, category, resolved_at, closed_at, closed_reason,
     resolution, resolution_source, group_id, requester_kind, requester_id, requester_match, supplied, submitter_kind,
     submitter_id, source, via, endpoint_id, root_case_id, interaction_count, last_requester_at, version, created_at, updated_at)
   select $1::uuid, ${CASE}, n + 1, 'Order ' || n, 'We ordered two lamps.', s.id, s.category,
     case when not ${isLive} then now() - interval '9 days' end, case when not ${isLive} then now() - interval '4 days' end,
     case when not ${isLive} then 'auto_close' end, case when not ${isLive} then 'done' end,
     case when not ${isLive} then 'automation' end, e.group_id, 'contact', md5('contact' || ${owner})::uuid,
     '{"method":"R4","confidence":"weak","candidates":[]}', '{"name":null,"email":null,"phone":null}', 'contact',
     md5('contact' || ${owner})::uuid, 'call_inbound', '{"channel":"call","from":null,"to":null,"rel":null}', e.id, ${CASE}, 2,
     now() - interval '10 minutes', 1, now() - interval '10 days', now() - interval '9 minutes'
   from generate_series($2::int, $3::int) as n
   join channel_endpoint e on e.account_id = $1::uuid and e.address = '${BENCH_LINE}'
   join case_status s on s.account_id = $1::uuid and s.is_default and s.category = case when ${isLive} then 'new' else 'resolved' end`,
  `insert into interaction (account_id, id, channel, provider, external_id, direction, occurred_at, received_at, decided_at,
     sender, subject, payload, case_id, outcome, decision)
   select $1::uuid, md5('interaction' || n || '-' || part)::uuid, 'email', 'smtp', 'old-' || n || '-' || part, 'inbound',
     now() - part * interval '10 minutes', now(), now(), 'email:contact' || ${owner} || '@shop.example', 'Order', '{}', ${CASE},
     'attached', '{}'
   from generate_series($2::int, $3::int) as n cross join generate_series(1, 2) as part`,
];

/** So many contacts, some of whom have cases; `busy`: one of them has 10,000 interactions in 5,000 cases. */
export async function fillPeople(
  pool: Pool,
  { contacts, busy }: { readonly contacts: number; readonly busy: boolean },
  say: (line: string) => void,
): Promise<void> {
  for (let from = 0; from < contacts; from += STEP) {
    const to = Math.min(contacts, from + STEP) - 1;
    for (const statement of CONTACTS) {
      await pool.query(statement, [defaultAccountId, from, to]);
    }
    say(`  ${(to + 1).toLocaleString('en')} contacts`);
  }
  await pool.query(SHARED, [defaultAccountId, SHARING, SHARED_NUMBER]);
  for (const statement of CASES('n', 'n % 10 = 0')) {
    await pool.query(statement, [defaultAccountId, 0, WITH_CASE - 1]);
  }
  if (busy) {
    for (const statement of CASES(`${BUSY}`, `n >= ${WITH_CASE + CASES_OF_ONE - LIVE_OF_ONE}`)) {
      await pool.query(statement, [defaultAccountId, WITH_CASE, WITH_CASE + CASES_OF_ONE - 1]);
    }
  }
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
}
