import type { ContactIdentity } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import { shareIdentities } from '../contacts/share-identities.js';

const GIVEN = `
  unnest(
    $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::timestamptz[], $9::boolean[],
    $10::boolean[], $11::boolean[], $12::timestamptz[], $13::text[]
  ) as given (
    contact_id, kind, value, value_raw, label, is_primary, verified_at, said_shared, is_former, is_held, first_seen, told
  )`;

/** Identities as they are told by now: rows that are there, and rows that are not. */
export interface IdentityWrites {
  readonly changed: readonly ContactIdentity[];
  readonly added: readonly ContactIdentity[];
}

/**
 * Writes identities as they are told by now:
 * 1. addresses that somebody else has from now on are let go, before anybody takes them
 * 2. rows that are there are changed
 * 3. numbers that a further contact gets are several contacts' from now on
 * 4. rows are added
 * Ends in `ConcurrentChange` when another transaction gave one of them to a contact of its own first.
 */
export async function writeIdentities(
  client: Queryable,
  accountId: string,
  seenAt: string,
  { changed, added }: IdentityWrites,
): Promise<void> {
  await letGo(client, accountId, changed);
  if (changed.length > 0) {
    await client.query({ name: 'update_identities', text: UPDATE, values: [accountId, ...columnsOf(changed)] });
  }
  if (added.length > 0) {
    const shared = await shareNumbers(client, accountId, added);
    const isShared = plainArray(added.map(({ kind, value }) => kind === 'phone' && shared.has(value)));
    const inserted = await client.query({
      name: 'insert_told_identities',
      text: INSERT,
      values: [accountId, ...columnsOf(added), isShared, seenAt],
    });
    if (inserted.rowCount !== added.length) {
      throw new ConcurrentChange('identity');
    }
  }
}

/** Numbers of these that several contacts have from now on; whoever has one already shares it. */
async function shareNumbers(
  client: Queryable,
  accountId: string,
  added: readonly ContactIdentity[],
): Promise<ReadonlySet<string>> {
  const numbers = added.flatMap(({ kind, value }) => (kind === 'phone' ? [value] : []));
  const held = numbers.length === 0 ? [] : await findHeldNumbers(client, accountId, [...new Set(numbers)]);
  if (held.length > 0) {
    const names = held.map((value) => ({ kind: 'phone', value }));
    await shareIdentities(client, accountId, names);
  }
  const repeated = numbers.filter((value, index) => numbers.indexOf(value) !== index);
  return new Set([...held, ...repeated]);
}

/** `offset 0` keeps the order of the probes, also while the statistics know of no rows. */
async function findHeldNumbers(client: Queryable, accountId: string, numbers: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ value: string }>(client, {
    name: 'find_held_numbers',
    text: `
      select given.value
      from unnest($2::text[]) as given (value)
      cross join lateral (
        select 1 from contact_identity i
        where i.account_id = $1 and i.kind = 'phone' and i.value = given.value
        limit 1
      ) as held`,
    values: [accountId, textArray(numbers)],
  });
  return rows.map(({ value }) => value);
}

async function letGo(client: Queryable, accountId: string, identities: readonly ContactIdentity[]): Promise<void> {
  const released = identities.filter(({ held }) => !held);
  if (released.length > 0) {
    await client.query({
      name: 'let_go_identities',
      text: `
        update contact_identity i
        set is_held = false
        from unnest($2::uuid[], $3::text[], $4::text[]) as given (contact_id, kind, value)
        where i.account_id = $1 and i.kind = given.kind and i.value = given.value
          and i.contact_id = given.contact_id and i.is_held`,
      values: [accountId, ...columnsOf(released).slice(0, 3)],
    });
  }
}

const UPDATE = `
  update contact_identity i
  set label = given.label, is_primary = given.is_primary, verified_at = case when given.first_seen is null then i.verified_at else given.verified_at end,
    said_shared = given.said_shared, is_former = given.is_former, is_held = given.is_held,
    first_seen = coalesce(given.first_seen, i.first_seen), told = given.told::jsonb
  from ${GIVEN}
  where i.account_id = $1 and i.kind = given.kind and i.value = given.value and i.contact_id = given.contact_id`;

const INSERT = `
  insert into contact_identity (
    account_id, contact_id, kind, value, value_raw, label, is_primary, verified_at, said_shared, is_former, is_held,
    first_seen, told, is_shared
  )
  select $1, contact_id, kind, value, value_raw, label, is_primary, verified_at, said_shared, is_former, is_held,
    coalesce(first_seen, $15), told::jsonb, is_shared
  from unnest(
    $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::timestamptz[], $9::boolean[],
    $10::boolean[], $11::boolean[], $12::timestamptz[], $13::text[], $14::boolean[]
  ) as given (
    contact_id, kind, value, value_raw, label, is_primary, verified_at, said_shared, is_former, is_held, first_seen,
    told, is_shared
  )
  order by kind, value
  on conflict do nothing`;

function columnsOf(identities: readonly ContactIdentity[]): [string, string, string, ...string[]] {
  const instants = (instantOf: (one: ContactIdentity) => string | null): string =>
    plainArray(identities.map((one) => instantOf(one) || null));
  return [
    plainArray(identities.map(({ contactId }) => contactId)),
    plainArray(identities.map(({ kind }) => kind)),
    textArray(identities.map(({ value }) => value)),
    textArray(identities.map(({ raw }) => raw)),
    textArray(identities.map(({ label }) => label)),
    plainArray(identities.map(({ primary }) => primary)),
    instants(({ verifiedAt }) => verifiedAt),
    plainArray(identities.map(({ shared }) => shared)),
    plainArray(identities.map(({ former }) => former)),
    plainArray(identities.map(({ held }) => held)),
    instants(({ firstSeen }) => firstSeen),
    textArray(identities.map(({ told }) => JSON.stringify(told))),
  ];
}

/** What people took away for good. */
export async function deleteIdentities(
  client: Queryable,
  accountId: string,
  identities: readonly Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>[],
): Promise<void> {
  await client.query({
    name: 'delete_identities',
    text: `
      delete from contact_identity i
      using unnest($2::uuid[], $3::text[], $4::text[]) as given (contact_id, kind, value)
      where i.account_id = $1 and i.kind = given.kind and i.value = given.value and i.contact_id = given.contact_id`,
    values: [
      accountId,
      plainArray(identities.map(({ contactId }) => contactId)),
      plainArray(identities.map(({ kind }) => kind)),
      textArray(identities.map(({ value }) => value)),
    ],
  });
}
