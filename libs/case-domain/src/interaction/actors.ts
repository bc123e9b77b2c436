import { SYSTEM, type Actor } from '../case/case-change.js';
import type { SubmitterReference } from '../case/case-state.js';
import { callingAgent } from '../people/answering-agent.js';
import { agentOf, knownIdentity, speakerOf } from '../people/people.js';
import type { Situation } from './situation.js';

/** Who moved the case: the agent who called, else we ourselves because of what came in. */
export function moverOf(situation: Situation): Actor {
  return situation.interaction.direction === 'outbound' ? senderActor(situation) : SYSTEM;
}

/** The person who spoke, as far as one is known. */
export function submitterOf({ interaction, snapshot }: Situation): SubmitterReference | null {
  if (interaction.direction === 'outbound') {
    const caller = callingAgent(interaction, snapshot);
    if (caller !== null) {
      return { kind: 'agent', id: caller.id };
    }
  }
  const speaker = speakerOf(interaction);
  const agent = agentOf(speaker, snapshot);
  if (agent !== null) {
    return { kind: 'agent', id: agent.id };
  }
  const identity = knownIdentity(speaker, snapshot);
  return identity === null || identity.shared ? null : { kind: 'contact', id: identity.contactId };
}

/** Who acted: a person as far as one is known. A participant may have no contact yet. */
export function senderActor(situation: Situation): Actor {
  return (
    submitterOf(situation) ?? { kind: situation.interaction.direction === 'outbound' ? 'system' : 'contact', id: null }
  );
}
