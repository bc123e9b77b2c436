import type { AgentReference, Interaction } from '#libs/interaction';
import { lastTalkOf } from '../call/talks.js';
import { identityOf, type Agent, type Snapshot } from '../decision/snapshot.js';
import { agentOf } from './people.js';

/** The agent whose case it becomes because they talked with the customer: of several the last (rule A2). */
export function answeringAgent({ talkers, endpoint }: Interaction, snapshot: Snapshot): Agent | null {
  const last = lastTalkOf(talkers ?? []);
  return last === null ? null : agentCalledBy(last.agent, snapshot, endpoint?.connection);
}

/** The agent who made a call of ours: who spoke first, else whose phone it was. */
export function callingAgent(interaction: Interaction, snapshot: Snapshot): Agent | null {
  const [first] = interaction.talkers ?? [];
  const connection = interaction.endpoint?.connection;
  return (first && agentCalledBy(first.agent, snapshot, connection)) ?? agentOf(interaction.sender, snapshot);
}

/** What is asked of a snapshot to know an agent by. */
export interface KnownAgents {
  readonly agents: ReadonlyMap<string, Agent>;
  readonly agentsById: ReadonlyMap<string, Agent>;
}

/**
 * The active agent whom a telephone system means: by the email, else by what the agent is called at the connection
 * (`provider/key`), else by an extension; by these two where one agent alone bears them.
 */
export function agentCalledBy(
  { email, extension, id }: AgentReference,
  snapshot: KnownAgents,
  connection: string | null | undefined = null,
): Agent | null {
  const byEmail = email ? snapshot.agents.get(identityOf({ kind: 'email', value: email.toLowerCase() })) : undefined;
  if (byEmail !== undefined) {
    return byEmail.active ? byEmail : null;
  }
  const called = connection && id ? onlyOne(snapshot, (agent) => isCalled(agent, connection, id)) : null;
  return called ?? (extension ? onlyOne(snapshot, ({ extensions }) => extensions.includes(extension)) : null);
}

function onlyOne({ agentsById }: KnownAgents, isMeant: (agent: Agent) => boolean): Agent | null {
  const meant = [...agentsById.values()].filter((agent) => agent.active && isMeant(agent));
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

function isCalled({ telephony }: Agent, connection: string, id: string): boolean {
  return telephony[connection]?.includes(id) === true;
}
