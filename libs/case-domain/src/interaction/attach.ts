import type { CaseState, SubmitterReference } from '../case/case-state.js';
import { chooseAssignee, keptAssignee, stickyContact, type AssignmentChoice } from '../people/assignee.js';
import { changeCase, type CaseFields } from '../case/change.js';
import { threadClaims } from '../thread/claims.js';
import { SYSTEM, type Actor, type CaseChangeKind, type Cause } from '../case/case-change.js';
import type { InteractionDecision } from '../decision/decision.js';
import { effectsOf } from '../decision/effects.js';
import type { JoinedVerdict } from '../decision/verdict.js';
import { isForward } from '../people/forward.js';
import { agentOf, knownIdentity, speakerOf } from '../people/people.js';
import { causedBy, evidenceOf, threadFlags, viaOf, withConflicts, type Situation } from './situation.js';
import type { Standing } from '../people/standing.js';

/** What an attached message does to the case beside being counted. */
interface Outcome {
  readonly kind: CaseChangeKind;
  readonly effect: JoinedVerdict['outcome'];
  readonly fields: CaseFields;
  readonly actor: Actor;
  readonly visibility?: JoinedVerdict['visibility'];
  readonly flags?: readonly string[];
  readonly assignment?: AssignmentChoice;
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

/** A customer's message by the matrix of domain.md §4: waiting cases open, resolved ones reopen. */
export function attachCustomerMessage(situation: Situation, target: CaseState): InteractionDecision {
  const heard = { lastRequesterAt: later(target.lastRequesterAt, situation.interaction.occurredAt) };
  switch (target.category) {
    case 'new':
    case 'open':
      return attach(situation, target, {
        kind: 'interaction_attached',
        effect: 'attached',
        fields: heard,
        actor: senderActor(situation),
      });
    case 'pending':
    case 'on_hold': {
      const owned = ownerFor(situation, target, true);
      return attach(situation, target, {
        kind: 'status_changed',
        effect: 'attached',
        fields: { ...heard, ...owned.fields },
        actor: SYSTEM,
        assignment: owned.assignment,
      });
    }
    case 'resolved':
      return attachReopening(situation, target, heard);
  }
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
    actor: SYSTEM,
    assignment: owned.assignment,
  });
}

/** A3: the owner stays when usable; else the group's strategies; else the case is new again (I-1, I-2). */
function ownerFor(situation: Situation, target: CaseState, keeps: boolean) {
  const { snapshot } = situation;
  const kept = keeps ? keptAssignee(target, snapshot) : null;
  const assignment = kept === null ? reassigned(situation, target) : ownerStays(kept);
  // A task is always somebody's (I-6): it stays with an agent who cannot go on with it, until a person gives it away.
  const assigneeId = assignment.agentId ?? (target.type === 'task' ? target.assigneeId : null);
  const category = assigneeId === null ? 'new' : 'open';
  const statusId = snapshot.account.defaultStatus[category];
  return { assignment, fields: { assigneeId, category, statusId } as const };
}

function reassigned({ snapshot, moment }: Situation, target: CaseState): AssignmentChoice {
  const contactId = stickyContact(target.requester, target.requesterMatch.confidence);
  return chooseAssignee({ groupId: target.groupId, contactId, now: moment.now }, snapshot);
}

function ownerStays(agentId: string): AssignmentChoice {
  const chosenBecause = 'has the case already';
  return { agentId, evidence: { rule: 'A3', strategy: null, candidatesCount: 1, chosenBecause }, turn: null };
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
      visibility: outcome.visibility ?? 'public',
      flags,
      requester: target.requester,
      submitter: submitterOf(situation),
    },
    effects: effectsOf({
      cases: withConflicts(main, situation),
      threads: threadClaims(interaction, target.id, snapshot),
      ...(turn === null ? {} : { turns: [turn] }),
    }),
    evidence: evidenceOf(situation, { assignment: outcome.assignment?.evidence ?? null }),
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
    ...(flags.length === 0 ? {} : { flags }),
  });
}

function submitterOf({ interaction, snapshot }: Situation): SubmitterReference | null {
  const speaker = speakerOf(interaction);
  const agent = agentOf(speaker, snapshot);
  if (agent !== null) {
    return { kind: 'agent', id: agent.id };
  }
  const identity = knownIdentity(speaker, snapshot);
  return identity === null || identity.shared ? null : { kind: 'contact', id: identity.contactId };
}

/** Who acted: a person as far as one is known. A participant may have no contact yet. */
function senderActor(situation: Situation): Actor {
  return (
    submitterOf(situation) ?? { kind: situation.interaction.direction === 'outbound' ? 'system' : 'contact', id: null }
  );
}

/** Messages arrive in any order; the latest one counts. */
function later(left: string | null, right: string): string {
  return left !== null && left > right ? left : right;
}
