import {
  caseOf,
  type Evidence,
  type InteractionDecision,
  type InteractionVerdict,
  outcomeOf,
  type RevisionDecision,
  type Visibility,
} from '#libs/case-domain';
import type { InteractionRow, StoredInteraction } from '#libs/case-store';

/** What the row of an interaction says about what became of it. */
export type SettledColumns = Pick<InteractionRow, 'caseId' | 'visibility' | 'outcome' | 'decision'> & {
  /** ISO 8601; absent: it is decided now. */
  readonly decidedAt?: string;
};

export function settledColumns({
  verdict,
  evidence,
}: Pick<InteractionDecision, 'verdict' | 'evidence'>): SettledColumns {
  return {
    caseId: caseOf(verdict),
    visibility: visibilityOf(verdict),
    outcome: outcomeOf(verdict),
    decision: evidenceText(evidence, settledBy(verdict)),
  };
}

/** Of an interaction that further facts are known of: what was decided before stays as it was written. */
export function revisedColumns(decision: RevisionDecision, stored: StoredInteraction | null): SettledColumns {
  if (decision.evidence === null) {
    if (stored === null) {
      throw new Error('what has no row yet cannot stay as it was');
    }
    const { caseId, visibility, outcome, decision: text, decidedAt } = stored;
    return { caseId, visibility, outcome, decision: text, decidedAt: decidedAt.toISOString() };
  }
  const { verdict, evidence } = decision;
  return verdict.outcome === 'waiting'
    ? { caseId: null, visibility: 'internal', outcome: 'waiting', decision: evidenceText(evidence, {}) }
    : settledColumns({ verdict, evidence });
}

/** Nobody but colleagues sees what waits; what is recorded is nobody's secret. */
function visibilityOf(verdict: InteractionVerdict): Visibility {
  switch (verdict.outcome) {
    case 'recorded':
      return 'public';
    case 'suspended':
    case 'duplicate':
      return 'internal';
    default:
      return verdict.visibility;
  }
}

/** The evidence with what was concluded beyond the case itself, as the interaction's row keeps it: JSON text. */
function evidenceText(evidence: Evidence, settled: Record<string, unknown>): string {
  return JSON.stringify({ ...evidence, settled });
}

function settledBy(verdict: InteractionVerdict): Record<string, unknown> {
  const { requester, submitter } = verdict;
  switch (verdict.outcome) {
    case 'created':
    case 'followed_up':
      return { requester, submitter, relation: verdict.relation };
    case 'recorded':
      return { requester, submitter, related_case_id: verdict.relatedCaseId };
    case 'duplicate':
      return { requester, submitter, related_case_id: verdict.relatedCaseId, same_as: verdict.sameAs };
    case 'suspended':
      return { requester, submitter, related_case_id: verdict.relatedCaseId, suspension: verdict.because };
    default:
      return { requester, submitter, flags: verdict.flags };
  }
}
