import type { Interaction } from '#libs/interaction';
import type { Evidence } from '../decision/evidence.js';
import { endpointOf } from '../people/endpoint.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { Thread } from '../thread/thread.js';

export type GroupChoice = NonNullable<Evidence['group']>;

/** References that prove by our signature, or by an agent's choice, which case was meant. */
const TOKEN_RULES = new Set(['recipient_token', 'message_id_token', 'text_token', 'chosen_case']);

/** The group of a new case (domain.md §9): of the case that a token names, of the endpoint, of the account. */
export function chooseGroup(interaction: Interaction, thread: Thread | null, snapshot: Snapshot): GroupChoice {
  const named = thread !== null && TOKEN_RULES.has(thread.evidence.rule) ? thread.target : null;
  if (named !== null && isUsable(named.groupId, snapshot)) {
    return { rule: 'case_of_token', groupId: named.groupId };
  }
  const endpoint = endpointOf(interaction, snapshot);
  if (endpoint !== null && isUsable(endpoint.groupId, snapshot)) {
    return { rule: 'endpoint', groupId: endpoint.groupId };
  }
  return { rule: 'account_default', groupId: snapshot.account.defaultGroupId };
}

/** A group that is not in the snapshot is one without rules of its own, not one that was switched off. */
function isUsable(groupId: string, snapshot: Snapshot): boolean {
  return snapshot.groups.get(groupId)?.active !== false;
}
