import type { CaseState, UnverifiedPolicy } from '#libs/case-domain';
import { declaredId } from '#libs/interaction';
import type { Queryable } from '../../queryable.js';

export interface DeclaredEndpoint {
  readonly kind: 'mailbox' | 'phone_number' | 'callbar' | 'api';
  readonly address: string;
  readonly group: string;
  readonly defaultPriority: CaseState['priority'];
  readonly defaultType: CaseState['type'];
  /** Overrides the account's when not null. */
  readonly autoCreate: readonly string[] | null;
  /** Overrides the account's when not null. */
  readonly unverified?: UnverifiedPolicy | null;
  /** `verified` unless told. */
  readonly trustAgents?: 'verified' | 'always';
  /** What people call a line. */
  readonly label?: string | null;
  /** ISO 3166-1 alpha-2; the account's unless told. */
  readonly country?: string | null;
  readonly moveToAgentsGroup?: boolean;
  /** Ids and addresses of voicemail boxes that belong to the line. */
  readonly mailboxes?: readonly string[];
  /** `provider/key` of the connection that declares it. */
  readonly connection?: string | null;
}

/** Upserts the addresses that interactions can reach; one that was retired is back. */
export async function declareEndpoints(
  client: Queryable,
  accountId: string,
  endpoints: readonly DeclaredEndpoint[],
): Promise<void> {
  await client.query({
    text: `
      insert into channel_endpoint (
        account_id, id, kind, address, group_id, default_priority, default_type, auto_create, unverified,
        trust_agents, label, country, move_to_agents_group, mailboxes, connection
      )
      select $1, id, kind, address, group_id, default_priority, default_type, auto_create::text[], unverified,
        trust_agents, label, country, move_to_agents_group, mailboxes::text[], connection
      from unnest(
        $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
        $11::text[], $12::text[], $13::boolean[], $14::text[], $15::text[]
      ) as given (
        id, kind, address, group_id, default_priority, default_type, auto_create, unverified, trust_agents,
        label, country, move_to_agents_group, mailboxes, connection
      )
      on conflict (account_id, id) do update set
        group_id = excluded.group_id, default_priority = excluded.default_priority,
        default_type = excluded.default_type, auto_create = excluded.auto_create, unverified = excluded.unverified,
        trust_agents = excluded.trust_agents, label = excluded.label, country = excluded.country,
        move_to_agents_group = excluded.move_to_agents_group, mailboxes = excluded.mailboxes,
        connection = excluded.connection, active = true`,
    values: [
      accountId,
      endpoints.map((endpoint) => declaredId(accountId, 'endpoint', `${endpoint.kind}:${endpoint.address}`)),
      endpoints.map((endpoint) => endpoint.kind),
      endpoints.map((endpoint) => endpoint.address),
      endpoints.map((endpoint) => declaredId(accountId, 'group', endpoint.group)),
      endpoints.map((endpoint) => endpoint.defaultPriority),
      endpoints.map((endpoint) => endpoint.defaultType),
      endpoints.map((endpoint) => (endpoint.autoCreate === null ? null : `{${endpoint.autoCreate.join(',')}}`)),
      endpoints.map((endpoint) => endpoint.unverified ?? null),
      endpoints.map((endpoint) => endpoint.trustAgents ?? 'verified'),
      endpoints.map((endpoint) => endpoint.label ?? null),
      endpoints.map((endpoint) => endpoint.country ?? null),
      endpoints.map((endpoint) => endpoint.moveToAgentsGroup ?? false),
      endpoints.map((endpoint) => `{${(endpoint.mailboxes ?? []).map((box) => JSON.stringify(box)).join(',')}}`),
      endpoints.map((endpoint) => endpoint.connection ?? null),
    ],
  });
}
