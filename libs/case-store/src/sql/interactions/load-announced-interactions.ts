import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** A settled interaction as its row tells it. */
export interface AnnouncedInteraction {
  readonly id: string;
  /** From 1; each is told once. */
  readonly revision: number;
  readonly channel: string;
  readonly externalId: string;
  readonly direction: string;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly decidedAt: Date;
  readonly caseId: string | null;
  readonly visibility: string;
  readonly outcome: string;
  /** JSON text. */
  readonly decision: string;
}

/** The named interactions. */
export async function loadAnnouncedInteractions(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<AnnouncedInteraction[]> {
  return rowsOf<AnnouncedInteraction>(client, {
    name: 'load_announced_interactions',
    text: `
      select id, revision, channel, external_id as "externalId", direction, occurred_at as "occurredAt",
        received_at as "receivedAt", decided_at as "decidedAt", case_id as "caseId", visibility, outcome,
        decision::text as decision
      from interaction
      where account_id = $1 and id = any ($2::uuid[])`,
    values: [accountId, plainArray(ids)],
  });
}
