import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Differs from the seeds of other hashes that are locked. */
const CONTACT_LOCKS = 2_026_112_813;

/** Contacts whose cases somebody is about to look at, or to add to. */
export interface ContactLocks {
  /** What is decided depends on which cases they have. */
  readonly alone: ReadonlySet<string>;
  /** They may get a case, whatever they have. */
  readonly together: ReadonlySet<string>;
}

/**
 * Whoever decides by the cases that a contact has waits until everybody is done who may give it one, and the other way
 * round (domain.md §10): a call and a mail of one person at one time know of each other. Before all other locks but those
 * of callers, in one order.
 */
export async function lockContacts(
  client: Queryable,
  accountId: string,
  { alone, together }: ContactLocks,
): Promise<void> {
  const others = [...together].filter((id) => !alone.has(id));
  await client.query({
    name: 'lock_contacts',
    text: `
      select case when alone then pg_advisory_xact_lock(key)::text else pg_advisory_xact_lock_shared(key)::text end
      from (
        select hashtextextended($1 || ' ' || id, ${CONTACT_LOCKS}) as key, bool_or(alone) as alone
        from unnest($2::text[], $3::boolean[]) as given (id, alone)
        group by key
        order by key
        offset 0
      ) as keys`,
    values: [
      accountId,
      plainArray([...alone, ...others]),
      plainArray([...[...alone].map(() => true), ...others.map(() => false)]),
    ],
  });
}
