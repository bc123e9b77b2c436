import type { Client } from 'pg';

/**
 * Commits where a group stands; never backwards. It must run on the session that holds the partition's lock: whoever
 * has lost the partition has lost that session too, so a commit that comes too late cannot happen.
 */
export async function commitOffset(session: Client, offsetId: number, nextOffset: bigint): Promise<void> {
  await session.query({
    name: 'log-commit-offset',
    text: 'update log_offset set next_offset = greatest(next_offset, $2) where id = $1',
    values: [offsetId, String(nextOffset)],
  });
}
