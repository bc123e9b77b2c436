import type { CaseState } from '../../case/case-state.js';
import type { NamedInteraction, SaidByAgents, SaidByChannel } from '../../decision/named-interaction.js';
import { opensCase } from '../../decision/verdict.js';

/** When people were heard in a case. */
export type HeardTimes = Pick<CaseState, 'lastRequesterAt' | 'lastAgentAt' | 'firstResponseAt'>;

type Voice = Pick<SaidByChannel, 'direction' | 'outcome' | 'submitterKind'>;

/** Whom an interaction counts for. What is automatic, a stranger's or a forward counts for nobody, as on its arrival. */
function heardAs({ direction, outcome, submitterKind }: Voice): {
  readonly requester: boolean;
  readonly agent: boolean;
} {
  switch (outcome) {
    case 'created':
    case 'followed_up':
      return { requester: true, agent: submitterKind === 'agent' };
    case 'attached':
    case 'reopened':
    case 'recorded:outbound':
    case 'recorded:auto_create_off': {
      const isAgents = direction === 'outbound' || submitterKind === 'agent';
      return { requester: !isAgents, agent: isAgents };
    }
    default:
      return { requester: false, agent: false };
  }
}

/** The times of a case that an interaction comes to. */
export function timesWith(before: HeardTimes, named: NamedInteraction): Partial<HeardTimes> {
  const { requester, agent } = heardAs(voiceOf(named));
  const at = named.interaction.occurredAt;
  return {
    ...(requester ? { lastRequesterAt: later(before.lastRequesterAt, at) } : {}),
    ...(agent ? { lastAgentAt: later(before.lastAgentAt, at), firstResponseAt: before.firstResponseAt ?? at } : {}),
  };
}

/** The times of a case that an interaction leaves: those that are its own are what is left says. */
export function timesWithout(
  before: HeardTimes,
  { interaction: { occurredAt } }: NamedInteraction,
  said: readonly (SaidByChannel | SaidByAgents)[],
): Partial<HeardTimes> {
  const left = timesOf(said);
  const names = Object.keys(left) as (keyof HeardTimes)[];
  return Object.fromEntries(names.filter((name) => before[name] === occurredAt).map((name) => [name, left[name]]));
}

function timesOf(said: readonly (SaidByChannel | SaidByAgents)[]): HeardTimes {
  const requesters = said.filter((one) => one.form === 'interaction' && heardAs(one).requester);
  const agents = said.filter((one) => one.form === 'comment' || heardAs(one).agent);
  // Who opens a case by it has answered nobody.
  const answers = agents.filter((one) => (one.form === 'comment' ? one.public : !opensCase(one.outcome)));
  return {
    lastRequesterAt: requesters.map(({ last }) => last).reduce<string | null>(later, null),
    lastAgentAt: agents.map(({ last }) => last).reduce<string | null>(later, null),
    firstResponseAt: answers.map(({ first }) => first).reduce<string | null>(earlier, null),
  };
}

function voiceOf({ interaction, outcome, submitterKind }: NamedInteraction): Voice {
  return { direction: interaction.direction, outcome, submitterKind };
}

function later(one: string | null, other: string): string {
  return one !== null && one > other ? one : other;
}

function earlier(one: string | null, other: string): string {
  return one !== null && one < other ? one : other;
}
