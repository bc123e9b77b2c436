import { interactionId, type Interaction } from '#libs/interaction';
import { LINE_UNTOLD, subjectOf } from '../voicemail/interaction-of-voicemail.js';
import { recordIn } from './traits-of-voicemail.js';

/**
 * Id of the call that has to say whose a message is, or on which line it was left, because the telephone system has named the
 * call and not said that again; null of every other interaction.
 */
export function callToldOf(interaction: Interaction): string | null {
  const call = recordIn(interaction)?.said.callId?.value ?? null;
  const isWhole = hasCaller(interaction) && hasLine(interaction);
  return call === null || isWhole ? null : interactionId(interaction.accountId, 'call', call);
}

/** The message with the line and the caller of its call, where it has none of its own (channels.md G). */
export function withLineOfCall(interaction: Interaction, call: Interaction): Interaction {
  if (call.direction !== 'inbound') {
    return interaction;
  }
  const { endpoint, recipients } = hasLine(interaction) ? interaction : call;
  const sender = hasCaller(interaction) || call.sender.kind !== 'phone' ? interaction.sender : call.sender;
  const content = { ...interaction.content, subject: subjectOf(sender) };
  const flags = interaction.flags.filter((flag) => flag !== LINE_UNTOLD);
  return { ...interaction, endpoint, recipients, sender, content, flags };
}

/** One who hides the number was told of, too. */
function hasCaller(interaction: Interaction): boolean {
  return recordIn(interaction)?.said.from !== undefined;
}

/** Where no line is told the connection stands in for it. */
function hasLine({ endpoint }: Interaction): boolean {
  return endpoint?.address !== endpoint?.connection;
}
