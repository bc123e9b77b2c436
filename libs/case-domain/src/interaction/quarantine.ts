import type { Interaction, Party } from '#libs/interaction';
import type { Suspension } from '../decision/verdict.js';
import { endpointOf, isOwnEndpoint } from '../people/endpoint.js';
import { isClaimed } from '../people/people.js';
import { identityOf, type Snapshot } from '../decision/snapshot.js';

/** Why an interaction waits for a person instead of touching a case. */
export interface Hold {
  readonly reason: Suspension;
  /** For people. */
  readonly sentence: string;
}

/**
 * What holds an interaction back whatever would become of it, first hit wins:
 * 1. it went round: more hops than any mail needs; or it came by a form that has been sent more than is let through;
 * 2. it claims to be one of us and names several senders, or its proof failed, or there can be none;
 * 3. its proof failed, and the mailbox or the account wants such mail looked at.
 * Automatic messages change nothing, so only the first is asked of them.
 */
export function holdOf(interaction: Interaction, snapshot: Snapshot): Hold | null {
  if (interaction.flags.includes('too_many_hops')) {
    return { reason: 'too_many_hops', sentence: 'It passed more servers than any mail needs: it may be in a loop.' };
  }
  if (interaction.flags.includes('form_surplus')) {
    const sentence = 'The form, or the place that it was sent from, has had more in an hour than is let through.';
    return { reason: 'too_many_cases', sentence };
  }
  return interaction.handling === 'attach_only'
    ? null
    : (spoofOf(interaction, snapshot) ?? doubtOf(interaction, snapshot));
}

const DISPROVEN_OURS = 'It claims to come from one of us, and the proof of that failed.';
const CLAIMED_OURS = 'It claims to come from one of us, where anybody can claim that.';

function spoofOf(interaction: Interaction, snapshot: Snapshot): Hold | null {
  const several = interaction.flags.includes('several_from');
  const failed = interaction.trust.verdict === 'fail' || isClaimed(interaction);
  if (!(several || failed) || !claimsToBeOfUs(interaction, snapshot)) {
    return null;
  }
  return several
    ? { reason: 'several_from', sentence: 'It names several senders, and one of our own among them.' }
    : { reason: 'spoofed_sender', sentence: isClaimed(interaction) ? CLAIMED_OURS : DISPROVEN_OURS };
}

function doubtOf(interaction: Interaction, snapshot: Snapshot): Hold | null {
  const policy = endpointOf(interaction, snapshot)?.unverified ?? snapshot.account.unverified;
  return interaction.trust.verdict === 'fail' && policy === 'quarantine'
    ? { reason: 'unverified_sender', sentence: 'The proof of its sender failed, and such mail is looked at first.' }
    : null;
}

/** An agent, an address of ours, or anybody at the domain of one of our mailboxes. */
function claimsToBeOfUs(interaction: Interaction, snapshot: Snapshot): boolean {
  const { sender } = interaction;
  return (
    snapshot.agents.has(identityOf(sender)) ||
    isOwnEndpoint(sender, interaction, snapshot) ||
    isOfOurDomain(sender, snapshot)
  );
}

function isOfOurDomain({ kind, value }: Party, snapshot: Snapshot): boolean {
  const domain = kind === 'email' ? value.slice(value.lastIndexOf('@')) : null;
  return (
    domain !== null && [...snapshot.endpoints.keys()].some((key) => key.startsWith('mailbox\n') && key.endsWith(domain))
  );
}
