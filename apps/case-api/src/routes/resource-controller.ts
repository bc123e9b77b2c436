import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiredScope, type Scope } from '../access/api-key.guard.js';

interface ResourceSettings {
  /** Heading in the description. */
  readonly tag: string;
  /** What a key needs, where a route does not say otherwise. */
  readonly scope: Scope;
}

/** A controller of one resource: every route of it asks for an API key with a scope. */
export function ResourceController(path: string, { tag, scope }: ResourceSettings): ClassDecorator {
  return applyDecorators(
    Controller(path),
    ApiTags(tag),
    ApiBearerAuth('api-key'),
    RequiredScope(scope),
    UseGuards(ApiKeyGuard),
  );
}
