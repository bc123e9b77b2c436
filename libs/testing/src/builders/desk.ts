import {
  advance,
  CALL_FOLD,
  type CaseChange,
  caseOf,
  type CaseState,
  type DecidedInteraction,
  type FoldedInteraction,
  type FoldKind,
  hearCall,
  outcomeOf,
  reviseInteraction,
  type RevisionDecision,
  type Snapshot,
  VOICEMAIL_FOLD,
} from '#libs/case-domain';
import {
  callInteractionId,
  type CallFact,
  type Interaction,
  type VoicemailFact,
  voicemailInteractionId,
} from '#libs/interaction';
import { aMoment } from './moment.js';
import { aSnapshot, type SnapshotParts } from './cases.js';

export type SpokenFact = CallFact | VoicemailFact;

/** A small account in memory that is told facts about calls, and does what the ledger does with its tables. */
export interface Desk {
  readonly snapshot: Snapshot;
  /** Facts of one batch. */
  tell(...facts: readonly SpokenFact[]): void;
  /** What is known of the calls, by the ids of their interactions. */
  interactions(): Interaction[];
  /** How the call or the voicemail ended, as its row would say. */
  outcome(interactionId: string): string | null;
  /** Cases that did not end in another one. */
  cases(): CaseState[];
  /** All that ever happened to a case, oldest first. */
  history(caseId: string): readonly CaseChange[];
}

export function aDesk(parts: SnapshotParts = {}): Desk {
  const snapshot = aSnapshot(parts);
  const moment = aMoment();
  const rows = new Map<string, DecidedInteraction>();
  const known = new Set<string>();

  const settle = (folded: FoldedInteraction): void => {
    const { interaction } = folded;
    const stored = rows.get(interaction.id) ?? null;
    const decision = reviseInteraction(stored, folded, snapshot, moment);
    advance(snapshot, decision.effects);
    const row = rowAfter(decision, stored, interaction);
    rows.set(interaction.id, row);
    for (const { fromCaseId, toCaseId } of decision.effects.moves) {
      rows.forEach((one, id) => one.caseId === fromCaseId && rows.set(id, { ...one, caseId: toCaseId }));
    }
    if (row.outcome !== 'waiting') {
      hearCall(snapshot, row);
    }
  };

  return {
    snapshot,
    tell(...facts) {
      const fresh = facts.filter(({ id }) => !known.has(id) && known.add(id));
      const byInteraction = new Map<string, SpokenFact[]>();
      fresh.forEach((fact) => byInteraction.set(idOf(fact), [...(byInteraction.get(idOf(fact)) ?? []), fact]));
      for (const [id, own] of byInteraction) {
        settle(foldOf(own[0]!).fold(rows.get(id)?.interaction ?? null, own));
      }
    },
    interactions: () => [...rows.values()].map(({ interaction }) => interaction).sort(byId),
    outcome: (id) => rows.get(id)?.outcome ?? null,
    cases: () => [...snapshot.cases.values()].filter(({ mergedIntoId }) => mergedIntoId === null),
    history: (caseId) => snapshot.changes.get(caseId) ?? [],
  };
}

function rowAfter(
  { verdict }: RevisionDecision,
  stored: DecidedInteraction | null,
  interaction: Interaction,
): DecidedInteraction {
  if (verdict.outcome === 'kept' || verdict.outcome === 'waiting') {
    return { outcome: stored?.outcome ?? 'waiting', caseId: stored?.caseId ?? null, interaction };
  }
  return { outcome: outcomeOf(verdict), caseId: caseOf(verdict), interaction };
}

function idOf(fact: SpokenFact): string {
  return fact.channel === 'call' ? callInteractionId(fact) : voicemailInteractionId(fact);
}

function foldOf({ channel }: SpokenFact): FoldKind {
  return channel === 'call' ? CALL_FOLD : VOICEMAIL_FOLD;
}

function byId(one: Interaction, other: Interaction): number {
  return one.id < other.id ? -1 : 1;
}
