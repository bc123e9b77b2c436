import { rowsOf, type Queryable } from '../../queryable.js';

export interface SearchLag {
  readonly cases: number;
  readonly oldestSeconds: number;
}

/** How many cases and contacts wait to be found by what they say, and for how many seconds the oldest has. */
export async function countSearchQueue(client: Queryable): Promise<SearchLag> {
  const [lag] = await rowsOf<SearchLag>(client, {
    text: `
      select
        coalesce(sum(cardinality(case_ids) + cardinality(requester_ids) + cardinality(contact_ids)), 0)::float8 as cases,
        coalesce(extract(epoch from now() - min(noted_at)), 0)::float8 as "oldestSeconds"
      from search_queue`,
  });
  return lag ?? { cases: 0, oldestSeconds: 0 };
}
