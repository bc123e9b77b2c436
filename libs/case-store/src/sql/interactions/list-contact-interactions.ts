import type { Queryable } from '../../queryable.js';
import { SELECT_INTERACTIONS, type InteractionView } from './interaction-view.js';
import type { InteractionPosition } from './list-case-interactions.js';

/**
 * What the contact, and those who live on in it, said or was told: in cases that are theirs, and wherever one of their
 * names wrote or was spoken with. A name that several people use counts in cases alone.
 */
const TEXT = `
  with family as (
    select $2::uuid as id
    union all
    select c.id from contact c where c.account_id = $1 and c.merged_into = $2
  ), named as (
    select distinct i.kind || ':' || i.value as name
    from family f
    join contact_identity i on i.account_id = $1 and i.contact_id = f.id
    where i.kind in ('email', 'phone') and i.is_held and not i.is_shared and not i.said_shared
  ), theirs as (
    select i.id, i.occurred_at
    from family f
    join cases c on c.account_id = $1 and c.requester_id = f.id and c.requester_kind = 'contact'
    join interaction i on i.account_id = $1 and i.case_id = c.id and i.outcome <> 'erased'
    union
    select i.id, i.occurred_at
    from named n
    join interaction i on i.account_id = $1 and i.sender = n.name
      and i.arrived_at is not null and i.outcome <> 'suspended' and i.outcome <> 'erased'
    union
    select i.id, i.occurred_at
    from named n
    join interaction i on i.account_id = $1 and i.spoken_with = n.name and i.outcome <> 'erased'
  ), page as (
    select id, occurred_at
    from theirs
    where $3::timestamptz is null or (occurred_at, id) < ($3::timestamptz, $4::uuid)
    order by occurred_at desc, id desc
    limit $5
  )
  ${SELECT_INTERACTIONS}
  join page on page.id = i.id
  where i.account_id = $1
  order by i.occurred_at desc, i.id desc`;

/** The interactions of a contact that is merged into none, newest first. */
export async function listContactInteractions(
  client: Queryable,
  accountId: string,
  contactId: string,
  page: { readonly limit: number; readonly after: InteractionPosition | null },
): Promise<InteractionView[]> {
  const { after, limit } = page;
  const values = [accountId, contactId, after?.occurredAt ?? null, after?.id ?? null, limit];
  return (await client.query<InteractionView>(TEXT, values)).rows;
}
