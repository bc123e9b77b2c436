import type { CaseState } from '../case/case-state.js';
import { answeringAgent } from '../people/answering-agent.js';
import { changeCase, type CaseFields } from '../case/change.js';
import { rulesInDetails } from '../rule/settled-ruling.js';
import { threadClaims } from '../thread/claims.js';
import { SYSTEM, type Actor, type CaseChangeKind, type Cause } from '../case/case-change.js';
import type { InteractionDecision } from '../decision/decision.js';
import { viaOf } from '../new-case/via.js';
import { effectsOf } from '../decision/effects.js';
import type { JoinedVerdict } from '../decision/verdict.js';
import { groupOfAnswering } from '../new-case/group.js';
import { isForward } from '../people/forward.js';
import { isSpoken } from '../people/people.js';
import { moverOf, senderActor, submitterOf } from './actors.js';
import { ownerFor, reassigned, type RuledChoice } from './owner.js';
import { causedBy, evidenceOf, threadFlags, withConflicts, type Situation } from './situation.js';
import type { Standing } from '../people/standing.js';

/** What an attached message does to the case beside being counted. */
interface Outcome {
  readonly kind: CaseChangeKind;
  readonly effect: JoinedVerdict['outcome'];
  readonly fields: CaseFields;
  readonly actor: Actor;
  readonly visibility?: JoinedVerdict['visibility'];
  readonly flags?: readonly string[];
  readonly assignment?: RuledChoice;
}

/** An automatic message joins the case and moves nothing but the count; a stranger's is for agents' eyes. */
export function attachAutomatic(situation: Situation, target: CaseState, standing: Standing): InteractionDecision {
  return attach(situation, target, {
    kind: 'interaction_attached',
    effect: 'automatic',
    fields: {},
    actor: SYSTEM,
    visibility: standing === 'stranger' ? 'internal' : 'public',
  });
}

/** A stranger's message: for agents' eyes, and without effect on the status. */
export function attachInternal(situation: Situation, target: CaseState): InteractionDecision {
  return attach(situation, target, {
    kind: 'interaction_attached',
    effect: 'internal',
    fields: {},
    actor: senderActor(situation),
    visibility: 'internal',
    flags: ['unverified_sender'],
  });
}

/** What an agent, or we ourselves, wrote to the customer: no automatic status change (domain.md §5). */
export function attachAgentMessage(situation: Situation, target: CaseState): InteractionDecision {
  if (isForward(situation.interaction.forwarded)) {
    return attachForward(situation, target);
  }
  const at = situation.interaction.occurredAt;
  return attach(situation, target, {
    kind: 'interaction_attached',
    effect: 'attached',
    fields: { lastAgentAt: later(target.lastAgentAt, at), firstResponseAt: target.firstResponseAt ?? at },
    actor: senderActor(situation),
  });
}

/** What an agent forwarded to a case: she has not answered anybody, and what she wrote above it is for colleagues. */
function attachForward(situation: Situation, target: CaseState): InteractionDecision {
  return attach(situation, target, {
    kind: 'interaction_attached',
    effect: 'internal',
    fields: {},
    actor: senderActor(situation),
    visibility: 'internal',
  });
}

/** A call of ours that nobody took: it shows in the case that it was dialled from. */
export function attachUnanswered(situation: Situation, target: CaseState): InteractionDecision {
  return attachHeard(situation, target, {});
}

/** A customer's message by the matrix of domain.md §4: waiting cases open, resolved ones reopen. */
export function attachCustomerMessage(situation: Situation, target: CaseState): InteractionDecision {
  const lastRequesterAt = later(target.lastRequesterAt, situation.interaction.occurredAt);
  return attachConversation(situation, target, { lastRequesterAt });
}

/** A call of ours that the customer took moves the case as one of theirs does; it was the agent who did it. */
export function attachDialled(situation: Situation, target: CaseState): InteractionDecision {
  const at = situation.interaction.occurredAt;
  const heard = { lastAgentAt: later(target.lastAgentAt, at), firstResponseAt: target.firstResponseAt ?? at };
  return attachConversation(situation, target, heard);
}

