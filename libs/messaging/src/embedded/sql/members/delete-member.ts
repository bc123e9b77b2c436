import type { Client } from 'pg';

import { channels } from '../../lock-spaces.js';

/** Leaves a group; the others hear of it at once. */
export async function deleteMember(session: Client, number: number): Promise<void> {
  await session.query(
    `with gone as (delete from log_member where number = $1 returning group_name)
     select pg_notify('${channels.members}', group_name) from gone`,
    [number],
  );
}
