import type { BesideProbe, SpokenBeside } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/**
 * Calls and messages of the numbers in the times of the probes, and messages that bear one of the names, whoever left
 * them. No lock is taken; what was redacted or erased says nothing any more.
 */
export async function findBeside(
  client: Queryable,
  accountId: string,
  probes: readonly BesideProbe[],
  names: readonly string[],
): Promise<SpokenBeside[]> {
  return rowsOf<SpokenBeside>(client, {
    name: 'find_beside',
    text: `
      with found as (
        select near.id
        from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as given (caller, since, until)
        cross join lateral (
          select i.id
          from interaction i
          where i.account_id = $1 and i.spoken_with = given.caller and i.occurred_at between given.since and given.until
            and i.channel in ('call', 'voicemail')
          order by i.occurred_at desc
          limit 100
        ) as near
        union
        select i.id
        from interaction i
        where i.voicemail_names && $5::text[] and i.account_id = $1
      )
      select i.payload as interaction, i.outcome, i.case_id as "caseId"
      from found
      join interaction i on i.account_id = $1 and i.id = found.id
      where i.redacted_at is null and i.outcome <> 'erased'
      order by i.occurred_at, i.id`,
    values: [
      accountId,
      textArray(probes.map(({ caller }) => caller)),
      plainArray(probes.map(({ since }) => since)),
      plainArray(probes.map(({ until }) => until)),
      textArray(names),
    ],
  });
}
