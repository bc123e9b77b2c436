import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';

export interface DeclaredAgent {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly active: boolean;
  readonly extensions: readonly string[];
  /** Numbers at which the agent answers, E.164; none unless told. */
  readonly phones?: readonly string[];
  /** By `provider/key` of a connection: what the agent is called there. */
  readonly telephony?: Readonly<Record<string, readonly string[]>>;
  /** The first one is the agent's default. */
  readonly groups: readonly string[];
}

/**
 * Upserts the agents by address. Those that the file does not name any more are the API's from then on; skills and time
 * zones are in any case.
 */
export async function declareAgents(
  client: Queryable,
  accountId: string,
  agents: readonly DeclaredAgent[],
): Promise<void> {
  await client.query({
    text: `
      with left_out as (
        update agent set managed_by = 'api', place = null, version = version + 1, updated_at = now()
        where account_id = $1 and managed_by = 'file' and id <> all ($2::uuid[])
      )
      insert into agent (
        account_id, id, email, name, role, active, extensions, default_group_id, phones, telephony, managed_by, place
      )
      select $1, id, email, name, role, active, extensions::text[], default_group_id, phones::text[], telephony,
        'file', 'agents[' || index - 1 || ']'
      from unnest(
        $2::uuid[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[], $8::uuid[], $9::text[], $10::jsonb[]
      ) with ordinality as given (
        id, email, name, role, active, extensions, default_group_id, phones, telephony, index
      )
      on conflict (account_id, id) do update set
        email = excluded.email, name = excluded.name, role = excluded.role, active = excluded.active,
        extensions = excluded.extensions, default_group_id = excluded.default_group_id,
        phones = excluded.phones, telephony = excluded.telephony,
        managed_by = excluded.managed_by, place = excluded.place, version = agent.version + 1, updated_at = now()
      where (
        agent.email, agent.name, agent.role, agent.active, agent.extensions, agent.default_group_id, agent.phones,
        agent.telephony, agent.managed_by, agent.place
      ) is distinct from (
        excluded.email, excluded.name, excluded.role, excluded.active, excluded.extensions, excluded.default_group_id,
        excluded.phones, excluded.telephony, excluded.managed_by, excluded.place
      )`,
    values: [accountId, ...columnsOf(accountId, agents)],
  });
}

function columnsOf(accountId: string, agents: readonly DeclaredAgent[]): unknown[][] {
  return [
    agents.map((agent) => agentId(accountId, agent)),
    agents.map((agent) => agent.email.toLowerCase()),
    agents.map((agent) => agent.name),
    agents.map((agent) => agent.role),
    agents.map((agent) => agent.active),
    agents.map((agent) => listOf(agent.extensions)),
    agents.map((agent) => {
      const [group] = agent.groups;
      return group === undefined ? null : declaredId(accountId, 'group', group);
    }),
    agents.map((agent) => listOf(agent.phones ?? [])),
    agents.map((agent) => JSON.stringify(agent.telephony ?? {})),
  ];
}

/** A list of texts within a list, as PostgreSQL reads one. */
function listOf(texts: readonly string[]): string {
  return `{${texts.map((text) => JSON.stringify(text)).join(',')}}`;
}

/** Id of a declared agent. */
export function agentId(accountId: string, agent: { readonly email: string }): string {
  return declaredId(accountId, 'agent', agent.email.toLowerCase());
}
