import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../access/api-key.guard.js';
import { RateLimitGuard } from '../access/rate-limit.guard.js';
import { RequiredScope, ScopeGuard, type ScopeDemand } from '../access/scope.guard.js';

interface ResourceSettings {
  /** Heading in the description. */
  readonly tag: string;
  /** What a key needs, where a route does not say otherwise. */
  readonly scope: ScopeDemand;
}

const ON_BEHALF_OF = {
  name: 'On-Behalf-Of',
  required: false,
  description: 'The agent for whom the client acts, as `agent:` and an id or `agent:email:` and an address.',
  schema: { type: 'string', examples: ['agent:email:ana@acme.example'] },
};

/** A controller of one resource: every route of it asks for an API key with a scope. */
export function ResourceController(path: string, { tag, scope }: ResourceSettings): ClassDecorator {
  return applyDecorators(
    Controller(path),
    ApiTags(tag),
    ApiBearerAuth('api-key'),
    RequiredScope(scope),
    ApiHeader(ON_BEHALF_OF),
    UseGuards(ApiKeyGuard, RateLimitGuard, ScopeGuard),
  );
}
