import type { Queryable } from '../../queryable.js';
import type { PresenceChannel, PresenceState } from './agent-detail.js';

export interface Presence {
  readonly agentId: string;
  /** `all` takes the place of what was said of single kinds of work. */
  readonly channel: PresenceChannel;
  readonly state: PresenceState;
}

/** What an agent says about being there. The same again leaves `since` as it is. */
export async function writePresence(
  client: Queryable,
  accountId: string,
  { agentId, channel, state }: Presence,
): Promise<void> {
  await client.query({
    text: `
      with replaced as (
        delete from agent_presence where account_id = $1 and agent_id = $2 and $3 = 'all' and channel <> 'all'
      )
      insert into agent_presence (account_id, agent_id, channel, state, since)
      values ($1, $2, $3, $4, now())
      on conflict (account_id, agent_id, channel) do update set state = excluded.state, since = excluded.since
      where agent_presence.state <> excluded.state`,
    values: [accountId, agentId, channel, state],
  });
}
