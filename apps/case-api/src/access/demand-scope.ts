import { permissionFor, type Scope } from '#libs/case-domain';
import { ProblemException } from '../http/problem.js';
import { challenge } from './challenge.js';
import type { Principal } from './principal.js';

/** Throws 403 unless the principal may do what asks for one of the scopes; for what only some uses of a route need. */
export function demandScope(principal: Pick<Principal, 'scopes' | 'agent'>, ...oneOf: readonly Scope[]): void {
  const names = oneOf.join(' or ');
  switch (permissionFor(principal, oneOf)) {
    case 'granted':
      return;
    case 'scope-missing':
      throw new ProblemException({
        code: 'insufficient-scope',
        detail: `The API key needs the scope ${names}.`,
        headers: challenge({ error: 'insufficient_scope', scope: oneOf[0] }),
      });
    case 'role-missing':
      throw new ProblemException({
        code: 'impersonation-refused',
        detail: `Agents need the role admin for what asks for ${names}; this one has the role ${principal.agent?.role}.`,
      });
  }
}
