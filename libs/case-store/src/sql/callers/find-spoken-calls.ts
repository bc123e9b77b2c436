import type { CallerProbe, SpokenCall } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

type SpokenRow = Omit<SpokenCall, 'at'> & { readonly at: Date };

/** Calls of the callers that came to an end, each within so many minutes of a probe; at most so many of each probe. */
export async function findSpokenCalls(
  client: Queryable,
  accountId: string,
  probes: readonly CallerProbe[],
  minutes: number,
  most: number,
): Promise<SpokenRow[]> {
  return rowsOf<SpokenRow>(client, {
    name: 'find_spoken_calls',
    text: `
      select distinct i.id as "interactionId", given.caller, i.line, i.occurred_at as at, i.call_outcome as outcome,
        i.case_id as "caseId", i.opened
      from unnest($2::text[], $3::timestamptz[]) as given (caller, at)
      cross join lateral (
        select id, line, occurred_at, call_outcome, case_id, outcome in ('created', 'followed_up') as opened
        from interaction
        where account_id = $1 and spoken_with = given.caller
          and occurred_at between given.at - make_interval(mins => $4) and given.at + make_interval(mins => $4)
          and call_outcome is not null
        order by occurred_at
        limit $5
      ) as i`,
    values: [
      accountId,
      textArray(probes.map(({ caller }) => caller)),
      plainArray(probes.map(({ at }) => at)),
      minutes,
      most,
    ],
  });
}
