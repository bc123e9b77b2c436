import type { Actor, ContactReconsideration } from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Word that cases of a contact may mean somebody else by now. */
export interface WaitingReconsideration {
  readonly id: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly because: ContactReconsideration['because'];
  readonly by: Actor;
  /** The last case that was looked at; null: none yet. */
  readonly afterCaseId: string | null;
}

/** The oldest words of that kind, over all accounts, without the named ones. No lock is taken. */
export async function findReconsiderations(
  client: Queryable,
  limit: number,
  without: readonly string[] = [],
): Promise<WaitingReconsideration[]> {
  return rowsOf<WaitingReconsideration>(client, {
    name: 'find_reconsiderations',
    text: `
      select id::text, account_id as "accountId", contact_id as "contactId", because, by,
        after_case_id as "afterCaseId"
      from contact_reconsideration
      where id <> all ($2::bigint[])
      order by id
      limit $1`,
    values: [limit, plainArray(without)],
  });
}

/** A case that may mean somebody else by now. */
export interface ReconsideredCase {
  readonly caseId: string;
  readonly contactId: string;
  /** What opened it, where nobody was certain whom it is for; null otherwise. */
  readonly interaction: Interaction | null;
  readonly backTo: string | null;
}

/**
 * The next cases of a contact that are neither closed nor in the trash, in the order of ids. After a merge was undone, those
 * that named the contact before it, unless somebody has said since whom they are for.
 */
export async function findReconsidered(
  client: Queryable,
  { accountId, contactId, because, afterCaseId }: WaitingReconsideration,
  limit: number,
): Promise<ReconsideredCase[]> {
  return rowsOf<ReconsideredCase>(client, {
    name: because === 'unmerged' ? 'find_cases_taken_back' : 'find_reconsidered',
    text: `
      select
        c.id as "caseId", c.requester_id as "contactId",
        case when c.requester_match ->> 'confidence' in ('weak', 'ambiguous', 'anonymous') then i.payload end
          as interaction,
        ${because === 'unmerged' ? '$2::uuid' : 'null::uuid'} as "backTo"
      from cases c
      left join interaction i on i.account_id = c.account_id and i.id = c.origin_interaction_id
        and i.redacted_at is null and i.outcome <> 'erased'
      where c.account_id = $1 and c.requester_kind = 'contact' and c.closed_at is null and c.deleted_at is null
        and c.id > coalesce($3::uuid, '00000000-0000-0000-0000-000000000000')
        and ${because === 'unmerged' ? TAKEN_BACK : 'c.requester_id = $2'}
      order by c.id
      limit $4`,
    values: [accountId, contactId, afterCaseId, limit],
  });
}

/**
 * Of all who were ever taken to be one with the contact, also through others. The last word of a person about whom a case
 * is for is older than the merge that took it away from the contact.
 */
const TAKEN_BACK = `
  c.requester_id in (
    with recursive tied (id) as (
      select $2::uuid
      union
      select case t.id when m.loser_id then m.winner_id else m.loser_id end
      from tied t
      join contact_merge m on m.account_id = $1 and (m.loser_id = t.id or m.winner_id = t.id)
    )
    select surviving_contact($1, id) from tied
  )
  and exists (
    select 1
    from case_event taken
    where taken.account_id = $1 and taken.case_id = c.id and taken.kind = 'requester_changed'
      and taken.details -> 'contact_change' ->> 'from' = $2::text
      and not exists (
        select 1 from case_event later
        where later.account_id = $1 and later.case_id = c.id and later.seq > taken.seq
          and later.kind = 'requester_changed' and later.details -> 'contact_change' is null
      )
  )`;

/** Notes how far a contact's cases were looked at; `afterCaseId` null: all of them were. */
export async function advanceReconsideration(
  client: Queryable,
  accountId: string,
  id: string,
  afterCaseId: string | null,
): Promise<void> {
  if (afterCaseId === null) {
    await client.query({
      name: 'delete_reconsideration',
      text: 'delete from contact_reconsideration where account_id = $1 and id = $2',
      values: [accountId, id],
    });
  } else {
    await client.query({
      name: 'advance_reconsideration',
      text: 'update contact_reconsideration set after_case_id = $3 where account_id = $1 and id = $2',
      values: [accountId, id, afterCaseId],
    });
  }
}
