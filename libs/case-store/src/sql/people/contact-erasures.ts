import type { ContactErasureRequest } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** Notes requests that nothing of contacts stays. One that may begin lets an earlier one begin that waits for an operator. */
export async function insertContactErasures(
  client: Queryable,
  accountId: string,
  requests: readonly ContactErasureRequest[],
): Promise<void> {
  const byContact = [...new Map(inOrder(requests).map((one) => [one.contactId, one])).values()];
  await client.query({
    name: 'insert_contact_erasures',
    text: `
      insert into contact_erasure as e (account_id, id, contact_id, requested_by, reason, state, requested_at)
      select $1, id, contact_id, requested_by::json, reason, state, at
      from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
        as given (id, contact_id, requested_by, reason, state, at)
      order by contact_id
      on conflict (account_id, contact_id) where state in ('waiting', 'requested', 'running')
      do update set state = excluded.state, requested_by = excluded.requested_by, reason = excluded.reason
      where e.state = 'waiting' and excluded.state = 'requested'`,
    values: [
      accountId,
      plainArray(byContact.map(({ id }) => id)),
      plainArray(byContact.map(({ contactId }) => contactId)),
      textArray(byContact.map(({ requestedBy }) => JSON.stringify(requestedBy))),
      textArray(byContact.map(({ reason }) => reason)),
      plainArray(byContact.map(({ state }) => state)),
      plainArray(byContact.map(({ at }) => at)),
    ],
  });
}

/** What may begin comes last, and is what is left of several. */
function inOrder(requests: readonly ContactErasureRequest[]): ContactErasureRequest[] {
  const rank = ({ state }: ContactErasureRequest): number => (state === 'requested' ? 1 : 0);
  return [...requests].sort((one, other) => rank(one) - rank(other));
}
