import type { Interaction, Party } from '#libs/interaction';
import { identityOf, type Agent, type KnownIdentity, type Snapshot } from './snapshot.js';

/** The one who speaks: the author behind a list or a form that rewrote the sender, else the sender. */
export function speakerOf(interaction: Interaction): Party {
  const forwarded = interaction.forwarded;
  const rewritten = forwarded?.method === 'list_rewrite' || forwarded?.method === 'reply_to';
  return rewritten ? forwarded.author : interaction.sender;
}

/** The active agent behind a party. */
export function agentOf(party: Party, snapshot: Snapshot): Agent | null {
  const agent = snapshot.agents.get(identityOf(party));
  return agent?.active === true ? agent : null;
}

/** What is known of a party that is not anonymous. */
export function knownIdentity(party: Party, snapshot: Snapshot): KnownIdentity | null {
  return party.kind === 'anonymous' ? null : (snapshot.identities.get(identityOf(party)) ?? null);
}

/** What the party claims to be, as a case keeps it. */
export function suppliedBy(party: Party): { name: string | null; email: string | null; phone: string | null } {
  return {
    name: party.name ?? null,
    email: party.kind === 'email' ? party.value : null,
    phone: party.kind === 'phone' ? party.value : null,
  };
}
