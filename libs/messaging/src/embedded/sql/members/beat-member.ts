import type { Client } from 'pg';

import { memberHolders } from './member-holders.js';

export interface LiveMember {
  readonly number: number;
  readonly topicIds: readonly number[];
}

/** Shows that this member lives; resolves all living members of its group in order, itself included. */
export async function beatMember(
  session: Client,
  group: string,
  own: number,
  silenceLimitMs: number,
): Promise<LiveMember[]> {
  const { rows } = await session.query<LiveMember>({
    name: 'log-beat-member',
    text: `with ${memberHolders}, beat as (
      update log_member set seen_at = clock_timestamp() where number = $2 returning number
    )
    select number, topic_ids as "topicIds" from log_member join member_holder using (number)
    where group_name = $1
      and (number in (select number from beat) or seen_at > clock_timestamp() - $3 * interval '1 millisecond')
    order by number`,
    values: [group, own, silenceLimitMs],
  });
  return rows;
}
