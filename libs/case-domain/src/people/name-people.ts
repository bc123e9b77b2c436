import { type Interaction, phoneAlternates } from '#libs/interaction';
import type { Lookups } from '../decision/needs.js';
import { identityOf } from '../decision/snapshot.js';
import { externalParty } from './identified.js';

/** Adds everybody whom an interaction may be from or for, by all spellings of their numbers. */
export function namePeople(interaction: Interaction, { identities }: Lookups): void {
  const { direction, sender, recipients, forwarded, contact } = interaction;
  const called = direction === 'outbound' ? recipients.slice(0, 1) : [];
  const claimed = contact ? [externalParty(contact)] : [];
  for (const party of [sender, ...(forwarded ? [forwarded.author] : []), ...called, ...claimed]) {
    if (party.kind !== 'anonymous') {
      identities.set(identityOf(party), party);
    }
    for (const value of party.kind === 'phone' ? phoneAlternates(party.value) : []) {
      identities.set(identityOf({ kind: 'phone', value }), { kind: 'phone', value });
    }
  }
}
