import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** What is beside a call in its case, and whether anybody but the call bar has changed that. */
export interface BesideCall {
  readonly interactionId: string;
  /** Voicemails that name the call. */
  readonly companions: readonly string[];
  /** Version of the case as long as nobody has; else null. */
  readonly untouchedAt: number | null;
}

/** What is beside calls that have cases. No lock is taken. */
export async function findBesideCalls(
  client: Queryable,
  accountId: string,
  interactionIds: readonly string[],
): Promise<BesideCall[]> {
  return rowsOf<BesideCall>(client, {
    name: 'find_beside_calls',
    text: `
      select i.id as "interactionId",
        array(
          select v.id::text
          from interaction v
          where v.account_id = $1 and v.case_id = i.case_id and v.channel = 'voicemail' and exists (
            select 1
            from jsonb_array_elements(v.payload::jsonb -> 'references') as reference,
              jsonb_array_elements(i.payload::jsonb -> 'threadKeys') as name
            where reference ->> 'kind' = 'call_id' and reference ->> 'value' = name ->> 'value'
          )
          order by v.id
        ) as companions,
        case when not exists (
          select 1
          from case_event e
          where e.account_id = $1 and e.case_id = i.case_id and e.interaction_id is null
            and e.actor ->> 'kind' in ('agent', 'app') and coalesce(e.details #>> '{via,channel}', '') <> 'callbar'
        ) then c.version end as "untouchedAt"
      from interaction i
      join cases c on c.account_id = i.account_id and c.id = i.case_id
      where i.account_id = $1 and i.id = any ($2::uuid[])`,
    values: [accountId, plainArray(interactionIds)],
  });
}
