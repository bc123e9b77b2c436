import type { Actor, ContactIdentity, ContactKind, ContactMerge, ContactState, ToldOfContact } from '#libs/case-domain';
import { NOTHING_TOLD } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

interface ContactRow extends Omit<ContactState, 'told' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'kind'> {
  readonly kind: ContactKind;
  readonly told: Partial<ToldOfContact>;
  readonly createdAt: Date;
  readonly updatedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** Contacts as they are, in the order of ids. */
export async function loadContactStates(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<ContactState[]> {
  const rows = await rowsOf<ContactRow>(client, {
    name: 'load_contact_states',
    text: `
      select
        id, kind, name, company, locale, time_zone as "timeZone", url, custom_fields as "customFields", blocked,
        is_heard as heard, merged_into as "mergedInto", told, version, created_at as "createdAt",
        updated_at as "updatedAt", deleted_at as "deletedAt"
      from contact
      where account_id = $1 and id = any ($2::uuid[])
      order by id`,
    values: [accountId, plainArray(ids)],
  });
  return rows.map((row) => ({
    ...row,
    told: { ...NOTHING_TOLD, ...row.told },
    createdAt: row.createdAt.toISOString(),
    updatedAt: (row.updatedAt ?? row.createdAt).toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  }));
}

interface IdentityRow extends Omit<ContactIdentity, 'verifiedAt' | 'firstSeen'> {
  readonly verifiedAt: Date | null;
  readonly firstSeen: Date;
}

/** Identities that were told of the contacts themselves: looked up by each, also before the table was ever analysed. */
export async function loadContactIdentities(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<ContactIdentity[]> {
  const rows = await rowsOf<IdentityRow>(client, {
    name: 'load_contact_identities',
    text: `
      select
        contact_id as "contactId", kind, value, value_raw as raw, label, is_primary as primary,
        verified_at as "verifiedAt", said_shared as shared, is_former as former, is_held as held,
        first_seen as "firstSeen", told
      from (select distinct unnest($2::uuid[]) as id) as given
      cross join lateral (
        select * from contact_identity
        where account_id = $1 and contact_id = given.id
        offset 0
      ) as identity
      order by contact_id, kind, value`,
    values: [accountId, plainArray(ids)],
  });
  return rows.map((row) => ({
    ...row,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    firstSeen: row.firstSeen.toISOString(),
  }));
}

/** Merges between the contacts that stand, and those of which somebody said that they are none. */
export async function loadContactMerges(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<ContactMerge[]> {
  const rows = await rowsOf<Omit<ContactMerge, 'at' | 'undoneAt'> & { at: Date; by: Actor; undoneAt: Date | null }>(
    client,
    {
      name: 'load_contact_merges',
      text: `
      select id, loser_id as "loserId", winner_id as "winnerId", at, by, heard_id as "heardId",
        undone_at as "undoneAt"
      from contact_merge
      where account_id = $1 and loser_id = any ($2::uuid[]) and (undone_at is null or heard_id is null)
      order by at, id`,
      values: [accountId, plainArray(ids)],
    },
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), undoneAt: row.undoneAt?.toISOString() ?? null }));
}
