import type { Pool } from 'pg';

import { memberHolders } from './member-holders.js';

/** How many members of a group are alive. */
export async function countMembers(pool: Pool, group: string): Promise<number> {
  const { rows } = await pool.query<{ members: number }>(
    `with ${memberHolders}
     select count(*)::int as members from log_member join member_holder using (number) where group_name = $1`,
    [group],
  );
  return rows[0]?.members ?? 0;
}
