import { plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

export interface NewIdentity {
  readonly kind: string;
  readonly value: string;
  readonly raw: string;
  readonly contactId: string;
  readonly verified: boolean;
  /** Others hold it too; not unless told. */
  readonly shared?: boolean;
}

/**
 * Inserts identities with their contacts. Ends in `ConcurrentChange` when another transaction gave one of them to a
 * contact of its own first: the requester has to be resolved again.
 */
export async function insertIdentities(
  client: Queryable,
  accountId: string,
  seenAt: string,
  identities: readonly NewIdentity[],
): Promise<void> {
  const inserted = await client.query({
    name: 'insert_identities',
    text: `
      insert into contact_identity (account_id, kind, value, contact_id, value_raw, verified_at, first_seen, is_shared)
      select $1, kind, value, contact_id, value_raw, case when verified then $2::timestamptz end, $2, shared
      from unnest($3::text[], $4::text[], $5::uuid[], $6::text[], $7::boolean[], $8::boolean[])
        as given (kind, value, contact_id, value_raw, verified, shared)
      order by kind, value
      on conflict do nothing`,
    values: [accountId, seenAt, ...columnsOf(identities)],
  });
  if (inserted.rowCount !== identities.length) {
    throw new ConcurrentChange('identity');
  }
}

function columnsOf(identities: readonly NewIdentity[]): [string, string, string, string, string, string] {
  return [
    plainArray(identities.map((identity) => identity.kind)),
    textArray(identities.map((identity) => identity.value)),
    plainArray(identities.map((identity) => identity.contactId)),
    textArray(identities.map((identity) => identity.raw)),
    plainArray(identities.map((identity) => identity.verified)),
    plainArray(identities.map(({ shared = false }) => shared)),
  ];
}
