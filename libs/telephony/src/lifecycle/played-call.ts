import { createHash } from 'node:crypto';
import type { AgentPart, Lifecycle } from './lifecycle.js';

/** An agent as telephone systems name one. */
export interface PlayedAgent {
  readonly email: string;
  readonly name: string;
}

/** Who takes part in a call that is played, and when it began. Numbers in international spelling. */
export interface Cast {
  readonly caller: string;
  readonly callerName: string;
  readonly line: string;
  readonly agents: Readonly<Record<AgentPart, PlayedAgent>>;
}

/** One call of a lifecycle: the same seed gives the same names. */
export interface PlayedCall extends Cast {
  readonly lifecycle: Lifecycle;
  /** Milliseconds since 1970, whole seconds. */
  readonly startsAt: number;
  /** A name of so many hexadecimal digits for something in the call, always the same for the same thing. */
  readonly nameOf: (thing: string, digits?: number) => string;
}

export const DEFAULT_CAST: Cast = {
  caller: '+351910000001',
  callerName: 'Maria Silva',
  line: '+351210000000',
  agents: {
    first: { email: 'ana@acme.example', name: 'Ana Lopes' },
    second: { email: 'rui@acme.example', name: 'Rui Dias' },
  },
};

/** The call of a lifecycle whose last step is now, so that nothing lies in the future. `now`: milliseconds since 1970. */
export function playedCall(
  lifecycle: Lifecycle,
  { seed, now, cast = DEFAULT_CAST }: { readonly seed: string; readonly now: number; readonly cast?: Cast },
): PlayedCall {
  const lasts = Math.max(...lifecycle.steps.map(({ at }) => at));
  return {
    ...cast,
    lifecycle,
    startsAt: (Math.floor(now / 1000) - lasts) * 1000,
    nameOf: (thing, digits = 12) =>
      createHash('sha256').update(`${lifecycle.name} ${seed} ${thing}`).digest('hex').slice(0, digits),
  };
}

/** When a step happened: milliseconds since 1970. */
export function timeOf({ startsAt }: PlayedCall, at: number): number {
  return startsAt + at * 1000;
}

/** RFC 3339, UTC. */
export function instantIn(call: PlayedCall, at: number): string {
  return new Date(timeOf(call, at)).toISOString();
}
