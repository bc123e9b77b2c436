import { allows } from '#libs/case-domain';
import { findAgent, type AgentName, type Queryable } from '#libs/case-store';
import { isUuid, ownAddress } from '#libs/interaction';
import { ProblemException } from '../http/problem.js';
import type { ActingAgent, Client } from './principal.js';

const POINTER = '/header/On-Behalf-Of';

/**
 * The agent that the header names, null without one. Throws 403 when the client may not act for the agent, 400 when the
 * header cannot be read, and 422 when the agent is unknown or inactive.
 */
export async function actingAgent(
  store: Queryable,
  client: Client,
  header: string | readonly string[] | undefined,
): Promise<ActingAgent | null> {
  if (header === undefined) {
    return null;
  }
  if (!allows(client.scopes, 'impersonate')) {
    throw refused('The API key needs the scope impersonate to act for an agent.');
  }
  const found = await findAgent(store, client.accountId, readAgentName(header));
  // Whoever may act for some agents only learns nothing about the others.
  if (client.allowedAgents !== null && !client.allowedAgents.includes(found?.id ?? '')) {
    throw refused('The API client may not act for this agent: its allowed_agents do not name it.');
  }
  if (found === null || !found.active) {
    const detail = 'There is no active agent of this name.';
    throw new ProblemException({
      code: 'agent-inactive',
      detail,
      errors: [{ pointer: POINTER, code: 'agent-inactive', detail }],
    });
  }
  const { active: _, ...agent } = found;
  return agent;
}

function refused(detail: string): ProblemException {
  return new ProblemException({ code: 'impersonation-refused', detail });
}

const NAME = /^agent:(?:email:)?(\S{1,254})$/;

/** Reads `agent:ID` and `agent:email:ADDRESS`. */
export function readAgentName(header: string | readonly string[]): AgentName {
  const text = typeof header === 'string' ? header.trim() : '';
  const named = NAME.exec(text)?.[1] ?? '';
  if (text.startsWith('agent:email:') && named.includes('@')) {
    return { email: ownAddress(named) };
  }
  if (!isUuid(named)) {
    const detail = 'Write "agent:" and the id of an agent, or "agent:email:" and the address of one.';
    const errors = [{ pointer: POINTER, code: 'malformed-request', detail }];
    throw new ProblemException({ code: 'malformed-request', detail: `On-Behalf-Of: ${detail}`, errors });
  }
  return { id: named.toLowerCase() };
}
