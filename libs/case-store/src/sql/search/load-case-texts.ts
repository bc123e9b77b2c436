import { rowsOf, type Queryable } from '../../queryable.js';

/** What a case is found by. */
export interface CaseText {
  readonly id: string;
  readonly subject: string;
  readonly description: string;
  /** Names and addresses. */
  readonly requester: readonly string[];
}

/** The texts of those of the cases that are there and not in the trash. */
export async function loadCaseTexts(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<CaseText[]> {
  return rowsOf<CaseText>(client, {
    name: 'load_case_texts',
    text: `
      select
        c.id, c.subject, c.description,
        array_remove(array[rc.name, ra.name, ra.email], null) || array(
          select i.value from contact_identity i
          where i.account_id = c.account_id and i.contact_id = c.requester_id and i.kind <> 'external'
          order by i.value
        ) as requester
      from cases c
      left join contact rc on c.requester_kind = 'contact' and rc.account_id = c.account_id and rc.id = c.requester_id
      left join agent ra on c.requester_kind = 'agent' and ra.account_id = c.account_id and ra.id = c.requester_id
      where c.account_id = $1 and c.id = any ($2::uuid[]) and c.deleted_at is null`,
    values: [accountId, caseIds],
  });
}
