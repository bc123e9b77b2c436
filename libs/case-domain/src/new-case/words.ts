import type { Interaction } from '#libs/interaction';
import type { RequesterMatch } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';
import { wordsOf } from '../people/forward.js';
import { isOfCall } from '../people/people.js';
import { spokenSubject, spokenText } from './spoken-words.js';

/** Characters of a subject that a case keeps; the interaction has the whole of it. */
const SUBJECT_CHARACTERS = 150;

/** Subject and text of a case. */
export interface Words {
  readonly subject: string;
  readonly text: string;
}

/** What a case that the interaction opens says. `match`: how its requester was found. */
export function wordsFor(interaction: Interaction, match: RequesterMatch, snapshot: Snapshot): Words {
  if (isOfCall(interaction)) {
    const subject = shortSubject(spokenSubject(interaction, match, snapshot));
    return { subject, text: spokenText(interaction, snapshot) };
  }
  const { subject, text } = wordsOf(interaction);
  return { subject: shortSubject(subject), text };
}

/** Cut between characters, never inside one: PostgreSQL counts code points and refuses half of one. */
function shortSubject(subject: string): string {
  const trimmed = subject.trim();
  return trimmed.length <= SUBJECT_CHARACTERS ? trimmed : [...trimmed].slice(0, SUBJECT_CHARACTERS).join('').trimEnd();
}
