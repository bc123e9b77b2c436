import type { Client } from 'pg';

import { memberHolders } from './member-holders.js';

/**
 * Forgets members whose session is gone, and ends the session of those that hold their partitions but have been
 * silent for too long (a frozen process, a dead network): that frees the locks, and nothing it does later can commit.
 */
export async function removeSilentMembers(session: Client, group: string, silenceLimitMs: number): Promise<void> {
  await session.query({
    name: 'log-remove-silent-members',
    text: `with ${memberHolders}, silent as (
      delete from log_member m where group_name = $1
        and (not exists (select from member_holder h where h.number = m.number)
          or seen_at < clock_timestamp() - $2 * interval '1 millisecond')
      returning number
    )
    select pg_terminate_backend(pid) from silent join member_holder using (number) where pid <> pg_backend_pid()`,
    values: [group, silenceLimitMs],
  });
}
