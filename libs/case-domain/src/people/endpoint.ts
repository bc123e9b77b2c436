import { plusVariants, type EndpointReference, type Interaction, type Party } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import { endpointKeyOf, type ChannelEndpoint, type Snapshot } from '../decision/snapshot.js';
import { isSpoken } from './people.js';

const KINDS_BY_PARTY: Readonly<Record<string, readonly string[]>> = {
  email: ['mailbox'],
  phone: ['phone_number'],
};

/** The active endpoint that the interaction reached, when it is one that the account knows. */
export function endpointOf({ endpoint: reference }: Interaction, snapshot: Snapshot): ChannelEndpoint | null {
  const endpoint = reference && knownEndpoint(reference, snapshot.endpoints);
  return endpoint?.active === true ? endpoint : null;
}

/** By its address; a line that is not listed, or not any more, by the connection that it came in by. */
export function knownEndpoint(
  { kind, address, connection }: EndpointReference,
  endpoints: ReadonlyMap<string, ChannelEndpoint>,
): ChannelEndpoint | undefined {
  const byAddress = endpoints.get(endpointKeyOf(kind, address));
  const isListed = byAddress?.active === true || !connection;
  return isListed ? byAddress : (endpoints.get(endpointKeyOf(kind, connection)) ?? byAddress);
}

/** As `endpointOf`, for a case that is there: the line that it was opened by, also when that has left the file since. */
export function endpointOfCase(
  interaction: Interaction,
  { endpointId }: Pick<CaseState, 'endpointId'>,
  snapshot: Snapshot,
): ChannelEndpoint | null {
  const { endpoint: reference } = interaction;
  const byAddress = reference && snapshot.endpoints.get(endpointKeyOf(reference.kind, reference.address));
  return byAddress && byAddress.id === endpointId ? byAddress : endpointOf(interaction, snapshot);
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
  const { occasion } = interaction;
  const endpoint = endpointOf(interaction, snapshot);
  return occasion !== null && !isOfNoLine(interaction, snapshot) && occasionsAt(endpoint, snapshot).has(occasion);
}

/** Whether it came in by a line that nobody has set up: such calls are recorded only. */
export function isOfNoLine(interaction: Interaction, snapshot: Snapshot): boolean {
  return isSpoken(interaction) && endpointOf(interaction, snapshot) === null;
}

function occasionsAt(endpoint: ChannelEndpoint | null, { account }: Snapshot): ReadonlySet<string> {
  return endpoint?.autoCreate ?? account.autoCreate;
}
