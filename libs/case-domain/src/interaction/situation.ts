import type { Interaction } from '#libs/interaction';
import { SYSTEM, type CaseChange } from '../case/case-change.js';
import type { Moment } from '../decision/moment.js';
import type { Decision, Evidence, SuspendDecision, Suspension } from '../decision/decision.js';
import { changeCase, type Changed } from '../case/change.js';
import type { Hold } from './quarantine.js';
import type { Snapshot } from '../decision/snapshot.js';
import type { Thread } from '../thread/thread.js';

/** Everything that the rules of one decision share. */
export interface Situation {
  readonly interaction: Interaction;
  readonly snapshot: Snapshot;
  readonly moment: Moment;
  readonly thread: Thread;
  /** Plain sentences in the order in which the rules were applied. */
  readonly reasons: readonly string[];
}

export function because(situation: Situation, reason: string): Situation {
  return { ...situation, reasons: [...situation.reasons, reason] };
}

export function evidenceOf(situation: Situation, more: Partial<Evidence> = {}): Evidence {
  const { thread, reasons } = situation;
  return { thread: thread.evidence, requester: null, group: null, assignment: null, ...more, reasons };
}

/** The interaction is kept, and touches no case. */
export function recorded(
  situation: Situation,
  reason: Extract<Decision, { kind: 'record' }>['reason'],
  relatedCaseId: string | null,
): Decision {
  return {
    kind: 'record',
    interactionId: situation.interaction.id,
    reason,
    relatedCaseId,
    evidence: evidenceOf(situation),
    contact: null,
    requester: null,
    submitter: null,
  };
}

/** The interaction waits for a person. */
export function suspended(situation: Situation, reason: Suspension): SuspendDecision {
  return {
    kind: 'suspend',
    interactionId: situation.interaction.id,
    reason,
    relatedCaseId: situation.thread.target?.id ?? null,
    evidence: evidenceOf(situation),
    contact: null,
    requester: null,
    submitter: null,
  };
}

/** The interaction waits for a person, who sees what would have become of it. */
export function withheld(decision: Decision, { reason, sentence }: Hold): SuspendDecision {
  const { interactionId, evidence } = decision;
  return {
    kind: 'suspend',
    interactionId,
    reason,
    relatedCaseId: decision.kind === 'attach' ? decision.state.id : null,
    evidence: { ...evidence, reasons: [...evidence.reasons, sentence] },
    contact: null,
    requester: null,
    submitter: null,
  };
}

/** What people are told of how it was threaded. */
export function threadFlags({ evidence }: Thread): string[] {
  return evidence.nameReused === true ? ['message_id_reused'] : [];
}

/** Where a change came in, as every event says. */
export function viaOf(interaction: Interaction, rel: string) {
  const { source, sender, endpoint } = interaction;
  return { channel: source, from: sender.value, to: endpoint?.address ?? null, rel };
}

/** Adds the event that tells people of references to other cases, when there are any. */
export function withConflicts(main: Changed, situation: Situation): { state: Changed['state']; changes: CaseChange[] } {
  const { conflicts, matched, rule } = situation.thread.evidence;
  if (conflicts.length === 0) {
    return { state: main.state, changes: [main.change] };
  }
  const details = { chosen: { rule, ...matched }, conflicts };
  const conflict = changeCase(
    main.state,
    'threading_conflict',
    {},
    { actor: SYSTEM, details, at: situation.moment.now },
  );
  return { state: conflict.state, changes: [main.change, conflict.change] };
}
