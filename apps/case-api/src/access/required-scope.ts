import { Reflector } from '@nestjs/core';

/** What a key may be allowed to do. */
export const SCOPES = ['cases:read', 'cases:write', 'cases:admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Names the scope that a controller or one of its routes asks for. */
export const RequiredScope = Reflector.createDecorator<Scope>();
