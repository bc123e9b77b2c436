import type { CategoryChange } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';

/** When the case came into each of its categories, oldest first. */
export async function listCategoryChanges(
  client: Queryable,
  accountId: string,
  caseId: string,
): Promise<CategoryChange[]> {
  const rows = await rowsOf<{ at: Date; to: CategoryChange['to'] }>(client, {
    name: 'list_category_changes',
    text: `
      select e.recorded_at as at, change ->> 'to' as to
      from case_event e
      cross join lateral json_array_elements(e.changes) as change
      where e.account_id = $1 and e.case_id = $2 and change ->> 'field' = 'category'
      order by e.seq`,
    values: [accountId, caseId],
  });
  return rows.map(({ at, to }) => ({ at: at.toISOString(), to }));
}
