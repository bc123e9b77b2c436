import { plainArray } from '../../array-literals.js';
import type { Queryable } from '../../queryable.js';

export interface CaseLinkRow {
  readonly fromCaseId: string;
  readonly toCaseId: string;
  readonly kind: 'problem_incident' | 'follow_up' | 'merged' | 'parent' | 'related';
}

/** Links stand on the newer case's side, so that a closed case is not written. */
export async function insertLinks(
  client: Queryable,
  accountId: string,
  createdAt: string,
  links: readonly CaseLinkRow[],
): Promise<void> {
  await client.query({
    name: 'insert_links',
    text: `
      insert into case_link (account_id, from_case_id, to_case_id, kind, created_at)
      select $1, from_case_id, to_case_id, kind, $2
      from unnest($3::uuid[], $4::uuid[], $5::text[]) as given (from_case_id, to_case_id, kind)
      on conflict do nothing`,
    values: [
      accountId,
      createdAt,
      plainArray(links.map((link) => link.fromCaseId)),
      plainArray(links.map((link) => link.toCaseId)),
      plainArray(links.map((link) => link.kind)),
    ],
  });
}
