import type { Actor } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';
import type { ErasedPerson } from './erasable-interactions.js';

/**
 * Asks for the erasure of a contact, and returns the id of the request; of a contact that is asked for already, that
 * of the one that stands. One that waits for an operator goes on with it.
 */
export async function requestErasure(
  client: Queryable,
  accountId: string,
  request: { readonly id: string; readonly contactId: string; readonly by: Actor; readonly reason: string },
): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(client, {
    name: 'request_erasure',
    text: `
      insert into contact_erasure (account_id, id, contact_id, requested_by, reason, state, requested_at)
      values ($1, $2, $3, $4, $5, 'requested', now())
      on conflict (account_id, contact_id) where state in ('waiting', 'requested', 'running') do update
      set state = case contact_erasure.state when 'waiting' then 'requested' else contact_erasure.state end,
        reason = coalesce(contact_erasure.reason, excluded.reason)
      returning id`,
    values: [accountId, request.id, request.contactId, JSON.stringify(request.by), request.reason],
  });
  if (row === undefined) {
    throw new Error('the request was neither written nor found');
  }
  return row.id;
}

/** Lets a request that waits begin, or puts it aside. Null: none of this id waits. */
export async function settleErasureRequest(
  client: Queryable,
  accountId: string,
  id: string,
  word: 'requested' | 'refused',
): Promise<string | null> {
  const [row] = await rowsOf<{ id: string }>(client, {
    name: 'settle_erasure_request',
    text: `
      update contact_erasure
      set state = $3, ended_at = case $3 when 'refused' then now() end
      where account_id = $1 and id = $2 and state = 'waiting'
      returning id`,
    values: [accountId, id, word],
  });
  return row?.id ?? null;
}

/** What an erasure would take, by kind. */
export interface ErasurePlan {
  readonly cases: number;
  readonly interactions: number;
  readonly comments: number;
  readonly attachments: number;
  readonly recordings: number;
  readonly transcripts: number;
  readonly raw_mails: number;
  readonly dead_letters: number;
  readonly quarantine: number;
  readonly webhook_bodies: number;
  readonly replies: number;
  readonly idempotency_answers: number;
  readonly import_rows: number;
  /** Ids of cases that a legal hold keeps. */
  readonly held: readonly string[];
}

/** What could not be worked on, and what no topic could hold. */
const LETTERS = `
  select account_id, record_value from dead_letter
  union all
  select account_id, record_value from unsent_record`;

/** Counts it without touching anything: what `eraseContacts` would find now. All rows of the account are read. */
export async function planErasure(
  client: Queryable,
  { accountId, contactIds, identities }: ErasedPerson,
  pattern: string | null,
): Promise<ErasurePlan> {
  const [plan] = await rowsOf<ErasurePlan>(client, {
    name: 'plan_erasure',
    text: `
      with her_cases as (
        select id from cases where account_id = $1 and requester_kind = 'contact' and requester_id = any ($2::uuid[])
      ), said as (
        select i.id, i.payload, i.channel from interaction i
        where i.account_id = $1 and i.outcome <> 'erased' and (
          i.case_id in (select id from her_cases) or i.sender = any ($3::text[]) or i.spoken_with = any ($3::text[])
        )
      )
      select
        (select count(*)::int from her_cases) as cases,
        (select count(*)::int from said) as interactions,
        (select count(*)::int from comment m
          where m.account_id = $1 and m.redacted_at is null and m.case_id in (select id from her_cases)
            and (m.public or m.author ->> 'kind' = 'contact' or concat_ws(' ', m.title, m.body_text, m.body_html) ~* $4)
        ) as comments,
        (select count(*)::int from said
          cross join json_array_elements(coalesce(said.payload #> '{content,attachments}', '[]'))) as attachments,
        (select count(*)::int from said where said.payload::text like '%"recordingId"%' or said.channel = 'voicemail') as recordings,
        (select count(*)::int from said where said.payload::text like '%"transcript"%') as transcripts,
        (select count(*)::int from said where said.payload #>> '{content,raw,sha256}' is not null) as raw_mails,
        (select count(*)::int from (${LETTERS}) d
          where (d.account_id = $1 or d.account_id is null)
            and replace(encode(coalesce(d.record_value, ''), 'escape'), '\\000', '') ~* $4) as dead_letters,
        (select count(*)::int from quarantine q where q.account_id = $1 and q.interaction_id in (select id from said)
        ) as quarantine,
        (select count(*)::int from delivery v
          where v.account_id = $1 and v.redacted_at is null
            and concat_ws(E'\\n', v.body, v.beginning, v.facts, v.event_ids) ~* $4) as webhook_bodies,
        (select count(*)::int from comment m
          where m.account_id = $1 and m.public and m.redacted_at is null and m.case_id in (select id from her_cases)
        ) as replies,
        (select count(*)::int from idempotency_key k where k.account_id = $1 and k.body ~* $4) as idempotency_answers,
        0 as import_rows,
        (select coalesce(array_agg(h.case_id), '{}') from legal_hold h
          where h.account_id = $1 and h.case_id in (select id from her_cases)) as held`,
    values: [accountId, `{${contactIds.join(',')}}`, identities, pattern],
  });
  if (plan === undefined) {
    throw new Error('a count without a row');
  }
  return plan;
}
