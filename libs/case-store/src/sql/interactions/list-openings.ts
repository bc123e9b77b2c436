import type { Interaction } from '#libs/interaction';
import { rowsOf, type Queryable } from '../../queryable.js';

/** An interaction that opened a case. */
export interface Opening {
  readonly interaction: Interaction;
  readonly caseId: string;
  /** Decimal text. */
  readonly caseNumber: string;
}

/** Which of them: one, or the newest since an instant. */
export interface OpeningsWanted {
  readonly interactionId: string | null;
  /** ISO instant; null for any time. */
  readonly since: string | null;
  readonly limit: number;
}

/** Interactions that opened cases, the newest first; what was redacted or erased says nothing any more and is left out. */
export async function listOpenings(
  client: Queryable,
  accountId: string,
  { interactionId, since, limit }: OpeningsWanted,
): Promise<Opening[]> {
  return rowsOf<Opening>(client, {
    text: `
      select i.payload as interaction, c.id as "caseId", c.number::text as "caseNumber"
      from cases c
      join interaction i on i.account_id = c.account_id and i.id = c.origin_interaction_id
      where c.account_id = $1 and c.id >= $3::uuid and c.created_at >= coalesce($2, '-infinity'::timestamptz)
        and ($4::uuid is null or i.id = $4) and i.outcome <> 'erased' and i.redacted_at is null
      order by c.id desc
      limit $5`,
    values: [accountId, since, firstIdSince(since), interactionId, limit],
  });
}

/** Ids of cases are UUIDv7, which begin with milliseconds: none that was made since comes before this one. */
function firstIdSince(since: string | null): string {
  const milliseconds = since === null ? 0 : Math.max(Date.parse(since) - 60_000, 0);
  const hex = milliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
