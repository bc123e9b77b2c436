import type { Interaction, Party } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import { MOST_PARTICIPANTS } from '../case/participant.js';
import { isOwnEndpoint } from './endpoint.js';
import { speakerOf } from './people.js';
import { identityOf, type Snapshot } from '../decision/snapshot.js';

/** The other visible recipients: neither addresses of ours, nor agents, nor those who brought the case. */
export function participantsOf(interaction: Interaction, requester: Party, snapshot: Snapshot): string[] {
  const brought = new Set([identityOf(requester), identityOf(speakerOf(interaction))]);
  const others = new Set<string>();
  for (const party of interaction.recipients) {
    const identity = identityOf(party);
    if (party.kind !== 'anonymous' && !brought.has(identity) && !snapshot.agents.has(identity)) {
      if (!isOwnEndpoint(party, interaction, snapshot)) {
        others.add(identity);
      }
    }
  }
  return [...others].slice(0, MOST_PARTICIPANTS);
}

/** Participants of a follow-up: those of the case before it, its requester too when somebody else wrote. */
export function inheritedParticipants(before: CaseState, requester: Party, own: readonly string[]): string[] {
  const earlier = before.supplied.email === null ? [] : [`email:${before.supplied.email}`];
  const all = new Set([...earlier, ...before.participants, ...own]);
  all.delete(identityOf(requester));
  return [...all].slice(0, MOST_PARTICIPANTS);
}
