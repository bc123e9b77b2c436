import type { Interaction, Reference } from '#libs/interaction';
import { sameSubject } from './canonical-subject.js';
import type { CaseState } from '../case/case-state.js';
import type { IgnoredBecause } from '../decision/evidence.js';
import { proofOf } from '../people/people.js';
import { threadKeyOf, type Snapshot } from '../decision/snapshot.js';
import { standingOf } from '../people/standing.js';
import { survivorOf } from '../decision/survivor.js';

/** What a reference that anybody can guess amounts to. */
export type GuessedCase =
  | { readonly because: null; readonly namedCaseId: string; readonly state: CaseState }
  | { readonly because: IgnoredBecause; readonly state: CaseState | null };

/**
 * References that prove nothing: a case's public number, unless an agent dialled from the case, and a group that the
 * mail provider made by subject.
 */
export function isGuessable({ kind, via }: Reference): boolean {
  return (kind === 'case_number' && via !== 'chosen_case') || kind === 'provider_thread';
}

/**
 * The case of a guessable reference, when the sender may mean it: a requester, a participant or an agent of that very
 * case, who did not fail the proof of identity; for a provider's thread the subject must be the case's as well.
 */
export function guessedCase(reference: Reference, interaction: Interaction, snapshot: Snapshot): GuessedCase {
  const namedCaseId = numberedOrGrouped(reference, snapshot);
  const state = namedCaseId === null ? null : survivorOf(namedCaseId, snapshot);
  if (namedCaseId === null || state === null) {
    return { because: 'unknown', state: null };
  }
  if (standingOf(interaction, state, reference.via, snapshot) === 'stranger') {
    return { because: 'not_of_the_case', state };
  }
  if (proofOf(interaction) === 'doubted') {
    return { because: 'unproven', state };
  }
  if (reference.kind === 'provider_thread' && !sameSubject(interaction.content.subject, state.subject)) {
    return { because: 'other_subject', state };
  }
  return { because: null, namedCaseId, state };
}

function numberedOrGrouped({ kind, value }: Reference, snapshot: Snapshot): string | null {
  return kind === 'case_number'
    ? (snapshot.numbers.get(value) ?? null)
    : (snapshot.threads.get(threadKeyOf(kind, value))?.caseId ?? null);
}
