import type { AgentReference } from '#libs/interaction';
import { isSameAgent, type AgentsOfCall } from './agents-of-call.js';
import type { Moment } from './moment.js';
import { compareText } from './said.js';

/** A stretch of time. ISO instants. */
export interface Interval {
  readonly from: string;
  /** Null while it lasts. */
  readonly until: string | null;
}

/** An agent was connected with the customer. */
export interface Talk extends Interval {
  /** Null where it was not told who it was. */
  readonly agent: AgentReference | null;
  readonly legId: string;
}

export interface Talks {
  /** In the order in which they began. */
  readonly talks: readonly Talk[];
  /** The customer waited while somebody held the call. */
  readonly holds: readonly Interval[];
  /** The last thing that happened to the customer was to be handed on to somebody outside. */
  readonly handedOut: boolean;
}

interface Connection {
  readonly agent: AgentReference | null;
  readonly legId: string;
  readonly from: string;
}

/**
 * Follows a call from moment to moment and says who talked with the customer:
 * - who is answered by while the customer is held is asked for advice; it becomes a talk when the call is handed over,
 *   or when whoever held it leaves;
 * - who hands the call on talks no more; an attended transfer connects the agent that it names, a blind one rings there;
 * - a leg that ends takes only its own agent along; the end of the call takes everybody.
 */
export function followTalks(moments: readonly Moment[], endedAt: string | null, agents: AgentsOfCall): Talks {
  const following = new Following(agents);
  for (const moment of moments) {
    following.take(moment);
  }
  return following.end(endedAt);
}

class Following {
  private talking: Connection[] = [];
  private advising: Connection[] = [];
  private readonly held = new Map<string, string>();
  private readonly ringing = new Map<string, AgentReference[]>();
  private readonly talks: Talk[] = [];
  private readonly holds: Interval[] = [];
  private handedOut = false;

  constructor(private readonly agents: AgentsOfCall) {}

  take(moment: Moment): void {
    const legId = moment.legId ?? '';
    const named = (moment.agents ?? []).map(this.agents);
    switch (moment.kind) {
      case 'ringing':
        return void this.ringing.set(legId, [...(this.ringing.get(legId) ?? []), ...named]);
      case 'answered':
        return moment.answeredBy === 'agent' ? this.answer(moment.at, legId, named) : undefined;
      case 'held':
        return this.hold(moment.at, legId);
      case 'resumed':
        return this.resume(moment.at, legId);
      case 'transferred':
        return this.transfer(moment, legId, named[0] ?? null);
      case 'leg_ended':
        return this.leave(moment.at, ({ legId: own }) => own === legId);
      default:
        return;
    }
  }

  end(endedAt: string | null): Talks {
    this.held.forEach((from) => this.holds.push({ from, until: null }));
    this.talking.forEach((one) => this.talks.push({ ...one, until: null }));
    const within = <Stretch extends Interval>(one: Stretch): Stretch => ({ ...one, until: untilEnd(one, endedAt) });
    const talks = this.talks.map(within).sort((one, other) => compareText(one.from, other.from));
    return { talks, holds: this.holds.map(within), handedOut: this.handedOut && this.talking.length === 0 };
  }

  private answer(at: string, legId: string, named: readonly AgentReference[]): void {
    const rang = this.ringing.get(legId) ?? [];
    const agent = named[0] ?? (new Set(rang).size === 1 ? rang[0]! : null);
    const isThis = (one: Connection): boolean =>
      isSameAgent(one.agent, agent) || (one.legId === legId && (one.agent === null || agent === null));
    if (this.talking.some(isThis)) {
      // Some systems say `answered` again when a call is taken off hold.
      return this.resume(at, legId);
    }
    if (this.advising.some(isThis)) {
      return;
    }
    if (this.talking.length > 0 && this.held.size > 0) {
      this.advising.push({ agent, legId, from: at });
      return;
    }
    // One leg has one end: who takes it over replaces who had it.
    this.leave(at, (one) => one.legId === legId);
    this.connect({ agent, legId, from: at });
  }

  private connect(connection: Connection): void {
    this.talking.push(connection);
    this.handedOut = false;
  }

  private hold(at: string, legId: string): void {
    if (this.talking.length > 0 && !this.held.has(legId)) {
      this.held.set(legId, at);
    }
  }

  private resume(at: string, legId: string): void {
    const from = this.held.get(legId);
    if (from !== undefined) {
      this.holds.push({ from, until: at });
      this.held.delete(legId);
    }
  }

  private transfer({ at, transfer }: Moment, legId: string, by: AgentReference | null): void {
    const to = transfer?.agent ? this.agents(transfer.agent) : null;
    const isAttended = transfer?.kind === 'attended';
    const isReceiver = ({ agent }: Connection): boolean => (to === null ? isAttended : isSameAgent(agent, to));
    const adviser = this.advising.find(isReceiver) ?? null;
    const isGiver = this.giverIn(legId, by);
    this.talking.filter(isGiver).forEach((one) => this.resume(at, one.legId));
    this.resume(at, '');
    this.talking = this.finish(at, isGiver);
    this.handedOut = transfer?.kind === 'external';
    if (adviser !== null || (isAttended && to !== null)) {
      this.advising = this.advising.filter((one) => one !== adviser);
      this.connect({ agent: adviser?.agent ?? to, legId: adviser?.legId ?? `to ${JSON.stringify(to)}`, from: at });
    }
  }

  /** Whoever is named, else whoever is on the leg, else everybody. */
  private giverIn(legId: string, by: AgentReference | null): (one: Connection) => boolean {
    const isNamed = (one: Connection): boolean => isSameAgent(one.agent, by);
    const isOnLeg = (one: Connection): boolean => one.legId === legId;
    return this.talking.some(isNamed) ? isNamed : this.talking.some(isOnLeg) ? isOnLeg : () => true;
  }

  private leave(at: string, isLeaving: (one: Connection) => boolean): void {
    const before = this.talking.length;
    this.talking.filter(isLeaving).forEach((one) => this.resume(at, one.legId));
    this.talking = this.finish(at, isLeaving);
    this.advising = this.advising.filter((one) => !isLeaving(one));
    if (before > 0 && this.talking.length === 0 && this.advising.length > 0) {
      this.resume(at, '');
      this.advising.forEach((one) => this.connect({ ...one, from: at }));
      this.advising = [];
    }
  }

  /** Those who stay. */
  private finish(at: string, isLeaving: (one: Connection) => boolean): Connection[] {
    this.talking.filter(isLeaving).forEach((one) => this.talks.push({ ...one, until: at }));
    return this.talking.filter((one) => !isLeaving(one));
  }
}

/** Nothing outlasts the call, whatever the clocks of its parts say, and nothing ends before it begins. */
function untilEnd({ from, until }: Interval, endedAt: string | null): string | null {
  const end = until === null || (endedAt !== null && endedAt < until) ? endedAt : until;
  return end !== null && end < from ? from : end;
}

/** Who had the customer last, and of several the one who had them first: the call becomes that one's. */
export function lastTalkOf<One extends Ended>(talks: readonly One[]): One | null {
  return talks.reduce<One | null>((last, talk) => (last === null || endsAfter(talk, last) ? talk : last), null);
}

/** Absent or null while it lasts. */
interface Ended {
  readonly until?: string | null;
}

function endsAfter({ until: one }: Ended, { until: other }: Ended): boolean {
  return Boolean(other) && (!one || one > other!);
}
