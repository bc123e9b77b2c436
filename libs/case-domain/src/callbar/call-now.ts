import type { AgentReference, Interaction } from '#libs/interaction';
import type { CallRecord } from '../call/call-record.js';
import { summaryOf } from '../call/call-summary.js';

/** How a call goes. Instants are ISO, by the provider's clock. */
export interface CallNow {
  readonly connection: string;
  readonly callId: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Whose phones ring. */
  readonly ringing: readonly AgentReference[];
  /** Who talks, or holds it. */
  readonly talking: readonly AgentReference[];
  readonly queue: string | null;
}

/** How a call goes, out of what was told of it; null for what is none, or of which nothing is left. */
export function callNow({ channel, details }: Interaction): CallNow | null {
  const record = details as unknown as Partial<CallRecord>;
  if (channel !== 'call' || record.moments === undefined || record.said === undefined) {
    return null;
  }
  const { connection, callId, said } = record as CallRecord;
  const { startedAt, endedAt, legs, talks } = summaryOf(record as CallRecord);
  const goesOn = endedAt === null;
  const rings = legs.filter((leg) => leg.ringingAt !== null && leg.answeredAt === null && leg.endedAt === null);
  const lasting = talks.filter(({ until }) => until === null);
  return {
    connection,
    callId,
    startedAt,
    endedAt,
    ringing: goesOn && lasting.length === 0 ? rings.flatMap(({ agents }) => agents) : [],
    talking: goesOn ? lasting.flatMap(({ agent }) => agent ?? []) : [],
    queue: said.queue?.value ?? null,
  };
}
