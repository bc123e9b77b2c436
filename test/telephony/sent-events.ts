import { CALLER, LINE } from '#libs/testing';
import { YESTERDAY } from '../webhooks/recent.js';
import { generic, type Sent } from '../webhooks/senders.js';

/** A quarter past ten of yesterday, UTC, milliseconds: what began so lately opens cases. */
export const TEN_FIFTEEN = YESTERDAY + (10 * 60 + 15) * 60_000;

export interface Told {
  /** The session. */
  readonly call: string;
  readonly type: string;
  /** After a quarter past ten. */
  readonly seconds: number;
  readonly more?: object;
}

export const instantOf = (seconds: number): string => new Date(TEN_FIFTEEN + seconds * 1000).toISOString();

/** What our own webhook says; its id follows from what it says, so that it is the same when it is said again. */
export function event({ call, type, seconds, more = {} }: Told): object {
  return { id: `${call} ${type} ${seconds}`, type, occurred_at: instantOf(seconds), call_id: call, ...more };
}

export const told = (call: string, type: string, seconds: number, more: object = {}): Sent =>
  generic(event({ call, type, seconds, more }));

const FROM_CALLER = { from: CALLER, to: LINE };

/** A call that 201 takes, nine seconds after it began, and that ends after a minute. */
export function answeredCall(call: string, seconds: number, more: object = {}): readonly [Sent, Sent, Sent] {
  const said = { ...FROM_CALLER, ...more };
  return [
    told(call, 'call.started', seconds, said),
    told(call, 'call.answered', seconds + 9, { ...said, leg_id: 'l-1', agent: { extension: '201' } }),
    told(call, 'call.ended', seconds + 60, { ended_by: 'caller', reason: 'completed' }),
  ];
}

/** A call that nobody takes for 41 seconds. */
export function missedCall(call: string, seconds: number, more: object = {}): readonly [Sent, Sent] {
  const said = { ...FROM_CALLER, ...more };
  return [
    told(call, 'call.started', seconds, said),
    told(call, 'call.ended', seconds + 41, { ...said, reason: 'no_answer' }),
  ];
}

/** A call that 201 dials from a case, and that is taken. */
export function dialledCall(call: string, seconds: number, caseNumber: string): readonly [Sent, Sent, Sent] {
  const said = { direction: 'outbound', from: LINE, to: CALLER, case: `CASE-${caseNumber}` };
  const [started, answered, ended] = answeredCall(call, seconds, said);
  return [started, answered, ended];
}

/** In an order of its own for each seed, always the same one. */
export function shuffled<One>(all: readonly One[], seed: number): One[] {
  let state = seed * 2_654_435_761 + 1;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return all
    .map((one) => [next(), one] as const)
    .sort(([one], [other]) => one - other)
    .map(([, one]) => one);
}

/** Every order of a list. */
export function ordersOf<One>(all: readonly One[]): One[][] {
  return all.length < 2
    ? [[...all]]
    : all.flatMap((first, place) => ordersOf(all.filter((_, at) => at !== place)).map((rest) => [first, ...rest]));
}
