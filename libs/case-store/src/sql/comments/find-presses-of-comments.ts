import type { CallBarEvent } from '#libs/interaction';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An event of the call bar that said something in the case of a comment. */
export interface PressInCase {
  readonly eventId: string;
  readonly event: CallBarEvent;
  readonly agentId: string | null;
  readonly interactionId: string;
  readonly commentId: string;
  readonly caseId: string;
}

/** Events that may have said what comments say; the caller knows in which comment an event is written. */
export async function findPressesOfComments(
  client: Queryable,
  accountId: string,
  commentIds: readonly string[],
): Promise<PressInCase[]> {
  return rowsOf<PressInCase>(client, {
    name: 'find_presses_of_comments',
    text: `
      select e.id as "eventId", e.event::jsonb as event, e.agent_id as "agentId", e.interaction_id as "interactionId",
        c.id as "commentId", c.case_id as "caseId"
      from comment c
      join callbar_event e on e.account_id = c.account_id and e.said_in @> array[c.case_id] and e.said_in <> '{}'
      where c.account_id = $1 and c.id = any ($2::uuid[]) and e.interaction_id is not null
        and e.action in ('note.save', 'disposition.set', 'callback.schedule')`,
    values: [accountId, plainArray(commentIds)],
  });
}
