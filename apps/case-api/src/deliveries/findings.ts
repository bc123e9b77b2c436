import { agentCalledBy, type KnownAgents } from '#libs/case-domain';
import type { DeliveredInteraction, DeliveryState, DeliveryView } from '#libs/case-store';
import type { AgentReference } from '#libs/interaction';
import { adviceOn } from './advice.js';

/** Why something became of a request, or nothing. */
export interface Finding {
  /** Stable. */
  readonly reason: string;
  /** The line, the extension, the type that it is about. */
  readonly about: string | null;
  readonly advice: string;
}

/** What became of a request by now. */
export interface Became {
  /** Of its interactions that which most needs a look; null: it was not taken. */
  readonly state: DeliveryState | null;
  readonly findings: readonly Finding[];
}

/** The one that is looked for first. */
const BY_NEED: readonly DeliveryState[] = ['recorded', 'parked', 'waiting', 'attached', 'created'];

/** Pure. `agents`: those of the account, as they are now. */
export function whatBecame(delivery: DeliveryView, agents: KnownAgents): Became {
  const { verdict, reason, interactions } = delivery;
  const own = reason === null ? [] : [findingIn(reason, verdict)];
  const states = interactions.map(({ state }) => state);
  const isTaken = verdict === 'verified';
  return {
    state: isTaken ? (BY_NEED.find((state) => states.includes(state)) ?? 'recorded') : null,
    findings: isTaken ? [...own, ...distinct(interactions.flatMap((one) => findingsOf(one, agents)))] : own,
  };
}

/** A reason as adapters write it: a slug, or a slug and what it is about. */
function findingIn(reason: string, verdict: string): Finding {
  const [slug = '', ...about] = reason.split(': ');
  return { reason: slug, about: about.length === 0 ? null : about.join(': '), advice: adviceOn(slug, verdict) };
}

function findingsOf(interaction: DeliveredInteraction, agents: KnownAgents): Finding[] {
  const { outcome, state, suspension } = interaction;
  const unknown = unknownAgentsOf(interaction, agents).map((name) => finding('agent-unknown', name));
  switch (state) {
    case 'recorded':
      return [recordedBecause(interaction), ...unknown];
    case 'parked':
      return [finding('waits-for-a-person', suspension)];
    case 'waiting':
      return [finding(outcome === null ? 'not-decided' : 'goes-on', null)];
    case 'attached':
    case 'created':
      return unknown;
  }
}

function recordedBecause({ outcome, line, occasion }: DeliveredInteraction): Finding {
  const reason = outcome?.replace(/^recorded:/, '') ?? '';
  switch (reason) {
    case 'endpoint_not_configured':
      return finding('endpoint-not-configured', line);
    case 'auto_create_off':
      return finding('auto-create-off', occasion);
    default:
      return finding(reason, null);
  }
}

function finding(reason: string, about: string | null): Finding {
  return { reason, about, advice: adviceOn(reason, 'verified') };
}

/** Who talked, and is nobody whom we know: nobody gets the case for it. */
function unknownAgentsOf({ talkers, connection }: DeliveredInteraction, agents: KnownAgents): string[] {
  const unknown = (talkers ?? []).filter(({ agent }) => agentCalledBy(agent, agents, connection) === null);
  return unknown.map(({ agent }) => nameOf(agent));
}

function nameOf({ extension, email, id, name }: AgentReference): string {
  return extension ?? email ?? id ?? name ?? '';
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [`${one.reason}: ${one.about}`, one])).values()];
}
