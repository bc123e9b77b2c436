import type { Client } from 'pg';

import { channels, lockSpaces } from '../../lock-spaces.js';

/** Gives a partition back; who waits for it hears of it. */
export async function unlockPartition(session: Client, offsetId: number, group: string): Promise<void> {
  await session.query(`select pg_advisory_unlock($1, $2), pg_notify('${channels.members}', $3)`, [
    lockSpaces.partition,
    offsetId,
    group,
  ]);
}
