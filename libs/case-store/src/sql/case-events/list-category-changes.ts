import type { CategoryChange } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';

/** When the cases came into each of their categories, oldest first, by case. */
export async function listCategoryChanges(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<Map<string, CategoryChange[]>> {
  const rows = await rowsOf<{ case_id: string; at: Date; to: CategoryChange['to'] }>(client, {
    name: 'list_category_changes',
    text: `
      select e.case_id, e.recorded_at as at, change ->> 'to' as to
      from case_event e
      cross join lateral json_array_elements(e.changes) as change
      where e.account_id = $1 and e.case_id = any($2::uuid[]) and change ->> 'field' = 'category'
      order by e.case_id, e.seq`,
    values: [accountId, caseIds],
  });
  const byCase = new Map<string, CategoryChange[]>(caseIds.map((id) => [id, []]));
  rows.forEach(({ case_id, at, to }) => byCase.get(case_id)?.push({ at: at.toISOString(), to }));
  return byCase;
}
