import type { SuspensionWord } from '#libs/case-domain';
import type { StoredInteraction } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import type { CompletionQuestion, InteractionQuestion } from './questions.js';

/** Nothing is merged any more into what was erased or redacted: it would bring back what it said. */
export function isBlank(stored: StoredInteraction | undefined): boolean {
  return stored?.outcome === 'erased' || stored?.isRedacted === true;
}

export function releasedQuestion(stored: StoredInteraction, word: SuspensionWord | null): InteractionQuestion {
  const { payload } = stored;
  return {
    kind: 'interaction',
    interaction: interactionOf(stored),
    payload,
    endpoints: null,
    stored,
    released: { word },
  };
}

/** A row holds only what was checked before it was written. */
export function interactionOf({ payload }: StoredInteraction): Interaction {
  return JSON.parse(payload) as Interaction;
}

/** The message that came before the one of the row, another way; null of everything else. */
export function firstNamedBy({ outcome, decision }: StoredInteraction): string | null {
  const { settled } = outcome === 'duplicate' ? (JSON.parse(decision) as { settled?: { same_as?: string } }) : {};
  return settled?.same_as ?? null;
}

/** What there is of a message whose first is gone or was redacted completes nothing but itself. */
export function completionQuestion(
  first: StoredInteraction | undefined,
  double: StoredInteraction,
): CompletionQuestion {
  const doubled = interactionOf(double);
  return first === undefined || isBlank(first)
    ? { kind: 'completion', first: double, before: doubled, double, doubled }
    : { kind: 'completion', first, before: interactionOf(first), double, doubled };
}
