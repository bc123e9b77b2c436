import { rowsOf, type Queryable } from '../../queryable.js';

/** How many records of a topic could not be sent, and since when. */
export interface UnsentRecords {
  readonly topic: string;
  readonly records: number;
  readonly oldest: Date;
  readonly latestReason: string;
}

/** What could not be sent, by topic. */
export async function countUnsentRecords(client: Queryable): Promise<UnsentRecords[]> {
  return rowsOf<UnsentRecords>(client, {
    name: 'count_unsent_records',
    text: `
      select
        topic, count(*)::int as records, min(created_at) as oldest,
        (array_agg(reason order by id desc))[1] as "latestReason"
      from unsent_record
      group by topic
      order by topic`,
  });
}
