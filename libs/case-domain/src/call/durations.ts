import type { Interval, Talk } from './talks.js';

/** Milliseconds, computed from moments and never taken from anybody; null where a moment was not told. */
export interface Durations {
  /** From the first phone that rang until somebody or something answered, or the end. */
  readonly ring: number | null;
  /** From the queue, else from the beginning, until an agent was connected, or the end. */
  readonly wait: number | null;
  /** An agent and the customer could hear each other. */
  readonly talk: number | null;
  readonly hold: number | null;
  readonly total: number | null;
}

/** Moments of a call: ISO, UTC, by the provider's clock; null where nothing was told. */
export interface CallMoments {
  readonly startedAt: string;
  readonly queuedAt: string | null;
  readonly ringingAt: string | null;
  /** A machine or a person took it: a menu, an announcement, a mailbox. */
  readonly mediaAnsweredAt: string | null;
  /** An agent and the customer were connected: `answered` in the sense of people. */
  readonly agentConnectedAt: string | null;
  readonly endedAt: string | null;
}

export function durationsOf(
  times: CallMoments,
  { talks, holds }: { readonly talks: readonly Talk[]; readonly holds: readonly Interval[] },
): Durations {
  const { startedAt, queuedAt, ringingAt, mediaAnsweredAt, agentConnectedAt, endedAt } = times;
  const answered = [agentConnectedAt, mediaAnsweredAt].find(
    (at) => at !== null && ringingAt !== null && at >= ringingAt,
  );
  const isOver = talks.length > 0 && (endedAt !== null || talks.every(({ until }) => until !== null));
  const talking = isOver ? unionOf(talks) : [];
  const held = within(isOver ? unionOf(holds) : [], talking);
  return {
    ring: ringingAt === null ? null : between(ringingAt, earlierOf(answered ?? null, endedAt)),
    wait: between(queuedAt ?? startedAt, agentConnectedAt ?? endedAt),
    talk: isOver ? lengthOf(talking) - lengthOf(held) : null,
    hold: isOver ? lengthOf(held) : null,
    total: between(startedAt, endedAt),
  };
}

function earlierOf(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other < one) ? other : one;
}

function between(from: string, until: string | null): number | null {
  return until === null ? null : Math.max(0, Date.parse(until) - Date.parse(from));
}

/** Milliseconds since 1970, both. */
type Stretch = readonly [from: number, until: number];

/** Stretches of time that do not meet, in order. One that lasts still has no length yet. */
function unionOf(intervals: readonly Interval[]): Stretch[] {
  const stretches = intervals
    .map(({ from, until }): Stretch => [Date.parse(from), Date.parse(until ?? from)])
    .sort(([one], [other]) => one - other);
  const joined: Stretch[] = [];
  for (const [from, until] of stretches) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) {
      joined[joined.length - 1] = [last[0], Math.max(last[1], until)];
    } else {
      joined.push([from, until]);
    }
  }
  return joined;
}

function within(stretches: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  return stretches.flatMap(([from, until]) =>
    others.flatMap(([start, end]): Stretch[] =>
      from < end && start < until ? [[Math.max(from, start), Math.min(until, end)]] : [],
    ),
  );
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, [from, until]) => sum + until - from, 0);
}
