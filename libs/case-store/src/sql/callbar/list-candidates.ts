import { rowsOf, type Queryable } from '../../queryable.js';

/** Somebody who may be calling. */
export interface CandidateRow {
  readonly contactId: string;
  readonly name: string | null;
  readonly kind: string;
  readonly lastSeenAt: Date | null;
  /** Newest first, at most 20. */
  readonly liveCases: readonly {
    readonly id: string;
    readonly number: string;
    readonly subject: string;
    readonly category: string;
    readonly assigneeId: string | null;
  }[];
}

/**
 * Who holds the number, in one order for everybody: whoever has a live case of the line first, then whoever was seen
 * last, then by id.
 */
export async function listCandidates(
  client: Queryable,
  accountId: string,
  number: string,
  line: string | null,
): Promise<CandidateRow[]> {
  return rowsOf<CandidateRow>(client, {
    name: 'list_candidates',
    text: `
      with holder as (
        select distinct surviving_contact($1, i.contact_id) as id
        from contact_identity i
        where i.account_id = $1 and i.kind = 'phone' and i.value = $2
      )
      select c.id as "contactId", c.name, c.kind, seen.at as "lastSeenAt", coalesce(live.cases, '[]') as "liveCases"
      from holder
      join contact c on c.account_id = $1 and c.id = holder.id and c.deleted_at is null and c.kind <> 'anonymous'
      left join lateral (
        select max(coalesce(k.last_requester_at, k.created_at)) as at
        from cases k
        where k.account_id = $1 and k.requester_id = c.id
      ) as seen on true
      left join lateral (
        select json_agg(one order by one.created_at desc, one.id) as cases, bool_or(one.on_line) as on_line
        from (
          select k.id, k.number::text, k.subject, k.category, k.assignee_id as "assigneeId", k.created_at,
            coalesce(e.address = $3, false) as on_line
          from cases k
          left join channel_endpoint e on e.account_id = k.account_id and e.id = k.endpoint_id
          where k.account_id = $1 and k.requester_id = c.id and k.closed_at is null and k.deleted_at is null
          order by k.created_at desc, k.id
          limit 20
        ) as one
      ) as live on true
      order by coalesce(live.on_line, false) desc, seen.at desc nulls last, c.id
      limit 50`,
    values: [accountId, number, line],
  });
}
