import type { Interaction } from '#libs/interaction';
import { SYSTEM, type Actor, type Cause } from '../case/case-change.js';
import { changeCase, type Changed } from '../case/change.js';
import type { SpokenBeside } from '../decision/beside.js';
import type { InteractionDecision } from '../decision/decision.js';
import { effectsOf, NO_EFFECTS } from '../decision/effects.js';
import type { Evidence } from '../decision/evidence.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { isJoined, type RecordedBecause, type Suspension } from '../decision/verdict.js';
import { matchOfCustomer } from '../people/identified.js';
import type { Thread } from '../thread/thread.js';
import type { Hold } from './quarantine.js';

/** Who wants a case for an interaction. */
export interface Asked {
  readonly agentId: string | null;
}

/** Everything that the rules of one decision share. */
export interface Situation {
  readonly interaction: Interaction;
  readonly snapshot: Snapshot;
  readonly moment: Moment;
  readonly thread: Thread;
  /** A person took it out of the quarantine: nothing holds it back again. */
  readonly released: boolean;
  /** An agent wants a case for it, whatever the account says about opening some; null: nobody asked. */
  readonly asked: Asked | null;
  /** Plain sentences in the order in which the rules were applied. */
  readonly reasons: readonly string[];
}

export function because(situation: Situation, reason: string): Situation {
  return { ...situation, reasons: [...situation.reasons, reason] };
}

export function evidenceOf(situation: Situation, more: Partial<Evidence> = {}): Evidence {
  const { thread, reasons, interaction, snapshot } = situation;
  const requester = thread.evidence.rule === BY_CALLER ? matchOfCustomer(interaction, snapshot) : null;
  return { thread: thread.evidence, requester, group: null, assignment: null, ...more, reasons };
}

/** The rule that asked who calls (`withCaller`). */
const BY_CALLER = 'only_live_case';

const NOBODY = { requester: null, submitter: null } as const;

/** The interaction is kept, and touches no case. */
export function recorded(
  situation: Situation,
  because: RecordedBecause,
  relatedCaseId: string | null,
): InteractionDecision {
  const verdict = { outcome: 'recorded', because, relatedCaseId, ...NOBODY } as const;
  return { verdict, effects: NO_EFFECTS, evidence: evidenceOf(situation) };
}

/** The interaction is what another one is; that has the case. */
export function duplicate(situation: Situation, { interaction, caseId }: SpokenBeside): InteractionDecision {
  const verdict = { outcome: 'duplicate', sameAs: interaction.id, relatedCaseId: caseId, ...NOBODY } as const;
  return { verdict, effects: NO_EFFECTS, evidence: evidenceOf(situation) };
}

/** The interaction waits for a person. */
export function suspended(situation: Situation, because: Suspension): InteractionDecision {
  const relatedCaseId = situation.thread.target?.id ?? null;
  return waiting(situation.interaction.id, because, relatedCaseId, evidenceOf(situation));
}

/** The interaction waits for a person, who sees what would have become of it. */
export function withheld({ id }: Interaction, decision: InteractionDecision, hold: Hold): InteractionDecision {
  const { verdict, evidence } = decision;
  const reasons = [...evidence.reasons, hold.sentence];
  return waiting(id, hold.reason, isJoined(verdict) ? verdict.caseId : null, { ...evidence, reasons });
}

function waiting(
  interactionId: string,
  because: Suspension,
  relatedCaseId: string | null,
  evidence: Evidence,
): InteractionDecision {
  const verdict = { outcome: 'suspended', because, relatedCaseId, ...NOBODY } as const;
  return {
    verdict,
    effects: effectsOf({ suspensions: [{ change: 'opened', interactionId, reason: because }] }),
    evidence,
  };
}

/** A cause that is the interaction itself. */
export function causedBy({ interaction, moment }: Situation, actor: Actor, details: Cause['details']): Cause {
  return { actor, interactionId: interaction.id, at: moment.now, occurredAt: interaction.occurredAt, details };
}

/** What people are told of how it was threaded. */
export function threadFlags({ evidence }: Thread): string[] {
  return evidence.nameReused === true ? ['message_id_reused'] : [];
}

/** Adds the event that tells people of references to other cases, when there are any. */
export function withConflicts(main: Changed, situation: Situation): Changed[] {
  const { conflicts, matched, rule } = situation.thread.evidence;
  if (conflicts.length === 0) {
    return [main];
  }
  const cause = causedBy(situation, SYSTEM, { chosen: { rule, ...matched }, conflicts });
  return [main, changeCase(main.state, 'threading_conflict', {}, cause)];
}
