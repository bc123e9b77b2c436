import { plusVariants, type Interaction, type Party } from '#libs/interaction';
import { endpointKeyOf, type ChannelEndpoint, type Snapshot } from '../decision/snapshot.js';

const KINDS_BY_PARTY: Readonly<Record<string, readonly string[]>> = {
  email: ['mailbox'],
  phone: ['phone_number'],
};

/** The active endpoint that the interaction reached, when it is one that the account knows. */
export function endpointOf(interaction: Interaction, snapshot: Snapshot): ChannelEndpoint | null {
  const reference = interaction.endpoint;
  const endpoint = reference && snapshot.endpoints.get(endpointKeyOf(reference.kind, reference.address));
  return endpoint?.active === true ? endpoint : null;
}

/** Whether the party is one of our own addresses, a signed plus-address of it included. */
export function isOwnEndpoint(party: Party, interaction: Interaction, snapshot: Snapshot): boolean {
  const addresses = party.kind === 'email' ? plusVariants(party.value) : [party.value];
  const kinds = KINDS_BY_PARTY[party.kind] ?? [];
  return addresses.some(
    (address) =>
      interaction.endpoint?.address === address ||
      kinds.some((kind) => snapshot.endpoints.has(endpointKeyOf(kind, address))),
  );
}

/** Whether the account, or the endpoint in its stead, opens cases by itself on this occasion; never on none. */
export function opensCases(interaction: Interaction, snapshot: Snapshot): boolean {
  if (interaction.occasion === null) {
    return false;
  }
  const occasions = endpointOf(interaction, snapshot)?.autoCreate ?? snapshot.account.autoCreate;
  return occasions.has(interaction.occasion);
}
