import { type Asker, permissionFor } from '#libs/case-domain';
import type { Principal } from './principal.js';

/** Who asks, as commands take it: the client, and the agent for whom it acts. */
export function askerOf(principal: Principal): Asker {
  return {
    actor: { kind: 'app', id: principal.clientId },
    onBehalfOf: principal.agent?.id ?? null,
    admin: permissionFor(principal, ['cases:admin']) === 'granted',
  };
}
