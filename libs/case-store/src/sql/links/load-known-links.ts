import type { KnownLink } from '#libs/case-domain';
import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/**
 * The links between the named cases, those of each with each. The caller holds the locks of the cases: nobody else makes
 * one by hand, or takes one away.
 */
export async function loadKnownLinks(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<KnownLink[]> {
  return rowsOf<KnownLink>(client, {
    name: 'load_known_links',
    text: `
      select id, from_case_id as "fromCaseId", to_case_id as "toCaseId", kind
      from case_link
      where account_id = $1 and from_case_id = any ($2::uuid[]) and to_case_id = any ($2::uuid[])`,
    values: [accountId, plainArray(caseIds)],
  });
}

/** One link, wherever it stands; null when the account has none of that id. */
export async function findLink(client: Queryable, accountId: string, id: string): Promise<KnownLink | null> {
  const [row] = await rowsOf<KnownLink>(client, {
    name: 'find_link',
    text: `
      select id, from_case_id as "fromCaseId", to_case_id as "toCaseId", kind
      from case_link
      where account_id = $1 and id = $2`,
    values: [accountId, id],
  });
  return row ?? null;
}
