import type { Decision } from '../decision/decision.js';
import { NO_EFFECTS } from '../decision/effects.js';
import type { Snapshot } from '../decision/snapshot.js';
import { releaseCase } from '../people/release.js';

/** A case belongs to an agent who is not active any more, as the configuration file may say at any boot. */
export interface StrandedDue {
  readonly due: 'stranded';
  readonly caseId: string;
}

export type StrandedVerdict =
  { readonly outcome: 'released'; readonly caseId: string } | { readonly outcome: 'not_due' };

/** The case is given away as if somebody had deactivated its agent through the API. */
export function strandedDue({ caseId }: StrandedDue, snapshot: Snapshot, now: string): Decision<StrandedVerdict, null> {
  const state = snapshot.cases.get(caseId);
  const agentId = state?.assigneeId ?? null;
  if (state === undefined || agentId === null || snapshot.agentsById.get(agentId)?.active !== false) {
    return { verdict: { outcome: 'not_due' }, effects: NO_EFFECTS, evidence: null };
  }
  const actor = { kind: 'automation', id: null } as const;
  const cause = { actor, interactionId: null, at: now, occurredAt: now, details: {} };
  const effects = releaseCase(state, { who: 'agent', agentId, groupId: null }, snapshot, cause);
  return {
    verdict: effects.cases.length === 0 ? { outcome: 'not_due' } : { outcome: 'released', caseId },
    effects,
    evidence: null,
  };
}
