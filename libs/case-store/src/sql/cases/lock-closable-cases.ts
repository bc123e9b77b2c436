import type { CaseState } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';
import { type CaseRow, stateOfRow } from './case-row.js';

/**
 * Locks resolved cases whose last resolve is at or before `resolvedUntil`, longest waiting first. Cases that somebody
 * else holds are left for the next run: a reply is being written to them.
 */
export async function lockClosableCases(
  client: Queryable,
  accountId: string,
  resolvedUntil: string,
  limit: number,
): Promise<CaseState[]> {
  const rows = await rowsOf<CaseRow>(client, {
    name: 'lock_closable_cases',
    text: `
      select *
      from cases
      where account_id = $1 and resolved_at <= $2
        and category = 'resolved' and closed_at is null and not exclude_from_auto_close and deleted_at is null
      order by resolved_at
      limit $3
      for update skip locked`,
    values: [accountId, resolvedUntil, limit],
  });
  return rows.map(stateOfRow);
}
