import type { Interaction } from '#libs/interaction';
import type { Evidence } from '../decision/evidence.js';
import { answeringAgent } from '../people/answering-agent.js';
import { endpointOf } from '../people/endpoint.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { Thread } from '../thread/thread.js';

export type GroupChoice = NonNullable<Evidence['group']>;

/** By which a group was chosen that a rule gives. */
export const BY_ASSIGNMENT_RULE = 'assignment_rule';

/** References that prove by our signature, or by an agent's choice, which case was meant. */
const TOKEN_RULES = new Set(['recipient_token', 'message_id_token', 'text_token', 'chosen_case']);

/**
 * The group of a new case (domain.md §9): of the case that a token names, as it is asked for, that rules give, of the endpoint, of the account.
 * `ruledGroupId`: null where no rule gives one.
 */
export function chooseGroup(
  interaction: Interaction,
  thread: Thread | null,
  snapshot: Snapshot,
  ruledGroupId: string | null = null,
): GroupChoice {
  const named = thread !== null && TOKEN_RULES.has(thread.evidence.rule) ? thread.target : null;
  if (named !== null && isUsable(named.groupId, snapshot)) {
    return { rule: 'case_of_token', groupId: named.groupId };
  }
  const asked = groupNamed(interaction.group ?? null, snapshot);
  if (asked !== null) {
    return { rule: 'asked_for', groupId: asked };
  }
  if (ruledGroupId !== null && isUsable(ruledGroupId, snapshot)) {
    return { rule: BY_ASSIGNMENT_RULE, groupId: ruledGroupId };
  }
  const endpoint = endpointOf(interaction, snapshot);
  if (endpoint !== null && isUsable(endpoint.groupId, snapshot)) {
    return { rule: 'endpoint', groupId: endpoint.groupId };
  }
  return { rule: 'account_default', groupId: snapshot.account.defaultGroupId };
}

/** One that there is none of, or that was switched off, is as if nobody had asked. */
function groupNamed(name: string | null, { groups }: Snapshot): string | null {
  const found = name === null ? undefined : [...groups.values()].find((group) => group.active && group.name === name);
  return found?.id ?? null;
}

/** A group that is not in the snapshot is one without rules of its own, not one that was switched off. */
function isUsable(groupId: string, snapshot: Snapshot): boolean {
  return snapshot.groups.get(groupId)?.active !== false;
}

/**
 * Rule A2: where the line says so, a call goes to the group of whoever answered it, when that is another one. Null leaves it
 * where it is.
 */
export function groupOfAnswering(interaction: Interaction, groupId: string, snapshot: Snapshot): GroupChoice | null {
  if (endpointOf(interaction, snapshot)?.moveToAgentsGroup !== true) {
    return null;
  }
  const agent = answeringAgent(interaction, snapshot);
  const own = agent?.defaultGroupId ?? null;
  if (agent === null || own === null || isMember(agent.id, groupId, snapshot)) {
    return null;
  }
  return isMember(agent.id, own, snapshot) && isUsable(own, snapshot)
    ? { rule: 'answering_agent', groupId: own }
    : null;
}

function isMember(agentId: string, groupId: string, { groups }: Snapshot): boolean {
  return groups.get(groupId)?.members.some((member) => member.agentId === agentId) === true;
}
