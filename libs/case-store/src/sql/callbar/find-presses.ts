import type { Press } from '#libs/case-domain';
import type { CallBarEvent } from '#libs/interaction';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An event of the call bar as its row says it. */
export interface PressRow extends Omit<Press, 'isFresh'> {
  readonly id: string;
  readonly contentSha256: string;
  readonly state: 'accepted' | 'parked' | 'applied' | 'refused' | 'expired';
  readonly interactionId: string | null;
  readonly event: CallBarEvent;
}

/** Events by their ids, and all that may still count about the calls. No lock is taken. */
export async function findPresses(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
  interactionIds: readonly string[],
): Promise<PressRow[]> {
  return rowsOf<PressRow>(client, {
    name: 'find_presses',
    text: `
      select id, content_sha256 as "contentSha256", state, interaction_id as "interactionId", event::jsonb as event,
        agent_id as "agentId", contact_id as "contactId", case_id as "caseId", said_in::text[] as "saidIn"
      from callbar_event
      where account_id = $1 and id = any ($2::uuid[])
      union
      select id, content_sha256, state, interaction_id, event::jsonb, agent_id, contact_id, case_id, said_in::text[]
      from callbar_event
      where account_id = $1 and interaction_id = any ($3::uuid[]) and state in ('accepted', 'parked', 'applied')`,
    values: [accountId, plainArray(ids), plainArray(interactionIds)],
  });
}
