import type { Interaction, Reference } from '#libs/interaction';
import type { CaseState } from './case-state.js';
import type { ThreadEvidence } from './decision.js';
import { threadKeyOf, type Snapshot } from './snapshot.js';

/** The case that an interaction belongs to, merges followed, and how that was found. */
export interface Thread {
  /** May be closed or in the trash; null when nothing leads to a case. */
  readonly target: CaseState | null;
  readonly evidence: ThreadEvidence;
}

interface Hit {
  readonly rule: string;
  readonly kind: string;
  readonly value: string;
  readonly namedCaseId: string;
  readonly state: CaseState;
}

/**
 * Finds the case of an interaction (domain.md §10):
 * 1. its references, strongest first as the adapter ordered them;
 * 2. its own name, when an earlier reply is waiting for it.
 * The first hit decides. Hits on other cases are conflicts and are reported.
 */
export function findThread(interaction: Interaction, snapshot: Snapshot): Thread {
  const hits = [...referenceHits(interaction, snapshot), ...awaitedHits(interaction, snapshot)];
  const first = hits[0];
  if (first === undefined) {
    return { target: null, evidence: { rule: 'none', matched: null, namedCaseId: null, conflicts: [] } };
  }
  return {
    target: first.state,
    evidence: {
      rule: first.rule,
      matched: { kind: first.kind, value: first.value },
      namedCaseId: first.namedCaseId,
      conflicts: conflictsOf(first, hits),
    },
  };
}

/** The case that a merged one lives on in; null when the case is not known. */
export function survivorOf(caseId: string, snapshot: Snapshot): CaseState | null {
  let state = snapshot.cases.get(caseId) ?? null;
  const seen = new Set<string>();
  while (state !== null && state.mergedIntoId !== null && !seen.has(state.id)) {
    seen.add(state.id);
    const next = snapshot.cases.get(state.mergedIntoId);
    if (next === undefined) {
      break;
    }
    state = next;
  }
  return state;
}

function referenceHits(interaction: Interaction, snapshot: Snapshot): Hit[] {
  return interaction.references.flatMap((reference) => {
    const namedCaseId = namedCase(reference, interaction, snapshot);
    return namedCaseId === null
      ? []
      : hitOn(namedCaseId, { rule: reference.via, kind: reference.kind, value: reference.value }, snapshot);
  });
}

function namedCase(reference: Reference, interaction: Interaction, snapshot: Snapshot): string | null {
  if (reference.kind === 'case') {
    return reference.value;
  }
  // A name of its own says nothing about where it belongs, even when an earlier message bears the same one.
  const own = interaction.threadKeys.some((key) => key.kind === reference.kind && key.value === reference.value);
  return own ? null : (snapshot.threads.get(threadKeyOf(reference.kind, reference.value))?.caseId ?? null);
}

function awaitedHits(interaction: Interaction, snapshot: Snapshot): Hit[] {
  return interaction.threadKeys.flatMap(({ kind, value }) => {
    const awaited = snapshot.threads.get(threadKeyOf(kind, value));
    return awaited?.interactionId === null
      ? hitOn(awaited.caseId, { rule: 'awaited_message', kind, value }, snapshot)
      : [];
  });
}

function hitOn(namedCaseId: string, by: Pick<Hit, 'rule' | 'kind' | 'value'>, snapshot: Snapshot): Hit[] {
  const state = survivorOf(namedCaseId, snapshot);
  return state === null ? [] : [{ ...by, namedCaseId, state }];
}

function conflictsOf(first: Hit, hits: readonly Hit[]): ThreadEvidence['conflicts'] {
  const seen = new Set([first.state.id]);
  return hits.flatMap(({ rule, kind, value, state }) => {
    if (seen.has(state.id)) {
      return [];
    }
    seen.add(state.id);
    return [{ rule, kind, value, caseId: state.id }];
  });
}
