import { rowsOf, type Queryable } from '../../queryable.js';

/** What a person decides about an interaction that waits. */
export interface Verdict {
  readonly state: 'released' | 'rejected';
  /** Who decided. */
  readonly by: string;
  readonly note: string | null;
  /** ISO 8601. */
  readonly at: string;
}

/** The interaction as its row holds it. */
export interface SettledSuspension {
  /** The value of its record: JSON text. */
  readonly payload: string;
  readonly channel: string;
  readonly externalId: string;
  readonly reason: string;
}

/** Settles one that waits and returns it; null when none of this id waits. Whoever comes first decides. */
export async function settleSuspension(
  client: Queryable,
  accountId: string,
  interactionId: string,
  { state, by, note, at }: Verdict,
): Promise<SettledSuspension | null> {
  const [row] = await rowsOf<SettledSuspension>(client, {
    text: `
      with settled as (
        update quarantine
        set state = $3, settled_at = $4, settled_by = $5, note = $6
        where account_id = $1 and interaction_id = $2 and state = 'waiting'
        returning interaction_id, reason
      )
      update interaction i
      set outcome = $3
      from settled
      where i.account_id = $1 and i.id = settled.interaction_id and i.outcome = 'suspended'
      returning i.payload::text as payload, i.channel, i.external_id as "externalId", settled.reason`,
    values: [accountId, interactionId, state, at, by, note],
  });
  return row ?? null;
}
