import type { CaseState } from '../case/case-state.js';
import type { Agent, CaseStatus, Group, Snapshot } from '../decision/snapshot.js';
import type { KnownAgents } from '../people/answering-agent.js';
import type { AgentCalled, CaseCalled, ContactCalled, GroupCalled, StatusCalled } from './called.js';

/** Null when the account has none of that name, like all of these. */
export function caseCalled({ by, value }: CaseCalled, { cases, numbers }: Snapshot): CaseState | null {
  const id = by === 'id' ? value : numbers.get(value);
  return id === undefined ? null : (cases.get(id) ?? null);
}

export function agentCalled({ by, value }: AgentCalled, { agents, agentsById }: KnownAgents): Agent | null {
  return (by === 'id' ? agentsById.get(value) : agents.get(`email:${value}`)) ?? null;
}

export function groupCalled({ by, value }: GroupCalled, groups: ReadonlyMap<string, Group>): Group | null {
  const named = by === 'id' ? groups.get(value) : [...groups.values()].find((group) => group.name === value);
  return named ?? null;
}

export function statusCalled({ by, value }: StatusCalled, { statuses }: Snapshot): CaseStatus | null {
  const named = by === 'id' ? statuses.get(value) : [...statuses.values()].find((status) => status.key === value);
  return named ?? null;
}

/** The id of a contact; a name that several people share names none of them. */
export function contactCalled({ by, value }: ContactCalled, { contacts, identities }: Snapshot): string | null {
  if (by === 'id') {
    return contacts.get(value)?.id ?? null;
  }
  const identity = identities.get(`${by}:${value}`);
  return identity === undefined || identity.shared ? null : identity.contactId;
}
