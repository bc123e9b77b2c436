import type { Interaction, Party } from '#libs/interaction';
import { actsAsAgent } from './agent-proof.js';
import type { CaseState } from '../case/case-state.js';
import { agentOf, knownIdentity, proofOf, speakerOf } from './people.js';
import { identityOf, type Snapshot } from '../decision/snapshot.js';

/** What the sender of a message is to a case. Strangers are heard, and neither seen by the customer nor obeyed. */
export type Standing = 'requester' | 'participant' | 'agent' | 'stranger';

/** Ways of naming a case that are facts of a provider or of an agent, not claims of a sender. */
const VOUCHED = new Set(['root_call', 'chosen_case']);

/** The sender check (domain.md §10). */
export function standingOf(interaction: Interaction, target: CaseState, rule: string, snapshot: Snapshot): Standing {
  const speaker = speakerOf(interaction);
  const agent = agentOf(speaker, snapshot);
  if (agent !== null) {
    return agentStanding(interaction, target, agent.id, snapshot);
  }
  if (!isVouchedFor(interaction)) {
    return 'stranger';
  }
  if (isRequester(speaker, target, snapshot)) {
    return 'requester';
  }
  return VOUCHED.has(rule) || takesPart(speaker, target, snapshot) ? 'participant' : 'stranger';
}

/** By the address, or by the contact who alone bears it; for copies or as a follower. */
function takesPart(speaker: Party, { participants }: CaseState, snapshot: Snapshot): boolean {
  const identity = knownIdentity(speaker, snapshot);
  const names = [
    identityOf(speaker),
    ...(identity === null || identity.shared ? [] : [`contact:${identity.contactId}`]),
  ];
  return participants.some((one) => names.includes(one.replace(/^follower:/, '')));
}

/**
 * The word of an agent is shown to customers, so nobody is taken for one without proof. Her own case she may go on
 * with as anybody may: unless her proof failed.
 */
function agentStanding(interaction: Interaction, target: CaseState, agentId: string, snapshot: Snapshot): Standing {
  if (target.requester.kind === 'agent' && target.requester.id === agentId) {
    return proofOf(interaction) === 'doubted' ? 'stranger' : 'requester';
  }
  return actsAsAgent(interaction, snapshot) ? 'agent' : 'stranger';
}

/** Who runs a list can say that anybody wrote to it: somebody else's list does not let him speak for a case's people. */
function isVouchedFor({ forwarded }: Interaction): boolean {
  return forwarded?.method !== 'list_rewrite' || forwarded.confidence === 'exact';
}

function isRequester(speaker: Party, target: CaseState, snapshot: Snapshot): boolean {
  if (speaker.kind === 'anonymous') {
    return false;
  }
  // The address that opened the case keeps its place after its contact was merged into another.
  if (speaker.kind === 'email' && speaker.value === target.supplied.email) {
    return true;
  }
  const identity = knownIdentity(speaker, snapshot);
  const requester = target.requester;
  return identity !== null && !identity.shared && requester.kind === 'contact' && identity.contactId === requester.id;
}
