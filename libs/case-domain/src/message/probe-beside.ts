import type { Interaction } from '#libs/interaction';
import type { Lookups } from '../decision/needs.js';
import type { CallTimes } from '../call/call-times.js';
import { callerOf } from '../people/customer.js';
import { LEFT_AFTER_MS, timesOf } from './its-call.js';
import { isVoicemail, namesOfVoicemail } from './traits-of-voicemail.js';

const HOUR = 3600_000;

/** What a message may be the same as or belong to, and what may have been left in a call that nobody took. */
export function probeBeside(interaction: Interaction, { beside, voicemails }: Lookups, times: CallTimes): void {
  namesOfVoicemail(interaction).forEach((name) => voicemails.add(name));
  const caller = callerOf(interaction);
  const span = caller === null ? null : spanOf(interaction);
  if (caller !== null && span !== null) {
    const since = new Date(Date.parse(span.from) - times.maxDurationHours * HOUR).toISOString();
    const until = new Date(Date.parse(span.to) + LEFT_AFTER_MS).toISOString();
    beside.set(interaction.id, { caller, since, until });
  }
}

function spanOf(interaction: Interaction): { readonly from: string; readonly to: string } | null {
  if (isVoicemail(interaction)) {
    return { from: interaction.occurredAt, to: interaction.occurredAt };
  }
  const isAsked = interaction.channel === 'call' && interaction.direction === 'inbound';
  const { startedAt, endedAt, isConnected } = timesOf(interaction);
  return isAsked && !isConnected && endedAt !== null ? { from: startedAt, to: endedAt } : null;
}
