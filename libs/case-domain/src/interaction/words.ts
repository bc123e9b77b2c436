import type { Interaction } from '#libs/interaction';
import { localTime } from '../case/local-time.js';
import type { Snapshot } from '../decision/snapshot.js';
import { wordsOf } from '../people/forward.js';
import { isSpoken } from '../people/people.js';

/** Characters of a subject that a case keeps; the interaction has the whole of it. */
const SUBJECT_CHARACTERS = 150;

/** Subject and text of a case. */
export interface Words {
  readonly subject: string;
  readonly text: string;
}

/** What a case that the interaction opens says. What was spoken bears its time, by the clocks of the account. */
export function wordsFor(interaction: Interaction, { account }: Snapshot): Words {
  const { subject, text } = wordsOf(interaction);
  const when = isSpoken(interaction) ? `, ${localTime(account.timeZone, interaction.occurredAt)}` : '';
  return { subject: shortSubject(`${subject}${when}`), text };
}

/** Cut between characters, never inside one: PostgreSQL counts code points and refuses half of one. */
function shortSubject(subject: string): string {
  const trimmed = subject.trim();
  return trimmed.length <= SUBJECT_CHARACTERS ? trimmed : [...trimmed].slice(0, SUBJECT_CHARACTERS).join('').trimEnd();
}
