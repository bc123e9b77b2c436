import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** Contacts who may be calling, and when. */
export interface ContactProbe {
  readonly contactId: string;
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
}

export interface LiveCaseRow {
  readonly caseId: string;
  /** When its last interaction happened. */
  readonly last: Date;
}

/** One more than a new case is related to: of more nobody asks. */
const MOST_CASES = 6;

/**
 * Live cases of the contacts of which something was heard last within the time of a probe; of each contact the latest. A case
 * was changed after whatever was heard in it, so that what rests for long is passed over without a look at what was said.
 */
export async function findLiveCases(
  client: Queryable,
  accountId: string,
  probes: readonly ContactProbe[],
): Promise<LiveCaseRow[]> {
  return rowsOf<LiveCaseRow>(client, {
    name: 'find_live_cases',
    text: `
      select distinct live.id as "caseId", live.last
      from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as given (contact_id, since, until)
      cross join lateral (
        select c.id, said.occurred_at as last
        from cases c
        cross join lateral (
          select occurred_at
          from interaction i
          where i.account_id = $1 and i.case_id = c.id
          order by occurred_at desc, id desc
          limit 1
        ) as said
        where c.account_id = $1 and c.requester_id = given.contact_id and c.requester_kind = 'contact'
          and c.closed_at is null and c.deleted_at is null and c.updated_at >= given.since - interval '1 hour'
          and said.occurred_at between given.since and given.until
        order by said.occurred_at desc, c.id
        limit ${MOST_CASES}
      ) as live`,
    values: [
      accountId,
      plainArray(probes.map(({ contactId }) => contactId)),
      plainArray(probes.map(({ from }) => from)),
      plainArray(probes.map(({ until }) => until)),
    ],
  });
}
