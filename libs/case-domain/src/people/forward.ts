import type { Forwarded, Interaction } from '#libs/interaction';
import { actsAsAgent } from './agent-proof.js';
import { isOwnEndpoint } from './endpoint.js';
import { agentOf } from './people.js';
import type { Snapshot } from '../decision/snapshot.js';

/**
 * The interaction as the rules hear it. A forward is the forwarding person's word for what somebody else wrote, and
 * anybody can write a block or attach a mail: it counts only when somebody brings it who acts as an agent. Then the
 * forwarded mail's names count as well, so that the author's next answer finds the case. Of everybody else's forward
 * nothing is heard; the interaction that is kept still shows it to people.
 */
export function asHeard(interaction: Interaction, snapshot: Snapshot): Interaction {
  const { forwarded, references } = interaction;
  const names = references.some(({ via }) => via === 'forwarded_message');
  if (!names && !isForward(forwarded)) {
    return interaction;
  }
  const brought = actsAsAgent(interaction, snapshot);
  return {
    ...interaction,
    forwarded: brought && hasCustomerAsAuthor(interaction, snapshot) ? forwarded : unforwarded(forwarded),
    references: brought ? references : references.filter(({ via }) => via !== 'forwarded_message'),
  };
}

/** What people are told about a forward: that it counted, or why it did not. */
export function reasonsOfForward(received: Interaction, heard: Interaction): string[] {
  if (!isForward(received.forwarded)) {
    return [];
  }
  return isForward(heard.forwarded)
    ? ['An agent forwarded it: it is the mail of the author inside.']
    : ['It carries a forwarded mail, which counts only when a proven agent brings one of somebody outside.'];
}

/** Subject and text of what somebody wants: of a forward, those of the mail inside. */
export function wordsOf({ forwarded, content }: Interaction): { readonly subject: string; readonly text: string } {
  return isForward(forwarded)
    ? { subject: forwarded.subject ?? content.subject, text: forwarded.text ?? content.text }
    : { subject: content.subject, text: content.text };
}

/** Whether somebody forwarded it; the author behind a list or a form speaks for himself. */
export function isForward(forwarded: Interaction['forwarded']): forwarded is Forwarded {
  return forwarded?.method === 'attached_message' || forwarded?.method === 'inline_block';
}

/** An author who is an agent or an address of ours is nobody's customer: the mail is its forwarder's own. */
function hasCustomerAsAuthor(interaction: Interaction, snapshot: Snapshot): boolean {
  const author = interaction.forwarded?.author;
  return author !== undefined && agentOf(author, snapshot) === null && !isOwnEndpoint(author, interaction, snapshot);
}

function unforwarded(forwarded: Interaction['forwarded']): Interaction['forwarded'] {
  return isForward(forwarded) ? null : forwarded;
}
