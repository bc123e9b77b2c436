import { SCOPES, scopeNamed, type Scope } from '#libs/case-domain';
import { findAgent, type AgentName, type ClientName, type Queryable } from '#libs/case-store';
import { isUuid, ownAddress } from '#libs/interaction';
import { failed, succeeded, type Outcome } from '../context.js';

const partsOf = (text: string): string[] =>
  text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));

/** Reads scopes separated by commas; each once, in the order in which scopes are listed. */
export function readScopes(text: string): Outcome<Scope[]> {
  const named = partsOf(text).map((name) => ({ name, scope: scopeNamed(name) }));
  const unknown = named.find(({ scope }) => scope === null);
  if (unknown !== undefined || named.length === 0) {
    const fault = unknown === undefined ? 'A client needs a scope.' : `There is no scope "${unknown.name}".`;
    return failed(`${fault} Choose of: ${SCOPES.join(', ')}.`);
  }
  return succeeded(SCOPES.filter((scope) => named.some((one) => one.scope === scope)));
}

/** Reads `all`, or addresses and ids of agents separated by commas; null is all. */
export async function readAgents(store: Queryable, accountId: string, text: string): Promise<Outcome<string[] | null>> {
  if (text.trim() === 'all') {
    return succeeded(null);
  }
  const ids: string[] = [];
  for (const part of partsOf(text)) {
    const name: AgentName = isUuid(part) ? { id: part.toLowerCase() } : { email: ownAddress(part) };
    const agent = await findAgent(store, accountId, name);
    if (agent === null) {
      return failed(`There is no agent "${part}": write the address or the id of one, or all.`);
    }
    ids.push(agent.id);
  }
  return succeeded([...new Set(ids)]);
}

/** A client by what somebody calls it. */
export function clientNamed(text: string): ClientName {
  return isUuid(text) ? { id: text.toLowerCase() } : { name: text };
}
