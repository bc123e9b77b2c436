import type { SaidByAgents, SaidByChannel } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** What is said in the case of an interaction beside it: rows of one kind together. */
export interface SaidRow {
  readonly interactionId: string;
  readonly form: (SaidByChannel | SaidByAgents)['form'];
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly submitterKind: string | null;
  readonly public: boolean | null;
  readonly first: Date;
  readonly last: Date;
}

/** Who was heard in the cases of the interactions, beside these. The caller holds the locks of the cases. */
export async function loadSaidBeside(client: Queryable, accountId: string, ids: readonly string[]): Promise<SaidRow[]> {
  return rowsOf<SaidRow>(client, {
    name: 'load_said_beside',
    text: `
      select given.id as "interactionId", 'interaction' as form, i.direction, i.outcome,
        i.decision #>> '{settled,submitter,kind}' as "submitterKind", null::boolean as public,
        min(i.occurred_at) as first, max(i.occurred_at) as last
      from interaction given
      join interaction i on i.account_id = $1 and i.case_id = given.case_id and i.id <> given.id
      where given.account_id = $1 and given.id = any ($2::uuid[])
      group by given.id, i.direction, i.outcome, 5
      union all
      select given.id, 'comment', null, null, null, m.public, min(m.created_at), max(m.created_at)
      from interaction given
      join comment m on m.account_id = $1 and m.case_id = given.case_id
      where given.account_id = $1 and given.id = any ($2::uuid[])
        and (m.author ->> 'kind' = 'agent' or m.on_behalf_of is not null)
      group by given.id, m.public`,
    values: [accountId, plainArray(ids)],
  });
}

/** A name that an interaction refers to, and others of its case as well. */
export interface SharedNameRow {
  readonly interactionId: string;
  readonly kind: string;
  readonly value: string;
}

/** What the interactions refer to together with others of their cases. */
export async function loadSharedNames(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<SharedNameRow[]> {
  return rowsOf<SharedNameRow>(client, {
    name: 'load_shared_names',
    text: `
      select distinct given.id as "interactionId", own ->> 'kind' as kind, own ->> 'value' as value
      from interaction given
      cross join json_array_elements(given.payload -> 'references') as own
      join interaction i on i.account_id = $1 and i.case_id = given.case_id and i.id <> given.id
      cross join json_array_elements(i.payload -> 'references') as other
      where given.account_id = $1 and given.id = any ($2::uuid[])
        and other ->> 'kind' = own ->> 'kind' and other ->> 'value' = own ->> 'value'`,
    values: [accountId, plainArray(ids)],
  });
}
