import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

/** A case that ended in another one, and where its interactions go. */
export interface InteractionMove {
  readonly fromCaseId: string;
  readonly toCaseId: string;
}

/** Moves everything that was said in some cases to others. The caller holds the locks of all of them. */
export async function moveInteractions(
  client: Queryable,
  accountId: string,
  moves: readonly InteractionMove[],
): Promise<void> {
  await client.query({
    name: 'move_interactions',
    text: `
      update interaction i
      set case_id = given.to_case_id
      from unnest($2::uuid[], $3::uuid[]) as given (from_case_id, to_case_id)
      where i.account_id = $1 and i.case_id = given.from_case_id`,
    values: [
      accountId,
      plainArray(moves.map((move) => move.fromCaseId)),
      plainArray(moves.map((move) => move.toCaseId)),
    ],
  });
}
