import type { AgentReference, CallEnd, CallFact, CallFactKind, Transfer } from '#libs/interaction';
import { canonical, compareText, inOrder } from './said.js';

/** Something that happened in a call. What says nothing is left out, so that equal moments look alike. */
export interface Moment {
  /** By the provider's clock where that can be true. UTC, milliseconds. */
  readonly at: string;
  readonly sequence?: number;
  readonly kind: MomentKind;
  /** Absent for the main leg. */
  readonly legId?: string;
  readonly agents?: readonly AgentReference[];
  readonly answeredBy?: 'agent' | 'system';
  readonly transfer?: Transfer;
  readonly end?: CallEnd;
  readonly menuChoice?: string;
}

export type MomentKind = Exclude<CallFactKind, 'recording' | 'transcript'>;

/** What happens at one instant happens in this order. */
const ORDER: Readonly<Record<MomentKind, number>> = {
  started: 0,
  described: 1,
  queued: 2,
  ringing: 3,
  answered: 4,
  held: 5,
  resumed: 6,
  transferred: 7,
  leg_ended: 8,
  ended: 9,
};

/** A clock that is further ahead than this is wrong. Milliseconds. */
const CLOCK_TOLERANCE = 5 * 60 * 1000;

/** The provider's time; the time of receipt where the provider's lies in the future. */
export function plausibleTime(at: string, receivedAt: string): string {
  // Instants in one spelling stand in the order of their letters.
  const isLater = at > receivedAt && Date.parse(at) - Date.parse(receivedAt) > CLOCK_TOLERANCE;
  return isLater ? receivedAt : at;
}

/** What happened according to a fact: the moment that it is about, and those before it that it names. */
export function momentsOf(fact: CallFact): Moment[] {
  const { kind, origin, times } = fact;
  const at = (instant: string): string => plausibleTime(instant, origin.receivedAt);
  const earlier: [MomentKind, string | null | undefined][] = [
    ['started', times?.startedAt],
    ['queued', times?.queuedAt],
    ['ringing', times?.ringingAt],
    ['answered', times?.answeredAt],
  ];
  const moments = earlier.flatMap(([one, instant]) => (instant ? [momentOf(fact, one, at(instant))] : []));
  // A fact that is about an answer and names its time is one answer.
  const isNamed = moments.some((moment) => moment.kind === kind);
  if (kind !== 'recording' && kind !== 'transcript' && !isNamed && !(kind === 'described' && !fact.menuChoice)) {
    moments.push(momentOf(fact, kind, at(origin.at)));
  }
  return moments;
}

function momentOf(fact: CallFact, kind: MomentKind, at: string): Moment {
  const { origin, legId, agent, agents, answeredBy, transfer, end, menuChoice } = fact;
  const named = [...(agent ? [agent] : []), ...(agents ?? [])];
  const isOwn = kind === fact.kind;
  // In one spelling, members by their names, so that equal moments are one whoever tells them (`inOrder`).
  return {
    ...(named.length === 0 ? {} : { agents: named.map((one) => inOrder(one) as AgentReference) }),
    ...(kind === 'answered' && answeredBy ? { answeredBy } : {}),
    at,
    ...(isOwn && end ? { end: inOrder(end) as CallEnd } : {}),
    kind,
    ...(legId ? { legId } : {}),
    ...(isOwn && menuChoice ? { menuChoice } : {}),
    ...(isOwn && typeof origin.sequence === 'number' ? { sequence: origin.sequence } : {}),
    ...(isOwn && transfer ? { transfer: inOrder(transfer) as Transfer } : {}),
  };
}

/** By when they happened, and at one instant by what they are; only equal moments are one. */
export function compareMoments(one: Moment, other: Moment): number {
  return (
    compareText(one.at, other.at) ||
    (one.sequence ?? 0) - (other.sequence ?? 0) ||
    ORDER[one.kind] - ORDER[other.kind] ||
    compareText(canonical(one), canonical(other))
  );
}
