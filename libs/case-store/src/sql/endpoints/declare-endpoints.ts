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

const DECLARE = `
  with left_out as (
    update channel_endpoint set managed_by = 'api', place = null, version = version + 1, updated_at = now()
    where account_id = $1 and managed_by = 'file' and id <> all ($2::uuid[])
  )
  insert into channel_endpoint (
    account_id, id, kind, address, group_id, default_priority, default_type, auto_create, unverified,
    trust_agents, label, country, move_to_agents_group, mailboxes, connection, managed_by, place
  )
  select $1, id, kind, address, group_id, default_priority, default_type, auto_create::text[], unverified,
    trust_agents, label, country, move_to_agents_group, mailboxes::text[], connection,
    'file', case kind when 'mailbox' then 'mailboxes' else 'telephony' end
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
    connection = excluded.connection, active = true, managed_by = excluded.managed_by, place = excluded.place,
    version = channel_endpoint.version + 1, updated_at = now()
  where (
    channel_endpoint.group_id, channel_endpoint.default_priority, channel_endpoint.default_type,
    channel_endpoint.auto_create, channel_endpoint.unverified, channel_endpoint.trust_agents, channel_endpoint.label,
    channel_endpoint.country, channel_endpoint.move_to_agents_group, channel_endpoint.mailboxes,
    channel_endpoint.connection, channel_endpoint.active, channel_endpoint.managed_by, channel_endpoint.place
  ) is distinct from (
    excluded.group_id, excluded.default_priority, excluded.default_type, excluded.auto_create, excluded.unverified,
    excluded.trust_agents, excluded.label, excluded.country, excluded.move_to_agents_group, excluded.mailboxes,
    excluded.connection, true, excluded.managed_by, excluded.place
  )`;

/**
 * Upserts the addresses that interactions can reach; one that was retired is back. Those that the file does not name any more
 * are the API's from then on.
 */
export async function declareEndpoints(
  client: Queryable,
  accountId: string,
  endpoints: readonly DeclaredEndpoint[],
): Promise<void> {
  await client.query({
    text: DECLARE,
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
