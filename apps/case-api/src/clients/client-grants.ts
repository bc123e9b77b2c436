import { allows, scopeNamed, scopesBeyond } from '#libs/case-domain';
import type { Principal } from '../access/principal.js';
import { challenge } from '../access/challenge.js';
import { ProblemException } from '../http/problem.js';

/** What a client may do, and for whom. */
interface Powers {
  readonly scopes: readonly string[];
  /** Null is all of them. */
  readonly allowedAgents: readonly string[] | null;
}

const NO_POWERS: Powers = { scopes: [], allowedAgents: [] };

/**
 * Throws 403 when a client would get what the one who gives lacks: a scope, or agents to act for. What it had before is
 * nobody's gift; a new key gives all that its client may do.
 */
export function demandGrantable(giver: Principal, after: Powers, before: Powers = NO_POWERS): void {
  const wanted = after.scopes.flatMap((name) => scopeNamed(name) ?? []);
  const [lacking] = scopesBeyond(giver.scopes, scopesBeyond(before.scopes, wanted));
  if (lacking !== undefined) {
    throw new ProblemException({
      code: 'insufficient-scope',
      detail: `No client gives another one a scope that it lacks: the API key needs ${lacking}.`,
      headers: challenge({ error: 'insufficient_scope', scope: lacking }),
    });
  }
  if (allows(after.scopes, 'impersonate') && !mayNameAgents(giver, after, before)) {
    const detail = 'No client lets another one act for agents for whom it may not act itself.';
    throw new ProblemException({ code: 'impersonation-refused', detail });
  }
}

function mayNameAgents(giver: Principal, after: Powers, before: Powers): boolean {
  const had = allows(before.scopes, 'impersonate') ? before.allowedAgents : [];
  if (giver.allowedAgents === null || had === null) {
    return true;
  }
  const known = [...giver.allowedAgents, ...had];
  return after.allowedAgents !== null && after.allowedAgents.every((id) => known.includes(id));
}
