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
}

/** Upserts the addresses that interactions can reach. */
export async function declareEndpoints(
  client: Queryable,
  accountId: string,
  endpoints: readonly DeclaredEndpoint[],
): Promise<void> {
  await client.query({
    text: `
      insert into channel_endpoint (
        account_id, id, kind, address, group_id, default_priority, default_type, auto_create, unverified,
        trust_agents
      )
      select $1, id, kind, address, group_id, default_priority, default_type, auto_create::text[], unverified,
        trust_agents
      from unnest(
        $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[]
      ) as given (id, kind, address, group_id, default_priority, default_type, auto_create, unverified, trust_agents)
      on conflict (account_id, id) do update set
        group_id = excluded.group_id, default_priority = excluded.default_priority,
        default_type = excluded.default_type, auto_create = excluded.auto_create, unverified = excluded.unverified,
        trust_agents = excluded.trust_agents`,
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
    ],
  });
}
