import type { Client } from 'pg';

/** Sessions of one pool, as the server knows them. */
export interface PoolSessions {
  readonly processIds: readonly number[];
  readonly applicationName: string;
}

/**
 * Ends those of the sessions that wait for us, and returns those that work. A session that sends to a connection that takes
 * nothing any more waits for us as well. Of another server that has the address by now none is found.
 */
export async function endIdleSessions(
  client: Pick<Client, 'query'>,
  { processIds, applicationName }: PoolSessions,
): Promise<number[]> {
  const { rows } = await client.query<{ processId: number; isBusy: boolean }>(
    `with ours as (
       select pid, state in ('active', 'fastpath function call') and wait_event_type is distinct from 'Client' as is_busy
       from pg_stat_activity
       where pid = any ($1::int[]) and application_name = $2 and usename = current_user and datname = current_database()
     )
     select pid as "processId", is_busy as "isBusy", case when not is_busy then pg_terminate_backend(pid) end
     from ours`,
    [processIds, applicationName],
  );
  return rows.flatMap(({ processId, isBusy }) => (isBusy ? [processId] : []));
}
