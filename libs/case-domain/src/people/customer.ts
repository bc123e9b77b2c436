import type { Interaction, Party } from '#libs/interaction';
import { identityOf } from '../decision/snapshot.js';
import { isSpoken, speakerOf } from './people.js';

/** Whom a call is with, whoever of the two called. */
export function customerOf(interaction: Interaction): Party | null {
  return interaction.direction === 'outbound' ? (interaction.recipients[0] ?? null) : speakerOf(interaction);
}

/**
 * The number that somebody speaks from, or was called on, as `identityOf` names it; null of who hides it, of a mail, and
 * of a call between two of us. A message left on a machine that a mail brings was spoken too.
 */
export function callerOf(interaction: Interaction): string | null {
  const customer = customerOf(interaction);
  return interaction.direction !== 'internal' && customer?.kind === 'phone' ? identityOf(customer) : null;
}

/** Whether somebody calls who hides the number. */
export function isHidden(interaction: Interaction): boolean {
  return isSpoken(interaction) && interaction.direction === 'inbound' && interaction.sender.kind === 'anonymous';
}

/** What came of it, of a message that a mail brings too; null while that is open, and of what was written. */
export function spokenOutcome(interaction: Interaction): Interaction['outcome'] {
  const { outcome, occasion } = interaction;
  return outcome ?? (!isSpoken(interaction) && occasion === 'voicemail' ? 'voicemail_left' : null);
}
