import type { Interaction } from '#libs/interaction';
import { endpointOf } from './endpoint.js';
import { agentOf, proofOf, speakerOf } from './people.js';
import type { Snapshot } from '../decision/snapshot.js';

/**
 * Whether the interaction may do what only agents may: speak to the customer, bring a customer's mail along. It needs
 * one sender, an agent's own address, and a proof of it; a name is none. Where a mailbox is reached by an internal
 * route alone, its `trustAgents: always` stands for the proof that such mail does not carry; it never stands against a
 * proof that failed.
 */
export function actsAsAgent(interaction: Interaction, snapshot: Snapshot): boolean {
  if (agentOf(speakerOf(interaction), snapshot) === null || interaction.flags.includes('several_from')) {
    return false;
  }
  switch (proofOf(interaction)) {
    case 'proven':
      return true;
    case 'open':
      // Anybody can write the header by which a mailbox was chosen among ours: that gives no right.
      return (
        !interaction.flags.includes('mailbox_by_header') && endpointOf(interaction, snapshot)?.trustAgents === 'always'
      );
    case 'doubted':
      return false;
  }
}
