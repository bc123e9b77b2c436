import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A delivery of a known interaction through a further address of ours. */
export interface FurtherEndpoint {
  readonly interactionId: string;
  readonly endpoint: string;
}

/**
 * Adds each endpoint to its interaction and returns those that were really new: whoever adds one reports it, so it
 * is reported once. Two deliveries through the same new endpoint wait for each other on the row.
 */
export async function addEndpoints(
  client: Queryable,
  accountId: string,
  deliveries: readonly FurtherEndpoint[],
): Promise<{ interactionId: string; caseId: string | null; endpoints: string[] }[]> {
  return rowsOf(client, {
    name: 'add_endpoints',
    text: `
      with given as (
        select id, array_agg(distinct endpoint order by endpoint) as endpoints
        from unnest($2::uuid[], $3::text[]) as given (id, endpoint)
        group by id
      ), locked as (
        select i.id, array(select unnest(given.endpoints) except select unnest(i.endpoints) order by 1) as added
        from interaction i
        join given using (id)
        where i.account_id = $1
        order by i.id
        for no key update of i
      )
      update interaction i
      set endpoints = i.endpoints || locked.added
      from locked
      where i.account_id = $1 and i.id = locked.id and cardinality(locked.added) > 0
      returning i.id as "interactionId", i.case_id as "caseId", locked.added as endpoints`,
    values: [
      accountId,
      plainArray(deliveries.map((delivery) => delivery.interactionId)),
      textArray(deliveries.map((delivery) => delivery.endpoint)),
    ],
  });
}
