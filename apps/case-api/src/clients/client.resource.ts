import { SCOPES } from '#libs/case-domain';
import type { ClientView } from '#libs/case-store';
import { ApiProperty } from '@nestjs/swagger';
import { Instant, Integer, Many, One, OneOf, Text, Texts, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

/** A key of which everything can be told but the key. */
export class ClientKeyResource {
  @Instant() created_at!: string;
  @Instant({ nullable: true, description: 'When it stops working; null for one that lasts.' })
  expires_at!: string | null;
}

const ALLOWED_AGENTS = {
  description: 'Agents that it may act for with the scope `impersonate`: `all`, or their ids.',
  oneOf: [
    { type: 'string', enum: ['all'] },
    { type: 'array', items: { type: 'string', format: 'uuid' } },
  ],
};

export class ClientResource {
  @Uuid() id!: string;
  @Text({ example: 'shop' }) name!: string;
  @Texts({ description: `Some of: ${SCOPES.join(', ')}. Write includes read, admin includes write.` })
  scopes!: readonly string[];
  @ApiProperty(ALLOWED_AGENTS) allowed_agents!: 'all' | readonly string[];
  @OneOf(['active', 'revoked']) state!: string;
  @OneOf(['file', 'api'], { description: '`file`: the configuration file declares it, and only there it changes.' })
  managed_by!: string;
  @Many(() => ClientKeyResource, { description: 'Those that work, at most two, oldest first.' })
  keys!: readonly ClientKeyResource[];
  @Integer() version!: number;
  @Instant() created_at!: string;
  @Instant({ nullable: true, description: 'To the minute.' }) last_used_at!: string | null;
}

export class ClientWithKeyResource extends ClientResource {
  @Text({
    nullable: true,
    example: 'cwk_…',
    description:
      'The new key, this once: it is kept as a hash. Null when the request comes again with its Idempotency-Key.',
  })
  key!: string | null;
}

export class ClientListResource {
  @Many(() => ClientResource) data!: ClientResource[];
  @One(() => PageResource) page!: PageResource;
}

export function clientResourceOf(view: ClientView): ClientResource {
  return {
    id: view.id,
    name: view.name,
    scopes: view.scopes,
    allowed_agents: view.allowedAgents ?? 'all',
    state: view.state,
    managed_by: view.place === null ? 'api' : 'file',
    keys: view.keys.map(({ createdAt, expiresAt }) => ({
      created_at: createdAt.toISOString(),
      expires_at: expiresAt?.toISOString() ?? null,
    })),
    version: view.version,
    created_at: view.createdAt.toISOString(),
    last_used_at: view.lastUsedAt?.toISOString() ?? null,
  };
}
