import { type AgentReference, type CallParty, normalisePhoneNumber } from '#libs/interaction';
import type { CallDescription } from './call-record.js';
import type { Moment } from './moment.js';
import { canonical, type Members } from './said.js';

/** Whom the call is with: of an outbound one who was called. */
export function customerOf(said: Members<CallDescription>, direction: CallDescription['direction']): CallParty | null {
  return direction === 'outbound'
    ? ((said.to ?? said.legTo)?.value ?? null)
    : ((said.from ?? said.legFrom)?.value ?? null);
}

/**
 * The moments of a call without its customer among the agents. Some systems call whatever end they dial an agent, so that the
 * customer of a call of ours is one as well: whoever has that number is none. It was the customer who took such a call, and
 * it is the agent's who dialled, where one alone is named.
 */
export function withoutCustomer(moments: readonly Moment[], said: Members<CallDescription>): readonly Moment[] {
  const direction = said.direction?.value ?? 'inbound';
  const customer = customerOf(said, direction);
  const isCustomer = (agent: AgentReference): boolean => customer !== null && bearsNumberOf(agent, customer);
  if (customer === null || !moments.some(({ agents }) => agents?.some(isCustomer))) {
    return moments;
  }
  const dialling = direction === 'outbound' ? onlyAgent(moments, isCustomer) : [];
  return moments.map((moment) => {
    const { agents = [] } = moment;
    const others = agents.filter((agent) => !isCustomer(agent));
    const isTaken = others.length === 0 && agents.length > 0 && moment.kind === 'answered';
    return others.length === agents.length ? moment : { ...moment, agents: isTaken ? dialling : others };
  });
}

function bearsNumberOf({ id, extension }: AgentReference, { number, raw }: CallParty): boolean {
  return [id, extension].some(
    (name) =>
      typeof name === 'string' && (name === number || name === raw || (Boolean(number) && readAs(name) === number)),
  );
}

/** Names of devices have letters, such as `client:ana`; `sip:+351…@host` is a number all the same. */
function readAs(name: string): string | null {
  return /\d{6}/.test(name) ? normalisePhoneNumber(name) : null;
}

function onlyAgent(moments: readonly Moment[], isCustomer: (agent: AgentReference) => boolean): AgentReference[] {
  const others = moments.flatMap(({ agents = [] }) => agents).filter((agent) => !isCustomer(agent));
  const distinct = [...new Map(others.map((agent) => [canonical(agent), agent])).values()];
  return distinct.length === 1 ? distinct : [];
}
