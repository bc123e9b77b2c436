import type { Interaction } from '#libs/interaction';
import { SYSTEM } from '../case/case-change.js';
import { type CaseState, isLive } from '../case/case-state.js';
import { changeCase, type Changed } from '../case/change.js';
import type { SpokenBeside } from '../decision/beside.js';
import type { InteractionDecision } from '../decision/decision.js';
import { effectsOf, followedBy, NO_EFFECTS } from '../decision/effects.js';
import type { ThreadEvidence } from '../decision/evidence.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { survivorOf } from '../decision/survivor.js';
import { firstOfMessage } from '../message/same-message.js';
import { joinConversation } from '../thread/join-conversation.js';

const NO_THREAD: ThreadEvidence = { rule: 'none', matched: null, namedCaseId: null, conflicts: [] };

/**
 * A message of which it becomes known only now that another one is the same: it becomes that one's double, and their cases
 * become one by the rule for late parents. Null where nothing of it is so, where a person has worked in the younger case,
 * and where the case is over by now. `caseId`: where the message is.
 */
export function lateDouble(
  caseId: string | null,
  interaction: Interaction,
  snapshot: Snapshot,
  moment: Moment,
): InteractionDecision | null {
  const first = caseId === null ? null : firstOfMessage(interaction, snapshot);
  const own = caseId === null ? null : survivorOf(caseId, snapshot);
  const other = first?.caseId ? survivorOf(first.caseId, snapshot) : null;
  if (first === null || own === null || other === null) {
    return null;
  }
  const thread = { target: own, linked: [other], evidence: NO_THREAD };
  const join = own.id === other.id ? null : joinConversation(interaction, thread, snapshot, moment);
  const main = join?.main ?? own;
  const isOver = !isLive(main) || main.category === 'resolved';
  if (isOver || (own.id !== other.id && join === null)) {
    return null;
  }
  const without = counted(main, interaction, first, moment);
  return {
    verdict: {
      outcome: 'duplicate',
      sameAs: first.interaction.id,
      relatedCaseId: main.id,
      requester: null,
      submitter: null,
    },
    effects: followedBy(join?.effects ?? NO_EFFECTS, effectsOf({ cases: [without] })),
    evidence: {
      thread: NO_THREAD,
      requester: null,
      group: null,
      assignment: null,
      reasons: ['It is a message that came before, another way, as is known by now.'],
    },
  };
}

/** A message counts once, and the first stands for both. */
function counted(main: CaseState, double: Interaction, { interaction }: SpokenBeside, { now }: Moment): Changed {
  const isOrigin = main.originInteractionId === double.id;
  const fields = {
    interactionCount: Math.max(main.interactionCount - 1, 1),
    ...(isOrigin ? { originInteractionId: interaction.id } : {}),
  };
  return changeCase(main, 'interaction_detached', fields, {
    actor: SYSTEM,
    interactionId: double.id,
    at: now,
    occurredAt: double.told?.at ?? double.occurredAt,
    details: { interaction_id: double.id, reason: 'same_message', same_as: interaction.id },
  });
}
