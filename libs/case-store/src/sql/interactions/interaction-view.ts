import type { Evidence } from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';

/** An interaction with what became of it. */
export interface InteractionView {
  /** As it was published. */
  readonly interaction: Interaction;
  readonly endpoints: readonly string[];
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly visibility: 'public' | 'internal';
  readonly outcome: string;
  readonly decision: Evidence;
  readonly occurredAt: Date;
  readonly decidedAt: Date;
}

/** `select … from interaction i` with the number of its case; the condition is appended. */
export const SELECT_INTERACTIONS = `
  select
    i.payload as interaction, i.endpoints, i.case_id as "caseId", c.number as "caseNumber", i.visibility, i.outcome,
    i.decision, i.occurred_at as "occurredAt", i.decided_at as "decidedAt"
  from interaction i
  left join cases c on c.account_id = i.account_id and c.id = i.case_id`;
