import type { Relink } from '#libs/case-domain';
import { joinedJson, plainArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

/** What is kept of the moves of an interaction: the first, which says where it began, and the latest. */
const MOST_MOVES = 50;

/**
 * Has interactions belong to other cases, or to none. The caller holds the locks of these cases. Ends in
 * `ConcurrentChange` when one of them is not where it was any more.
 */
export async function relinkInteractions(
  client: Queryable,
  accountId: string,
  relinks: readonly Relink[],
): Promise<void> {
  const moves = relinks.map(({ at, by, onBehalfOf, fromCaseId, toCaseId, thread }) => {
    const ends = { from_case_id: fromCaseId, to_case_id: toCaseId };
    return JSON.stringify([{ at, by, on_behalf_of: onBehalfOf, ...ends, thread }]);
  });
  const result = await client.query({
    name: 'relink_interactions',
    text: `
      update interaction i
      set case_id = given.to_case_id,
        moves = case when jsonb_array_length(i.moves) >= ${MOST_MOVES} then i.moves - 1 else coalesce(i.moves, '[]') end
          || given.move::jsonb
      from unnest($2::uuid[], $3::uuid[], $4::uuid[], string_to_array($5, E'\\x1e'))
        as given (id, from_case_id, to_case_id, move)
      where i.account_id = $1 and i.id = given.id and i.case_id is not distinct from given.from_case_id
        and i.outcome <> 'erased'`,
    values: [
      accountId,
      plainArray(relinks.map(({ interactionId }) => interactionId)),
      plainArray(relinks.map(({ fromCaseId }) => fromCaseId)),
      plainArray(relinks.map(({ toCaseId }) => toCaseId)),
      joinedJson(moves),
    ],
  });
  if (result.rowCount !== relinks.length) {
    throw new ConcurrentChange('interaction');
  }
}
