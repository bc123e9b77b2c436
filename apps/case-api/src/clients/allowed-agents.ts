import { findAgents, type AgentName, type Queryable } from '#libs/case-store';
import type { Fault } from '../body/place.js';

/** Ids of the agents that are named, each once; null is all of them, undefined nothing that was said. */
export async function agentIdsOf(
  store: Queryable,
  accountId: string,
  names: readonly AgentName[] | null | undefined,
): Promise<{ readonly ids: readonly string[] | null | undefined; readonly faults: readonly Fault[] }> {
  if (names === null || names === undefined) {
    return { ids: names, faults: [] };
  }
  const known = await findAgents(store, accountId, names);
  const found = names.map((name) => {
    return known.find((agent) => ('id' in name ? agent.id === name.id : agent.email === name.email));
  });
  const detail = 'There is no agent of this name.';
  const faults = found.flatMap((agent, index) =>
    agent === undefined ? [{ pointer: `/allowed_agents/${index}`, code: 'validation-failed', detail }] : [],
  );
  return { ids: [...new Set(found.flatMap((agent) => agent?.id ?? []))], faults };
}
