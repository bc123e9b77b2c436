import type { Interaction } from '#libs/interaction';
import type { Decision, InteractionDecision } from '../decision/decision.js';
import { effectsOf, followedBy, type SuspensionWord } from '../decision/effects.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { decideInteraction } from './decide-interaction.js';

/** A person lets it go on: it is decided as if it had just come, and nothing holds it back again. */
export function decideReleased(
  interaction: Interaction,
  word: SuspensionWord,
  snapshot: Snapshot,
  moment: Moment,
): InteractionDecision {
  const decision = decideInteraction(interaction, snapshot, moment, { released: true });
  const released = effectsOf({ suspensions: [{ ...word, interactionId: interaction.id }] });
  return { ...decision, effects: followedBy(released, decision.effects) };
}

/** A person puts it aside for good; its row stays. */
export function decideRejected(
  interactionId: string,
  word: SuspensionWord,
): Decision<{ readonly outcome: 'rejected' }, null> {
  return {
    verdict: { outcome: 'rejected' },
    effects: effectsOf({ suspensions: [{ ...word, interactionId }] }),
    evidence: null,
  };
}
