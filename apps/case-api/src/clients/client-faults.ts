import { findAgents, type AgentName, type Queryable } from '#libs/case-store';
import type { ProblemPart } from '#libs/runtime';
import { ProblemException } from '../http/problem.js';
import { fault, readClientBody } from './read-client-body.js';

const CODES = ['validation-failed', 'unknown-field', 'read-only'] as const;

/** Throws one 422 that names everything, unless there is nothing. */
export function refuseFaults(faults: readonly ProblemPart[]): void {
  const [first] = faults;
  if (first === undefined) {
    return;
  }
  const code = CODES.find((one) => faults.every((part) => part.code === one)) ?? 'validation-failed';
  const detail = faults.length === 1 ? `${first.pointer}: ${first.detail}` : `${faults.length} fields are wrong.`;
  throw new ProblemException({ code, detail, errors: faults });
}

/** For commands that take nothing. */
export function demandNoFields(body: unknown): void {
  const { written, faults } = readClientBody(body, []);
  const known = Object.keys(written).map((name) => {
    return fault(`/${name === 'agents' ? 'allowed_agents' : name}`, 'The command takes no fields.', 'unknown-field');
  });
  refuseFaults([...known, ...faults]);
}

/** Ids of the agents that are named, each once; null is all of them, undefined nothing that was said. */
export async function agentIdsOf(
  store: Queryable,
  accountId: string,
  names: readonly AgentName[] | null | undefined,
): Promise<{ readonly ids: readonly string[] | null | undefined; readonly faults: readonly ProblemPart[] }> {
  if (names === null || names === undefined) {
    return { ids: names, faults: [] };
  }
  const known = await findAgents(store, accountId, names);
  const found = names.map((name) => {
    return known.find((agent) => ('id' in name ? agent.id === name.id : agent.email === name.email));
  });
  const faults = found.flatMap((agent, index) =>
    agent === undefined ? [fault(`/allowed_agents/${index}`, 'There is no agent of this name.')] : [],
  );
  return { ids: [...new Set(found.flatMap((agent) => agent?.id ?? []))], faults };
}
