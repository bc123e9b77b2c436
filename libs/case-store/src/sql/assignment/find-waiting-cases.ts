import type { WorkChannel } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';
import { CHANNEL_OF_CASE, URGENCY_OF_CASE, WAITING } from './waiting-cases.js';

export interface WaitingCase {
  readonly caseId: string;
  readonly contactId: string;
}

/** The cases of one kind of work that wait in a group, the oldest of the highest priority first, at most `limit`. */
export async function findWaitingCases(
  client: Queryable,
  {
    accountId,
    groupId,
    channel,
  }: { readonly accountId: string; readonly groupId: string; readonly channel: WorkChannel },
  limit: number,
): Promise<WaitingCase[]> {
  return rowsOf<WaitingCase>(client, {
    name: 'find_waiting_cases',
    text: `
      select c.id as "caseId", c.requester_id as "contactId"
      from cases c
      where c.account_id = $1 and c.group_id = $2 and ${CHANNEL_OF_CASE} = $3 and ${WAITING}
      order by ${URGENCY_OF_CASE}, c.id
      limit $4`,
    values: [accountId, groupId, channel, limit],
  });
}
