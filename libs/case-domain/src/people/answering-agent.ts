import type { AgentReference, Interaction } from '#libs/interaction';
import { lastTalkOf } from '../call/talks.js';
import { identityOf, type Agent, type Snapshot } from '../decision/snapshot.js';
import { agentOf } from './people.js';

/** The agent whose case it becomes because they talked with the customer: of several the last (rule A2). */
export function answeringAgent({ talkers }: Interaction, snapshot: Snapshot): Agent | null {
  const last = lastTalkOf(talkers ?? []);
  return last === null ? null : agentCalledBy(last.agent, snapshot);
}

/** The agent who made a call of ours: who spoke first, else whose phone it was. */
export function callingAgent(interaction: Interaction, snapshot: Snapshot): Agent | null {
  const [first] = interaction.talkers ?? [];
  return (first && agentCalledBy(first.agent, snapshot)) ?? agentOf(interaction.sender, snapshot);
}

/** What is asked of a snapshot to know an agent by. */
export interface KnownAgents {
  readonly agents: ReadonlyMap<string, Agent>;
  readonly agentsById: ReadonlyMap<string, Agent>;
}

/** The active agent whom a telephone system means: by the email, else by an extension that one agent alone has. */
export function agentCalledBy({ email, extension }: AgentReference, snapshot: KnownAgents): Agent | null {
  const byEmail = email ? snapshot.agents.get(identityOf({ kind: 'email', value: email.toLowerCase() })) : undefined;
  if (byEmail !== undefined) {
    return byEmail.active ? byEmail : null;
  }
  const holders = extension ? [...snapshot.agentsById.values()].filter((one) => hasExtension(one, extension)) : [];
  return holders.length === 1 ? (holders[0] ?? null) : null;
}

function hasExtension({ active, extensions }: Agent, extension: string): boolean {
  return active && extensions.includes(extension);
}
