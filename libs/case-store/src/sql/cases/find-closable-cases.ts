import { rowsOf, type Queryable } from '../../queryable.js';

/** Resolved cases whose last resolve is at or before `resolvedUntil`, longest waiting first. No lock is taken. */
export async function findClosableCases(
  client: Queryable,
  accountId: string,
  resolvedUntil: string,
  limit: number,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_closable_cases',
    text: `
      select id
      from cases
      where account_id = $1 and resolved_at <= $2
        and category = 'resolved' and closed_at is null and not exclude_from_auto_close and deleted_at is null
      order by resolved_at
      limit $3`,
    values: [accountId, resolvedUntil, limit],
  });
  return rows.map((row) => row.id);
}
