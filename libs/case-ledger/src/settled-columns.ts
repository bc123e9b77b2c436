import {
  caseOf,
  type InteractionDecision,
  type InteractionVerdict,
  outcomeOf,
  type Visibility,
} from '#libs/case-domain';
import type { InteractionRow } from '#libs/case-store';

/** What the row of an interaction says about what became of it. */
export function settledColumns(
  decision: InteractionDecision,
): Pick<InteractionRow, 'caseId' | 'visibility' | 'outcome' | 'decision'> {
  const { verdict } = decision;
  return {
    caseId: caseOf(verdict),
    visibility: visibilityOf(verdict),
    outcome: outcomeOf(verdict),
    decision: evidenceText(decision),
  };
}

/** Nobody but colleagues sees what waits; what is recorded is nobody's secret. */
function visibilityOf(verdict: InteractionVerdict): Visibility {
  switch (verdict.outcome) {
    case 'recorded':
      return 'public';
    case 'suspended':
      return 'internal';
    default:
      return verdict.visibility;
  }
}

/** The evidence with what was concluded beyond the case itself, as the interaction's row keeps it: JSON text. */
function evidenceText({ verdict, evidence }: InteractionDecision): string {
  return JSON.stringify({ ...evidence, settled: settledBy(verdict) });
}

function settledBy(verdict: InteractionVerdict): Record<string, unknown> {
  const { requester, submitter } = verdict;
  switch (verdict.outcome) {
    case 'created':
    case 'followed_up':
      return { requester, submitter, relation: verdict.relation };
    case 'recorded':
      return { requester, submitter, related_case_id: verdict.relatedCaseId };
    case 'suspended':
      return { requester, submitter, related_case_id: verdict.relatedCaseId, suspension: verdict.because };
    default:
      return { requester, submitter, flags: verdict.flags };
  }
}
