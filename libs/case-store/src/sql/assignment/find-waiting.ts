import type { WorkChannel } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';
import { CHANNEL_OF_CASE, WAITING } from './waiting-cases.js';

/** In which of the groups cases wait for an assignee, by kind of work: one probe each, however many wait. */
export async function findWaiting(
  client: Queryable,
  accountId: string,
  groupIds: readonly string[],
): Promise<{ readonly groupId: string; readonly channel: WorkChannel }[]> {
  return rowsOf(client, {
    name: 'find_waiting',
    text: `
      select wanted.id as "groupId", kind.name as channel
      from unnest($2::uuid[]) as wanted (id)
      cross join unnest(array['email', 'voice']) as kind (name)
      where exists (
        select 1 from cases c
        where c.account_id = $1 and c.group_id = wanted.id and ${CHANNEL_OF_CASE} = kind.name and ${WAITING}
      )`,
    values: [accountId, plainArray(groupIds)],
  });
}
