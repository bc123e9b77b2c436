import type { KnownBy } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

export type ErasureState = 'waiting' | 'requested' | 'running' | 'done' | 'partly' | 'refused';

/** Something of the person that stays, and why. */
export interface KeptOfPerson {
  readonly kind: 'case' | 'content' | 'rows' | 'topic';
  /** Id of the case, hash of the content, name of the table or topic. */
  readonly name: string;
  readonly kept_because: 'legal_hold' | 'used_elsewhere' | 'mentioned' | 'retention';
  /** How many rows of it. */
  readonly rows?: number;
  /** The day on which the last record runs out, `YYYY-MM-DD`. */
  readonly until?: string;
}

export interface ContactErasure {
  readonly accountId: string;
  readonly id: string;
  readonly contactId: string;
  readonly requestedBy: unknown;
  readonly reason: string | null;
  readonly state: ErasureState;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly kept: readonly KeptOfPerson[];
  /** SHA-256 of what it referred to. */
  readonly contents: readonly string[];
}

const SELECT = `
  select account_id as "accountId", id, contact_id as "contactId", requested_by as "requestedBy", reason, state,
    requested_at as "requestedAt", started_at as "startedAt", ended_at as "endedAt", counts, kept, contents
  from contact_erasure`;

/** The oldest request that may go on, of any account. */
export async function nextErasure(client: Queryable): Promise<ContactErasure | null> {
  const [next] = await rowsOf<ContactErasure>(client, {
    name: 'next_erasure',
    text: `
      update contact_erasure e
      set state = 'running', started_at = coalesce(e.started_at, now())
      from (
        select account_id, id from contact_erasure where state in ('running', 'requested')
        order by state, requested_at, id
        limit 1
      ) as oldest
      where e.account_id = oldest.account_id and e.id = oldest.id
      returning e.account_id as "accountId", e.id, e.contact_id as "contactId", e.requested_by as "requestedBy", e.reason,
        e.state, e.requested_at as "requestedAt", e.started_at as "startedAt", e.ended_at as "endedAt", e.counts, e.kept,
        e.contents`,
    values: [],
  });
  return next ?? null;
}

export async function loadErasure(client: Queryable, accountId: string, id: string): Promise<ContactErasure | null> {
  const [erasure] = await rowsOf<ContactErasure>(client, {
    name: 'load_erasure',
    text: `${SELECT} where account_id = $1 and id = $2`,
    values: [accountId, id],
  });
  return erasure ?? null;
}

/** The latest first, behind the id `before`. */
export async function listErasures(
  client: Queryable,
  accountId: string,
  page: { readonly states: readonly ErasureState[] | null; readonly before: string | null; readonly limit: number },
): Promise<ContactErasure[]> {
  return rowsOf<ContactErasure>(client, {
    name: 'list_erasures',
    text: `
      ${SELECT}
      where account_id = $1 and ($2::text[] is null or state = any ($2)) and ($3::uuid is null or id < $3)
      order by id desc
      limit $4`,
    values: [accountId, page.states, page.before, page.limit],
  });
}

/** Adds to what went, what is kept, and what may go when nothing else refers to it. */
export async function noteErased(
  client: Queryable,
  { accountId, id }: Pick<ContactErasure, 'accountId' | 'id'>,
  more: {
    readonly counts?: Readonly<Record<string, number>>;
    readonly kept?: readonly KeptOfPerson[];
    readonly contents?: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'note_erased',
    text: `
      update contact_erasure e
      set counts = e.counts || coalesce((
            select jsonb_object_agg(key, value::bigint + coalesce((e.counts ->> key)::bigint, 0)) from jsonb_each_text($3)
          ), '{}'),
        kept = (
          select coalesce(jsonb_agg(distinct one), '[]') from jsonb_array_elements(e.kept || $4::jsonb) as one
        ),
        contents = array(select distinct unnest(e.contents || $5::text[]))
      where account_id = $1 and id = $2`,
    values: [
      accountId,
      id,
      JSON.stringify(more.counts ?? {}),
      JSON.stringify(more.kept ?? []),
      textArray(more.contents ?? []),
    ],
  });
}

