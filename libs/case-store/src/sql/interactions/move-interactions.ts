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
      set case_id = ($3::uuid[])[array_position($2::uuid[], i.case_id)]
      where i.account_id = $1 and i.case_id = any ($2::uuid[])`,
    values: [
      accountId,
      plainArray(moves.map((move) => move.fromCaseId)),
      plainArray(moves.map((move) => move.toCaseId)),
    ],
  });
}
