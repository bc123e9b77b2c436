import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** The row of an interaction, with what it takes to decide about it again. */
export interface StoredInteraction {
  readonly id: string;
  readonly revision: number;
  readonly caseId: string | null;
  readonly visibility: 'public' | 'internal';
  readonly outcome: string;
  /** What it said was taken away: nothing brings it back. */
  readonly isRedacted: boolean;
  readonly decidedAt: Date;
  /** When time changes it next; null: never. */
  readonly dueAt: Date | null;
  /** The value of its record: JSON text. */
  readonly payload: string;
  /** JSON text of the evidence. */
  readonly decision: string;
  /** Why it waits or waited for a person, and what became of that; null: it never did. */
  readonly suspension: { readonly reason: string; readonly state: 'waiting' | 'released' | 'rejected' } | null;
}

/** The rows of the ids; an id without a row is missing. No lock is taken. */
export async function findStoredInteractions(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<StoredInteraction[]> {
  return rowsOf<StoredInteraction>(client, {
    name: 'find_stored_interactions',
    text: `
      select i.id, i.revision, i.case_id as "caseId", i.visibility, i.outcome,
        i.redacted_at is not null as "isRedacted", i.decided_at as "decidedAt", i.due_at as "dueAt",
        i.payload::text as payload, i.decision::text as decision,
        case when q.interaction_id is not null
          then json_build_object('reason', q.reason, 'state', q.state) end as suspension
      from interaction i
      left join quarantine q on q.account_id = i.account_id and q.interaction_id = i.id
      where i.account_id = $1 and i.id = any ($2::uuid[])`,
    values: [accountId, plainArray(ids)],
  });
}
