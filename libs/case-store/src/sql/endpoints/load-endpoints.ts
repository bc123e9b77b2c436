import type { ChannelEndpoint } from '#libs/case-domain';
import { rowsOf, type Queryable } from '../../queryable.js';

interface EndpointRow {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
  readonly group_id: string;
  readonly default_priority: ChannelEndpoint['defaultPriority'];
  readonly default_type: ChannelEndpoint['defaultType'];
  readonly auto_create: string[] | null;
  readonly unverified: ChannelEndpoint['unverified'];
  readonly trust_agents: ChannelEndpoint['trustAgents'];
  readonly label: string | null;
  readonly country: string | null;
  readonly move_to_agents_group: boolean;
  readonly mailboxes: string[];
  readonly active: boolean;
}

export interface NamedEndpoint {
  readonly kind: string;
  readonly address: string;
  readonly endpoint: ChannelEndpoint;
}

/** Every address of the account that interactions can reach. */
export async function loadEndpoints(client: Queryable, accountId: string): Promise<NamedEndpoint[]> {
  const rows = await rowsOf<EndpointRow>(client, {
    name: 'load_endpoints',
    text: `
      select id, kind, address, group_id, default_priority, default_type, auto_create, unverified,
        trust_agents, label, country, move_to_agents_group, mailboxes, active
      from channel_endpoint
      where account_id = $1`,
    values: [accountId],
  });
  return rows.map((row) => ({
    kind: row.kind,
    address: row.address,
    endpoint: {
      id: row.id,
      groupId: row.group_id,
      defaultPriority: row.default_priority,
      defaultType: row.default_type,
      autoCreate: row.auto_create === null ? null : new Set(row.auto_create),
      unverified: row.unverified,
      trustAgents: row.trust_agents,
      label: row.label,
      country: row.country,
      moveToAgentsGroup: row.move_to_agents_group,
      mailboxes: row.mailboxes,
      active: row.active,
    },
  }));
}
