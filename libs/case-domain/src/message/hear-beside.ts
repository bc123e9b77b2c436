import type { SpokenBeside } from '../decision/beside.js';
import type { Snapshot } from '../decision/snapshot.js';
import { isVoicemail } from './traits-of-voicemail.js';

/** Notes what became of a call or a message, so that those after it in the batch find it as it is now. */
export function hearBeside({ beside }: Snapshot, spoken: SpokenBeside): void {
  const { interaction } = spoken;
  if (isVoicemail(interaction) || interaction.channel === 'call') {
    beside.set(interaction.id, spoken);
  }
}
