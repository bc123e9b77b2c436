import type { Interaction } from '#libs/interaction';
import { rowsOf, type Queryable } from '../../queryable.js';

export const QUARANTINE_STATES = ['waiting', 'released', 'rejected'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

/** An interaction that is or was in quarantine. */
export interface SuspendedView {
  readonly interaction: Interaction;
  readonly reason: string;
  readonly state: QuarantineState;
  readonly suspendedAt: Date;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
  readonly note: string | null;
  /** What became of it by now: `suspended`, `released`, `rejected`, or how it ended after its release. */
  readonly outcome: string;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  /** Plain sentences. */
  readonly reasons: readonly string[];
}

export interface SuspendedFilter {
  readonly states: readonly QuarantineState[];
  /** Null: any. */
  readonly reasons: readonly string[] | null;
}

/** Where a page ended. */
export interface SuspendedPosition {
  /** ISO 8601. */
  readonly suspendedAt: string;
  readonly interactionId: string;
}

/** `select … from quarantine q` with the interactions; the condition is appended. */
export const SELECT_SUSPENDED = `
  select i.payload as interaction, q.reason, q.state, q.suspended_at as "suspendedAt", q.settled_at as "settledAt",
    q.settled_by as "settledBy", q.note, i.outcome, i.case_id as "caseId", c.number as "caseNumber",
    i.decision -> 'reasons' as reasons
  from quarantine q
  join interaction i on i.account_id = q.account_id and i.id = q.interaction_id and i.outcome <> 'erased'
  left join cases c on c.account_id = i.account_id and c.id = i.case_id`;

/** What is in quarantine, newest first. */
export async function listSuspended(
  client: Queryable,
  accountId: string,
  filter: SuspendedFilter,
  page: { readonly limit: number; readonly before: SuspendedPosition | null },
): Promise<SuspendedView[]> {
  return rowsOf<SuspendedView>(client, {
    text: `${SELECT_SUSPENDED}
      where q.account_id = $1 and q.state = any ($2) and ($3::text[] is null or q.reason = any ($3))
        and ($4::timestamptz is null or (q.suspended_at, q.interaction_id) < ($4::timestamptz, $5::uuid))
      order by q.suspended_at desc, q.interaction_id desc
      limit $6`,
    values: [
      accountId,
      filter.states,
      filter.reasons,
      page.before?.suspendedAt ?? null,
      page.before?.interactionId ?? null,
      page.limit,
    ],
  });
}
