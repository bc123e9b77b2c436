import type { Client } from 'pg';

import { lockSpaces } from '../../lock-spaces.js';

/** Enters this session into a group; resolves its number. The lock comes first: a row without one counts as dead. */
export async function registerMember(session: Client, group: string, topicIds: readonly number[]): Promise<number> {
  const numbers = await session.query<{ number: number }>(
    `select nextval(pg_get_serial_sequence('log_member', 'number'))::int as number`,
  );
  const number = numbers.rows[0]?.number ?? 0;
  await session.query('select pg_advisory_lock($1, $2)', [lockSpaces.member, number]);
  await session.query(
    `insert into log_member (number, group_name, topic_ids, seen_at) overriding system value
     values ($1, $2, $3, clock_timestamp())`,
    [number, group, topicIds],
  );
  return number;
}
