import { plainArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/**
 * The parents of cases, the subcases of both, the problems that these are incidents of, and the live incidents of those
 * that are problems. No lock is taken.
 */
export async function findRelatives(
  client: Queryable,
  accountId: string,
  caseIds: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(client, {
    name: 'find_relatives',
    text: `
      with named as (
        select id, parent_id from cases where account_id = $1 and id = any ($2::uuid[])
      ), roots as (
        select id from named union select parent_id from named where parent_id is not null
      ), house as (
        select id from roots
        union
        select c.id from roots r join cases c on c.account_id = $1 and c.parent_id = r.id
      )
      select c.id from house h join cases c on c.account_id = $1 and c.id = h.id
      union
      select p.id
      from house h
      join cases c on c.account_id = $1 and c.id = h.id
      join cases p on p.account_id = $1 and p.id = c.problem_id
      union
      select c.id
      from house h
      join cases c on c.account_id = $1 and c.problem_id = h.id and c.closed_at is null and c.deleted_at is null`,
    values: [accountId, plainArray(caseIds)],
  });
  return rows.map((row) => row.id);
}