function attachConversation(situation: Situation, target: CaseState, heard: CaseFields): InteractionDecision {
  switch (target.category) {
    case 'new':
      return attachToNew(situation, target, heard);
    case 'open':
      return attachHeard(situation, target, heard);
    case 'pending':
    case 'on_hold': {
      const owned = ownerFor(situation, target, true);
      return attach(situation, target, {
        kind: 'status_changed',
        effect: 'attached',
        fields: { ...heard, ...owned.fields },
        actor: moverOf(situation),
        assignment: owned.assignment,
      });
    }
    case 'resolved':
      return attachReopening(situation, target, heard);
  }
}

function attachHeard(situation: Situation, target: CaseState, heard: CaseFields): InteractionDecision {
  return attach(situation, target, {
    kind: 'interaction_attached',
    effect: 'attached',
    fields: heard,
    actor: senderActor(situation),
  });
}

/** A case that nobody has yet becomes the answering agent's (A2), where there is one who may have it. */
function attachToNew(situation: Situation, target: CaseState, heard: CaseFields): InteractionDecision {
  const { interaction, snapshot } = situation;
  const groupId = groupOfAnswering(interaction, target.groupId, snapshot)?.groupId ?? target.groupId;
  const assignment = answeringAgent(interaction, snapshot) && reassigned(situation, { ...target, groupId });
  if (assignment?.evidence.rule !== 'A2') {
    return attachHeard(situation, target, heard);
  }
  const statusId = snapshot.account.defaultStatus.open;
  return attach(situation, target, {
    kind: 'assigned',
    effect: 'attached',
    fields: { ...heard, groupId, assigneeId: assignment.agentId, category: 'open', statusId },
    actor: moverOf(situation),
    assignment,
  });
}

function attachReopening(situation: Situation, target: CaseState, heard: CaseFields): InteractionDecision {
  const keeps = situation.snapshot.groups.get(target.groupId)?.keepOwnerOnReopen ?? true;
  const owned = ownerFor(situation, target, keeps);
  const reopened = {
    resolvedAt: null,
    resolution: null,
    resolutionSource: null,
    reopenCount: target.reopenCount + 1,
    autoAssign: true,
  };
  return attach(situation, target, {
    kind: 'reopened',
    effect: 'reopened',
    fields: { ...heard, ...reopened, ...owned.fields },
    actor: moverOf(situation),
    assignment: owned.assignment,
  });
}

function attach(situation: Situation, target: CaseState, outcome: Outcome): InteractionDecision {
  const { interaction, snapshot } = situation;
  const fields = { ...outcome.fields, interactionCount: target.interactionCount + 1 };
  const flags = flagsOf(situation, outcome);
  const main = changeCase(target, outcome.kind, fields, causeOf(situation, outcome, flags));
  const turn = outcome.assignment?.turn ?? null;
  return {
    verdict: {
      outcome: outcome.effect,
      caseId: target.id,
      visibility: outcome.visibility ?? (isSpoken(interaction) ? 'internal' : 'public'),
      flags,
      requester: target.requester,
      submitter: submitterOf(situation),
    },
    effects: effectsOf({
      cases: withConflicts(main, situation),
      threads: threadClaims(interaction, target.id, snapshot),
      ...(turn === null ? {} : { turns: [turn] }),
    }),
    evidence: evidenceOf(situation, {
      assignment: outcome.assignment?.evidence ?? null,
      ...(outcome.assignment?.rules === undefined ? {} : { rules: outcome.assignment.rules }),
    }),
  };
}

/** People are told of a sender that failed its proof, whatever was made of it. */
function flagsOf({ interaction, thread }: Situation, outcome: Outcome): string[] {
  const failed = interaction.trust.verdict === 'fail' ? ['failed_authentication'] : [];
  return [...(outcome.flags ?? []), ...failed, ...threadFlags(thread)];
}

function causeOf(situation: Situation, outcome: Outcome, flags: readonly string[]): Cause {
  const { interaction, thread } = situation;
  return causedBy(situation, outcome.actor, {
    thread_rule: thread.evidence.rule,
    effect: outcome.effect,
    via: viaOf(interaction, interaction.direction),
    ...(outcome.assignment === undefined ? {} : { assignment: outcome.assignment.evidence }),
    ...rulesInDetails(outcome.assignment?.rules ?? []),
    ...(flags.length === 0 ? {} : { flags }),
  });
}

/** Messages arrive in any order; the latest one counts. */
function later(left: string | null, right: string): string {
  return left !== null && left > right ? left : right;
}