/** It ends: `done` when nothing is kept but what runs out by itself. */
export async function endErasure(
  client: Queryable,
  { accountId, id }: Pick<ContactErasure, 'accountId' | 'id'>,
): Promise<void> {
  await client.query({
    name: 'end_erasure',
    text: `
      update contact_erasure
      set ended_at = now(), contents = '{}', state = case
        when exists (select 1 from jsonb_array_elements(kept) as one where one ->> 'kept_because' in ('legal_hold', 'mentioned'))
          then 'partly' else 'done'
      end
      where account_id = $1 and id = $2 and state = 'running'`,
    values: [accountId, id],
  });
}

/** The contact, and whoever lives on in it. */
export async function loadErasedPerson(
  client: Queryable,
  accountId: string,
  contactId: string,
): Promise<{
  readonly contactIds: readonly string[];
  readonly identities: readonly string[];
  readonly knownBy: KnownBy;
}> {
  const rows = await rowsOf<{
    id: string;
    names: (string | null)[];
    identities: { kind: string; value: string; raw: string }[];
  }>(client, {
    name: 'load_erased_person',
    text: `
        select c.id, array[c.name, c.told #>> '{fields,name,value}'] as names, coalesce((
          select json_agg(json_build_object('kind', k.kind, 'value', k.value, 'raw', k.value_raw))
          from contact_identity k where k.account_id = c.account_id and k.contact_id = c.id
        ), '[]') as identities
        from contact c
        where c.account_id = $1 and (c.id = $2 or c.merged_into = $2)`,
    values: [accountId, contactId],
  });
  const identities = rows.flatMap((row) => row.identities);
  const of = (kind: string): string[] => identities.filter((one) => one.kind === kind).map(({ value }) => value);
  return {
    contactIds: rows.map(({ id }) => id),
    identities: [...new Set(identities.map(({ kind, value }) => `${kind}:${value}`))],
    knownBy: {
      names: [...new Set(rows.flatMap(({ names }) => names.flatMap((name) => name ?? [])))],
      emails: of('email'),
      phones: of('phone'),
      keys: of('external').map((value) => value.slice(value.indexOf(':') + 1)),
    },
  };
}

/** What is known of contacts goes; that they were, and who was merged into whom, stays. */
export async function blankContacts(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'blank_contacts',
    text: `
      with gone as (
        delete from contact_identity where account_id = $1 and contact_id = any ($2::uuid[])
      ), unfound as (
        delete from contact_search where account_id = $1 and contact_id = any ($2::uuid[])
      ), cases_unfound as (
        delete from case_search f
        using cases c
        where c.account_id = $1 and c.requester_kind = 'contact' and c.requester_id = any ($2::uuid[])
          and f.account_id = c.account_id and f.case_id = c.id
      )
      update contact
      set name = null, company = null, locale = null, time_zone = null, url = null, custom_fields = '{}', told = '{}',
        deleted_at = coalesce(deleted_at, now()), updated_at = now(), version = version + 1
      where account_id = $1 and id = any ($2::uuid[])`,
    values: [accountId, plainArray(contactIds)],
  });
}

/** Of the contents those that wait to be looked at, or to be deleted. */
export async function findWaitingContents(client: Queryable, sha256s: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ sha256: string }>(client, {
    name: 'find_waiting_contents',
    text: 'select sha256 from unused_content where sha256 = any ($1::text[])',
    values: [textArray(sha256s)],
  });
  return rows.map(({ sha256 }) => sha256);
}

/** The contact that an id means, as long as it is somebody; of a merged one that which it lives on in. */
export async function findErasableContact(client: Queryable, accountId: string, id: string): Promise<string | null> {
  const [found] = await rowsOf<{ id: string }>(client, {
    name: 'find_erasable_contact',
    text: `
      select root.id
      from contact c
      join contact root on root.account_id = c.account_id and root.id = coalesce(c.merged_into, c.id)
      where c.account_id = $1 and c.id = $2 and root.deleted_at is null`,
    values: [accountId, id],
  });
  return found?.id ?? null;
}
