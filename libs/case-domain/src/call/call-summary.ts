import type { AgentReference, CallEnd, EndedBy, EndReason } from '#libs/interaction';
import { type AgentsOfCall, agentsOfCall } from './agents-of-call.js';
import type { CallRecord } from './call-record.js';
import { withoutCustomer } from './customer-of-call.js';
import { type CallMoments, durationsOf, type Durations } from './durations.js';
import type { Moment } from './moment.js';
import { canonical } from './said.js';
import { followTalks, type Talks } from './talks.js';

/** What the moments of a call amount to. Instants are ISO, UTC, by the provider's clock; null where nothing was told. */
export interface CallSummary extends Talks, CallMoments {
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly end: CallEnd;
  readonly legs: readonly Leg[];
  /** Agents whose phones rang, each once. */
  readonly rang: readonly AgentReference[];
  readonly menuPath: readonly string[];
  readonly durations: Durations;
}

export interface Leg {
  /** Empty for the main leg. */
  readonly legId: string;
  readonly agents: readonly AgentReference[];
  readonly startedAt: string;
  readonly ringingAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly end: CallEnd;
}

/** Records never change, and each is asked about again and again while it is decided on. */
const SUMMARIES = new WeakMap<CallRecord, CallSummary>();

/** Computes everything anew from what happened: no order of arrival can show. */
export function summaryOf(record: CallRecord): CallSummary {
  const known = SUMMARIES.get(record) ?? summarise(record);
  SUMMARIES.set(record, known);
  return known;
}

function summarise({ moments: told, said, firstAt, passed }: CallRecord): CallSummary {
  const moments = withoutCustomer(told, said);
  const agents = agentsOfCall(moments);
  const { ends, rang, menuPath, queuedAt, ringingAt, mediaAnsweredAt } = gather(moments, agents);
  const endedAt = ends.at(-1)?.at ?? null;
  const { talks, holds, handedOut } = followTalks(moments, endedAt, agents);
  const agentConnectedAt = talks[0]?.from ?? null;
  const times = { startedAt: firstAt, queuedAt, ringingAt, mediaAnsweredAt, agentConnectedAt, endedAt };
  const isOverdue = endedAt === null && passed?.includes('overdue') === true;
  let legs: readonly Leg[] | null = null;
  return {
    startedAt: firstAt,
    queuedAt,
    ringingAt,
    mediaAnsweredAt,
    agentConnectedAt,
    endedAt,
    talks,
    holds,
    handedOut,
    direction: said.direction?.value ?? 'inbound',
    end: isOverdue ? { by: 'system' } : endOf(ends, agentConnectedAt !== null),
    // Hardly anybody asks.
    get legs() {
      return (legs ??= legsOf(moments, agents));
    },
    rang: distinct(rang),
    menuPath,
    durations: durationsOf(times, { talks, holds }),
  };
}

/** What is looked for in the moments, in one pass: a summary is made of every call with every fact. */
function gather(moments: readonly Moment[], agents: AgentsOfCall) {
  const [ends, rang, menuPath]: [Moment[], AgentReference[], string[]] = [[], [], []];
  const first = new Map<Moment['kind'], string>();
  for (const moment of moments) {
    const { kind, at, menuChoice } = moment;
    if (!first.has(kind)) {
      first.set(kind, at);
    }
    if (kind === 'ended') {
      ends.push(moment);
    } else if (kind === 'ringing') {
      rang.push(...namedIn(moment, agents));
    }
    if (menuChoice !== undefined) {
      menuPath.push(menuChoice);
    }
  }
  return {
    ends,
    rang,
    menuPath,
    queuedAt: first.get('queued') ?? null,
    ringingAt: first.get('ringing') ?? null,
    mediaAnsweredAt: first.get('answered') ?? null,
  };
}

function namedIn(moment: Moment, agents: AgentsOfCall): readonly AgentReference[] {
  return moment.agents === undefined ? NOBODY : moment.agents.map(agents);
}

const NOBODY: readonly AgentReference[] = [];

function firstOf(moments: readonly Moment[], kind: Moment['kind']): string | null {
  return moments.find((moment) => moment.kind === kind)?.at ?? null;
}

const UNTOLD: CallEnd = { by: 'unknown', reason: null, providerCode: null, q850: null, sip: null };

/**
 * The ends that were told, as one. Some systems say `completed` after every other word for the end: it only counts
 * for a call that somebody answered.
 */
function endOf(ends: readonly Moment[], connected: boolean): CallEnd {
  if (ends.length === 0) {
    return UNTOLD;
  }
  const told = ends.flatMap(({ end }) => end ?? []).reverse();
  const by = told.map((end) => end.by).find((one): one is EndedBy => Boolean(one) && one !== 'unknown');
  const reasons = told.flatMap(({ reason }): EndReason[] => (reason ? [reason] : []));
  const reason = connected ? reasons[0] : (reasons.find((one) => one !== 'completed') ?? reasons[0]);
  const of = <Name extends 'providerCode' | 'q850' | 'sip'>(name: Name): CallEnd[Name] | null =>
    told.find((end) => end[name] !== undefined)?.[name] ?? null;
  return {
    by: by ?? 'unknown',
    reason: reason ?? null,
    providerCode: of('providerCode'),
    q850: of('q850'),
    sip: of('sip'),
  };
}

function legsOf(moments: readonly Moment[], agents: AgentsOfCall): Leg[] {
  const byLeg = new Map<string, Moment[]>();
  for (const moment of moments) {
    const legId = moment.legId ?? '';
    const own = byLeg.get(legId);
    if (own === undefined) {
      byLeg.set(legId, [moment]);
    } else {
      own.push(moment);
    }
  }
  return [...byLeg].map(([legId, own]) => {
    const ends = own.filter(({ kind }) => kind === 'leg_ended' || kind === 'ended');
    const answeredAt = firstOf(own, 'answered');
    return {
      legId,
      agents: distinct(own.flatMap((one) => namedIn(one, agents))),
      startedAt: own[0]?.at ?? '',
      ringingAt: firstOf(own, 'ringing'),
      answeredAt,
      endedAt: ends.at(-1)?.at ?? null,
      end: endOf(ends, answeredAt !== null),
    };
  });
}

function distinct(agents: readonly AgentReference[]): readonly AgentReference[] {
  if (agents.length < 2) {
    return agents;
  }
  return [...new Map(agents.map((agent) => [canonical(agent), agent])).values()];
}
