import { type Interaction, type Party, phoneAlternates } from '#libs/interaction';
import type { PersonReference, RequesterConfidence, RequesterMatch } from '../case/case-state.js';
import { identityOf, type KnownIdentity, type Snapshot } from '../decision/snapshot.js';
import { customerOf } from './customer.js';
import { holderWithLiveCase, inOrder } from './live-holder.js';
import { agentOf, proofOf, type Proof } from './people.js';

/** Somebody who is known, and by what. */
export interface Identified {
  readonly requester: PersonReference;
  readonly match: RequesterMatch;
}

/** What is known of a party, whichever way its number may be spelled. */
export interface Bearers {
  readonly identity: KnownIdentity | null;
  /** Contacts that bear it, each once. */
  readonly holders: readonly string[];
  /** It was another spelling that they bear. */
  readonly isVariant: boolean;
}

/**
 * Who a party is, where that is known (domain.md §8), first hit wins: R1, the contact that a CRM names; R2, an agent; R3
 * and R4, the only holder of the identity, in another spelling too; R5b, of several the only one with a live case. Null
 * of a stranger, of who hides, and of several of whom nobody can tell which one it is.
 */
export function identify(party: Party, proof: Proof, interaction: Interaction, snapshot: Snapshot): Identified | null {
  const claimed = contactNamedBy(interaction, snapshot);
  if (claimed !== null) {
    return { requester: { kind: 'contact', id: claimed }, match: matchOf('R1', 'exact') };
  }
  const agent = agentOf(party, snapshot);
  if (agent !== null) {
    return { requester: { kind: 'agent', id: agent.id }, match: matchOf('R2', 'exact') };
  }
  const bearers = bearersOf(party, snapshot);
  const [only, ...others] = bearers.holders;
  if (only === undefined) {
    return null;
  }
  if (others.length > 0 || bearers.identity?.shared === true) {
    // Of cases it is known when they were heard of where somebody calls, and nowhere else.
    return party.kind === 'phone' ? onlyWithLiveCase(bearers, interaction, snapshot) : null;
  }
  const requester = { kind: 'contact', id: only } as const;
  if (bearers.isVariant) {
    return { requester, match: matchOf('phone_variant', 'weak') };
  }
  if (party.kind === 'external') {
    return { requester, match: matchOf('R1', 'exact') };
  }
  const verified = proof === 'proven' || (proof === 'open' && bearers.identity?.verified === true);
  return { requester, match: verified ? matchOf('R3', 'verified') : matchOf('R4', 'weak') };
}

/** Whom a call is with, where that is known. */
export function identifiedCustomer(interaction: Interaction, snapshot: Snapshot): PersonReference | null {
  const customer = customerOf(interaction);
  return customer === null
    ? null
    : (identify(customer, proofOf(interaction), interaction, snapshot)?.requester ?? null);
}

/** Who stands for the line that a call came from, where several people are behind it and nothing says who it was. */
export function lineOfCustomer(interaction: Interaction, snapshot: Snapshot): PersonReference | null {
  const customer = customerOf(interaction);
  const id = customer?.kind === 'phone' ? bearersOf(customer, snapshot).identity?.lineContactId : null;
  return id ? { kind: 'contact', id } : null;
}

/** How whom a call is with was found; null of a stranger. */
export function matchOfCustomer(interaction: Interaction, snapshot: Snapshot): RequesterMatch | null {
  const customer = customerOf(interaction);
  if (customer === null) {
    return null;
  }
  const identified = identify(customer, proofOf(interaction), interaction, snapshot);
  const { holders } = bearersOf(customer, snapshot);
  return identified !== null || holders.length < 2
    ? (identified?.match ?? null)
    : { method: 'R5', confidence: 'ambiguous', candidates: inOrder(holders, interaction, snapshot) };
}

/** Everybody who bears what a party is known by. */
export function bearersOf(party: Party, snapshot: Snapshot): Bearers {
  const identity = party.kind === 'anonymous' ? null : (snapshot.identities.get(identityOf(party)) ?? null);
  const spellings = party.kind === 'phone' ? phoneAlternates(party.value) : [];
  const variants = spellings.flatMap((value) => snapshot.identities.get(identityOf({ kind: 'phone', value })) ?? []);
  const holders = new Set([...(identity?.holders ?? []), ...variants.flatMap((one) => one.holders)]);
  return { identity, holders: [...holders], isVariant: identity === null && variants.length > 0 };
}

/** By whichever name a contact of a CRM is known. */
export function contactNamedBy({ contact }: Pick<Interaction, 'contact'>, { identities }: Snapshot): string | null {
  const known = contact ? identities.get(identityOf(externalParty(contact))) : undefined;
  return known === undefined || known.shared ? null : known.contactId;
}

/** A contact of somebody else's system as a party. */
export function externalParty({ integration, externalId }: NonNullable<Interaction['contact']>): Party {
  return { kind: 'external', value: `${integration}:${externalId}` };
}

function onlyWithLiveCase({ holders }: Bearers, interaction: Interaction, snapshot: Snapshot): Identified | null {
  const id = holderWithLiveCase(holders, interaction, snapshot);
  const candidates = inOrder(holders, interaction, snapshot);
  const match: RequesterMatch = { method: 'R5', confidence: 'weak', candidates };
  return id === null ? null : { requester: { kind: 'contact', id }, match };
}

export function matchOf(method: RequesterMatch['method'], confidence: RequesterConfidence): RequesterMatch {
  return { method, confidence, candidates: [] };
}

/** What the only contact is called that a CRM names, or that bears the number in one of its spellings. */
export function nameOfBearer(interaction: Interaction, snapshot: Snapshot): string | null {
  const claimed = interaction.contact
    ? snapshot.identities.get(identityOf(externalParty(interaction.contact)))
    : undefined;
  if (claimed !== undefined && !claimed.shared) {
    return claimed.name;
  }
  const customer = customerOf(interaction);
  const values = customer?.kind === 'phone' ? [customer.value, ...phoneAlternates(customer.value)] : [];
  const known = values.flatMap((value) => snapshot.identities.get(identityOf({ kind: 'phone', value })) ?? []);
  return known.length === 1 && known[0]?.holders.length === 1 ? known[0].name : null;
}
